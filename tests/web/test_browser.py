"""The pages in a real Chromium: by keys alone, without script, on a telephone, asking nobody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from dossier.usecases.decisions import decisions
from tests.web.serving import Running, Visit

_PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
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
    "/tai-khoan",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if _PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_PROGRAM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _page(chromium: Any, running: Running, visit: Visit, **how: Any) -> Any:
    context = chromium.new_context(**how)
    name, _equals, value = visit.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{running.port}"}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


@pytest.mark.parametrize("width", [390, 1280, 3840])
def test_pages_complain_of_nothing_ask_nobody_and_do_not_scroll_sideways(
    chromium: Any, reading: Running, width: int
) -> None:
    page = _page(chromium, reading, reading.owner(), viewport={"width": width, "height": 900})
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
    page = _page(chromium, own, own.owner())
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
    page = _page(chromium, own, own.owner())
    page.goto(f"http://127.0.0.1:{own.port}/can-xem")
    page.keyboard.press("/")
    page.keyboard.type("n1b")
    assert page.locator("#tim-nhanh").input_value() == "n1b"
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"selectionStart": 1, "selectionEnd": 1, "text": "nhà"})
    page.locator("h1").click()
    assert own.services.intents.waiting() == 0 and decisions(own.archive) == []


def test_everything_works_without_script(chromium: Any, own: Running) -> None:
    page = _page(chromium, own, own.owner(), java_script_enabled=False)
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
        page = _page(chromium, up, visit)
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
    page = _page(chromium, reading, reading.owner())
    page.set_content(f'<iframe src="http://127.0.0.1:{reading.port}/"></iframe>')
    page.wait_for_timeout(500)
    assert all("Tổng quan" not in frame.content() for frame in page.frames[1:])
