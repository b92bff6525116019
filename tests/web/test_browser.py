"""The pages in a real Chromium: by keys alone, without script, on a telephone, asking nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dossier.usecases.decisions import decisions
from tests.web.browsing import page_of
from tests.web.serving import Running

_ADDRESSES = (
    "/",
    "/can-xem",
    "/tim?q=quyet+dinh",
    "/lich",
    "/chap-nhan",
    "/nop-luu",
    "/nhat-ky",
    "/quan-tri",
    "/quan-tri/nguoi-dung",
    "/quan-tri/sao-luu",
    "/quan-tri/cai-dat",
    "/moc",
    "/tai-khoan",
)


@pytest.mark.parametrize("width", [390, 1280, 3840])
def test_pages_complain_of_nothing_ask_nobody_and_do_not_scroll_sideways(
    chromium: Any, reading: Running, width: int
) -> None:
    page = page_of(chromium, reading, reading.owner(), viewport={"width": width, "height": 900})
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    own = f"http://127.0.0.1:{reading.port}/"
    page.on("request", lambda request: None if request.url.startswith(own) else told.append(request.url))
    for address in _ADDRESSES:
        page.goto(own.rstrip("/") + address)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (address, wide)
    assert told == []


def test_queue_is_decided_by_keys_alone_and_undone(chromium: Any, own: Running) -> None:
    page = page_of(chromium, own, own.owner())
    base = f"http://127.0.0.1:{own.port}"
    page.goto(f"{base}/can-xem")
    first = page.locator(".read .where").inner_text()
    page.keyboard.press("n")
    page.wait_for_url("**/can-xem?*")
    page.wait_for_load_state()
    assert own.services.intents.settled(20)
    assert len(decisions(own.archive)) == 1
    assert page.locator(".read .where").inner_text() != first
    page.keyboard.press("b")
    page.wait_for_url("**van-ban=*")
    assert own.services.intents.settled(20)
    assert decisions(own.archive) == [] and page.locator(".read .where").inner_text() == first


def test_keys_do_nothing_while_somebody_types(chromium: Any, own: Running) -> None:
    page = page_of(chromium, own, own.owner())
    page.goto(f"http://127.0.0.1:{own.port}/can-xem")
    page.keyboard.press("/")
    page.keyboard.type("n1b")
    assert page.locator("#tim-nhanh").input_value() == "n1b"
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"selectionStart": 1, "selectionEnd": 1, "text": "nhà"})
    page.locator("h1").click()
    assert own.services.intents.waiting() == 0 and decisions(own.archive) == []


def test_matrix_is_one_stop_and_arrows_go_through_it(chromium: Any, reading: Running) -> None:
    page = page_of(chromium, reading, reading.owner())
    page.goto(f"http://127.0.0.1:{reading.port}/?sap=ten")
    tables = page.locator(".matrix")
    assert page.locator(".matrix a[tabindex='0']").count() == tables.count()
    here = (
        "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td, th').cellIndex]"
    )
    tables.first.locator("a").first.focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "Home", "ArrowLeft", "Control+End", "Control+Home"):
        page.keyboard.press(key)
        seen.append(page.evaluate(here))
    rows = tables.first.locator("tbody tr").count()
    assert seen[0] == [1, 2] and seen[1] == [min(2, rows), 2] and seen[2] == [1, 2]  # the score is no link
    assert seen[3] == seen[4] == seen[6] == [1, 0] and seen[5][0] == rows and seen[5][1] > 2
    assert page.locator(".matrix a[tabindex='0']").count() == tables.count()
    page.keyboard.press("Tab")
    assert not page.evaluate(
        "document.activeElement.closest('.matrix tbody') === document.querySelector('.matrix tbody')"
    )


def test_everything_works_without_script(chromium: Any, own: Running) -> None:
    page = page_of(chromium, own, own.owner(), java_script_enabled=False)
    page.goto(f"http://127.0.0.1:{own.port}/can-xem")
    page.locator("button[name=muc][value=none]").click()
    assert own.services.intents.settled(20) and len(decisions(own.archive)) == 1
    page.locator("#tim-nhanh").fill("khen thuong")
    page.locator(".seek button").click()
    assert page.locator(".hits a").count() > 0


def test_names_full_of_markup_are_shown_as_text(chromium: Any, tmp_path: Any) -> None:
    from dossier.archive import open_archive
    from tests.usecases.archives import FOUNDING, TODAY, write
    from tests.web.serving import running, scanned

    root = tmp_path / "kho"
    names = ['"><img src=x onerror=alert(1)>', "<script>alert(1)<script>", "javascript:alert(1)", "{{7*7}}"]
    for name in names:
        write(root, f"mo-hinh/{name}/{name}.txt", FOUNDING.replace("Camera an ninh", name))
    scanned(root)
    with running(open_archive(root), TODAY) as up:
        visit = up.owner()
        page = page_of(chromium, up, visit)
        shown: list[str] = []
        page.on("dialog", lambda dialog: (shown.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: shown.append(message.text) if message.type == "error" else None)
        base = f"http://127.0.0.1:{up.port}"
        page.goto(base)
        assert page.locator("table.matrix tbody tr").count() == len(names)
        for link in [each.get_attribute("href") for each in page.locator("table.matrix th a").all()]:
            page.goto(base + (link or ""))
            for paper in page.locator('a[href^="/van-ban/"]').all()[:1]:
                page.goto(base + (paper.get_attribute("href") or ""))
        page.goto(f"{base}/tim?q=thanh+lap")
        assert shown == [] and "49" not in page.locator("main").inner_text().split()


def test_page_cannot_be_framed_by_another_site(chromium: Any, reading: Running) -> None:
    page = page_of(chromium, reading, reading.owner())
    page.set_content(f'<iframe src="http://127.0.0.1:{reading.port}/"></iframe>')
    page.wait_for_timeout(500)
    assert all("Tổng quan" not in frame.content() for frame in page.frames[1:])


def test_hits_appear_while_somebody_types_one_request_at_a_time_and_the_last_wins(
    chromium: Any, reading: Running
) -> None:
    page = page_of(chromium, reading, reading.owner())
    running: list[str] = []
    most = [0]

    def begun(request: Any) -> None:
        if "dang-go" in request.url:
            running.append(request.url)
            most[0] = max(most[0], len(running))

    page.on("request", begun)
    page.on("requestfinished", lambda r: running.remove(r.url) if r.url in running else None)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto(f"http://127.0.0.1:{reading.port}/tim")
    page.locator("main input[name=q]").press_sequentially("quyet dinh", delay=40)
    page.wait_for_url(re.compile(r"[?&]q=quyet\+dinh(&|$)"))
    from dossier.index import Filters, SearchOptions
    from dossier.usecases.search import search

    found = search(reading.archive, "quyet dinh", Filters(), SearchOptions(limit=20))
    assert page.locator("#ket-qua [role=status]").inner_text().split()[0] == str(found.total)
    assert page.locator(".hits > li").count() == len(found.hits)
    assert most[0] == 1 and told == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/**")
    page.wait_for_load_state()
    assert page.locator("rect.hit, mark").count() > 0


def test_unfinished_word_finds_what_begins_with_it_while_it_is_typed(chromium: Any, reading: Running) -> None:
    page = page_of(chromium, reading, reading.owner())
    page.goto(f"http://127.0.0.1:{reading.port}/tim")
    page.locator("main input[name=q]").press_sequentially("quye")
    page.locator(".hits a[data-hit]").first.wait_for()


def test_hit_opens_at_its_page_with_the_words_in_sight(chromium: Any, reading: Running) -> None:
    page = page_of(chromium, reading, reading.owner(), viewport={"width": 1280, "height": 700})
    page.goto(f"http://127.0.0.1:{reading.port}/tim?q=quyet+dinh")
    link = page.locator(".hits a[data-hit]").first
    number = (link.get_attribute("href") or "").partition("/trang/")[2].partition("?")[0]
    link.click()
    page.wait_for_load_state("networkidle")
    assert f"/trang/{number}" in page.url
    mark = page.locator("rect.hit").first
    assert mark.count() == 0 or mark.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight; }"
    )
    assert page.locator("details.text mark").count() > 0
