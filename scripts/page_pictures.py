#!/usr/bin/env python3
"""The manual's pictures of the page: a sample archive, served, photographed by Chromium at three widths.

    scripts/page_pictures.py [FOLDER]

writes ``docs/vi/hinh/trang-*.png``. Needs the extra ``web``, playwright, and a Chromium; the sample archive
is always the same one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from dossier import workspace
from dossier.archive import open_archive
from dossier.demo import write_archive
from dossier.usecases.assess import assess
from dossier.usecases.decide import assign, written
from dossier.usecases.scan import scan
from dossier.web import server
from dossier.web.services import Services

TODAY = date(2026, 11, 24)
WIDTHS = {"dien-thoai": 390, "may-tinh": 1280, "man-hinh-rong": 2560}
HEIGHTS = {390: 844, 1280: 860, 2560: 1300}
COLOURS = 96


def main(folder: Path) -> None:
    """Make the archive, serve it, take the pictures."""
    workspace.enter(account="an")  # whose page it is
    with tempfile.TemporaryDirectory() as made:
        root = Path(made, "kho")
        write_archive(root, dossiers=6, seed=11, today=TODAY, scans=False)
        put_into_inbox(root)
        scan(open_archive(root))
        decide_a_few(root)
        services = Services(open_archive(root), TODAY)
        listening = server.bound("127.0.0.1", 0)
        up = threading.Event()
        serving = server.server_for(services, listening, server.LOOPBACK, None, up.set)
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        up.wait(60)
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            take(address, services.sessions.launch_key(), folder)
        finally:
            serving.should_exit = True
            thread.join(15)


def put_into_inbox(root: Path) -> None:
    """A few papers of the sample wait in the inbox, under the names that a scanner gives."""
    inbox = root / "Hộp thư đến"
    inbox.mkdir()
    papers = sorted(path for path in root.rglob("*.pdf") if ".dossier" not in path.parts)
    for number, paper in enumerate(papers[3 :: len(papers) // 4][:4], start=1):
        shutil.move(paper, inbox / f"scan{number:04d}.pdf")


def decide_a_few(root: Path) -> None:
    """Somebody confirmed where some papers belong."""
    archive = open_archive(root)
    papers = [paper for each in assess(archive, TODAY).dossiers[:4] for paper in each.documents]
    for paper in [paper for paper in papers if paper.placements][::6]:
        assign(archive, paper.id, [written(place) for place in paper.placements])


def take(address: str, key: str, folder: Path) -> None:
    """Open every page at every width."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(300_000)  # milliseconds: the archive is judged first
        page.goto(f"{address}/mo?khoa={key}")
        page.wait_for_selector("h1")
        for name, there in PAGES.items():
            for called, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                there(page, address)
                page.wait_for_load_state("load")
                page.wait_for_timeout(800)
                file = folder / f"trang-{name}-{called}.png"
                page.screenshot(path=str(file))
                smaller(file)
        browser.close()


def smaller(file: Path) -> None:
    """Few colours are enough for a page, and a third of the bytes."""
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def _at(path: str) -> Callable[[Any, str], None]:
    return lambda page, address: page.goto(address + path)


def _first(list_: str, link: str) -> Callable[[Any, str], None]:
    def there(page: Any, address: str) -> None:
        page.goto(address + list_)
        page.goto(address + page.locator(link).first.get_attribute("href"))

    return there


PAGES: dict[str, Callable[[Any, str], None]] = {
    "tong-quan": _at("/"),
    "ho-so": _first("/", "main a[href^='/ho-so/']"),
    "van-ban": _first("/tim?q=quyet+dinh+thanh+lap", "main a[href^='/van-ban/']"),
    "hop-thu-den": _at("/hop-thu-den"),
    "lich": _at("/lich"),
    "ho-so-moi": _at("/ho-so-moi"),
    "quyet-dinh": _at("/quyet-dinh"),
    "sao-luu": _at("/quan-tri/sao-luu"),
    "cai-dat": _at("/quan-tri/cai-dat"),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs/vi/hinh")
