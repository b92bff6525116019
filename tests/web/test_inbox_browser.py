"""The inbox in a real Chromium: files dropped, many at once, without script, by keys, at any width, live."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dossier.archive import open_archive
from dossier.usecases.known import open_known
from tests.usecases.archives import FOUNDING, PROPOSAL, SURVEY, write
from tests.usecases.archives import TODAY as DAY
from tests.web.browsing import page_of
from tests.web.serving import Running, Visit, running, scanned

A = "Mô hình/Camera an ninh"
XSS = '"><img src=x onerror=alert(1)>.txt'


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Running]:
    root = tmp_path / "kho"
    write(root, f"{A}/06 QĐ/qd.txt", FOUNDING)
    write(root, "Hộp thư đến/scan0007.txt", SURVEY)
    write(root, "dossier.toml", "[inbox]\nmax_file_mb = 1\n")
    scanned(root)
    with running(open_archive(root), DAY, follow=True) as up:
        yield up


def at(office: Running, path: str = "/hop-thu-den") -> str:
    return f"http://127.0.0.1:{office.port}{path}"


def opened(chromium: Any, office: Running, visit: Visit, **how: Any) -> Any:
    """A page that waits long: what follows a click takes its time on a busy machine."""
    page = page_of(chromium, office, visit, **how)
    page.set_default_timeout(120_000)
    return page


def inbox_of(office: Running) -> list[str]:
    folder = office.archive.root / "Hộp thư đến"
    return sorted(path.name for path in folder.iterdir())


def chosen(*files: tuple[str, bytes]) -> list[dict[str, Any]]:
    return [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files]


def wait_for(what: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_file_is_filed_and_taken_back_by_clicks(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office))
    page.locator(".filing input[name=muc]").fill("6a")
    page.locator(".filing button").click()
    filed = office.archive.root / A / "06 QĐ/scan0007.txt"
    wait_for(filed.exists)
    assert filed.read_text() == SURVEY
    wait_for(lambda: not (office.archive.root / "Hộp thư đến/scan0007.txt").exists())
    office.services.intents.settled(30)
    page.goto(at(office))
    page.locator(".moves button").click()
    wait_for((office.archive.root / "Hộp thư đến/scan0007.txt").exists)
    wait_for(lambda: not filed.exists())


def test_without_script_files_are_taken_in_and_filed(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner(), java_script_enabled=False)
    page.goto(at(office))
    page.locator("#tep").set_input_files(chosen(("moi.txt", PROPOSAL.encode())))
    page.locator("#nhan button").click()
    assert "Đã nhận “moi.txt”" in page.locator("ul.note").inner_text()
    page.locator("li:has(h2:text-is('moi.txt')) .filing button").click()
    wait_for(lambda: "moi.txt" not in inbox_of(office))


def test_many_files_at_once_each_say_what_became_of_them(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(at(office))
    files = [(f"giay {n}.txt", SURVEY.replace("03/KH", f"{n}/KH").encode()) for n in range(10, 16)]
    files += [("giay 10.txt", PROPOSAL.encode()), ("trong.txt", b""), ("to.bin", bytes((1 << 20) + 1))]
    files += [(XSS, FOUNDING.encode()), ("mat.txt", f"TUYỆT MẬT\n{SURVEY}".encode())]
    page.locator("#tep").set_input_files(chosen(*files))
    page.locator("#nhan button").click()
    wait_for(lambda: page.locator("#dang-nhan li").count() == 11, 200)
    wait_for(lambda: page.locator("#dang-nhan li", has_text="Đang gửi").count() == 0, 200)
    bad = page.locator("#dang-nhan li.bad").all_inner_texts()
    assert len(bad) == 3
    there = inbox_of(office)
    assert {"giay 10.txt", "giay 10 (2).txt", "giay 15.txt"} <= set(there)
    assert not {"trong.txt", "to.bin", "mat.txt"} & set(there)
    page.goto(at(office))
    assert dialogs == []
    assert page.locator("main img").count() == 0


def test_dropped_file_is_taken_in(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office))
    page.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], "tha.txt", { type: "text/plain" }));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, cancelable: true }));
        }""",
        PROPOSAL,
    )
    wait_for(lambda: "tha.txt" in inbox_of(office))


def test_tab_closed_in_the_middle_leaves_nothing_half(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office))
    page.locator("#tep").set_input_files(chosen(*((f"n{n}.txt", SURVEY.encode()) for n in range(20))))
    page.locator("#nhan button").click()
    wait_for(lambda: len(inbox_of(office)) > 1, 100)
    page.context.close()
    wait_for(lambda: not list(office.archive.state.glob(".inbox-*")), 100)
    assert not [name for name in inbox_of(office) if name.endswith(".part")]
    for name in inbox_of(office):
        assert (office.archive.root / "Hộp thư đến" / name).read_text() == SURVEY


def test_file_copied_into_the_folder_appears_by_itself(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office))
    wait_for(lambda: office.services.following is not None and office.services.following.watching)
    write(office.archive.root, "Hộp thư đến/tu Explorer.txt", PROPOSAL)
    page.get_by_role("heading", name="tu Explorer.txt").wait_for(timeout=60_000)


def test_what_is_being_typed_is_not_lost_to_news(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office))
    wait_for(lambda: office.services.following is not None and office.services.following.watching)
    page.locator(".filing input[name=ten]").fill("đang gõ dở")
    write(office.archive.root, "Hộp thư đến/khac.txt", PROPOSAL)
    page.locator("#co-moi").wait_for(state="visible", timeout=60_000)
    assert page.locator(".filing input[name=ten]").input_value() == "đang gõ dở"


def test_filed_by_keys_alone(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office, "/"))
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/hop-thu-den")
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.closest('.filing') && document.activeElement.type === 'submit'"
        ):
            break
    page.keyboard.press("Enter")
    wait_for(lambda: "scan0007.txt" not in inbox_of(office))
    assert office.services.intents.settled(60)  # the decision follows the file
    with open_known(office.archive) as catalogue:
        assert [decision.author for decision in catalogue.decisions.all()]


@pytest.mark.parametrize("width", [320, 390, 1280, 3840])
def test_page_fits_and_complains_of_nothing(chromium: Any, office: Running, width: int) -> None:
    write(office.archive.root, f"Hộp thư đến/{'tên rất dài ' * 12}.txt", PROPOSAL)
    scanned(office.archive.root)
    page = opened(chromium, office, office.owner(), viewport={"width": width, "height": 900})
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(at(office))
    page.wait_for_load_state("load")
    # The page may load itself anew at news of the scan, and what is evaluated then would be lost.
    page.wait_for_function("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert told == []


def test_restarted_server_is_found_again_by_an_open_page(chromium: Any, tmp_path: Path) -> None:
    """The line to the server is opened again; the page never becomes an error page."""
    root = tmp_path / "kho"
    write(root, f"{A}/06 QĐ/qd.txt", FOUNDING)
    scanned(root)
    with running(open_archive(root), DAY) as up:
        page = opened(chromium, up, up.owner())
        page.goto(at(up))
        with page.expect_request("**/su-kien", timeout=30_000):
            up.services.ending.set()
            time.sleep(1)
        assert page.locator("h1").inner_text().startswith("Hộp thư đến")


def test_file_larger_than_allowed_is_told_before_it_is_sent(chromium: Any, office: Running) -> None:
    page = opened(chromium, office, office.owner())
    page.goto(at(office))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("#tep").set_input_files(chosen(("phim.txt", b"x" * ((1 << 20) + 1))))
    page.locator("#nhan button").click()
    told = page.locator("#dang-nhan li")
    told.wait_for()
    assert told.inner_text() == "“phim.txt” lớn hơn 1 MB; không nhận."
    assert "PUT" not in sent
