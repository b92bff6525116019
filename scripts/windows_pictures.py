"""The portable build as a person meets it, looked at with a browser outside, and drawn for the manual.

``scripts/windows-lane pictures FILE`` calls this while the build's page runs under Wine: with the page's
address, the zip, what its window says, the folder for the pictures, and where the build lies. Fails when the
page does not show the archive's dossiers. Needs Chromium; with Xvfb, ImageMagick and a font of one width with
Vietnamese letters (fonts-noto-mono) the window is a real console, else it is drawn.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from manual_pictures import draw
from windows_python import ROOT

_PATIENCE = 180_000  # milliseconds, until the first scan is over
# By which wineconsole shows Vietnamese: 100 columns, 6 lines.
_CONSOLE = (
    ("FaceName", '"Noto Sans Mono"'),
    ("FontPitchFamily", "dword:00000036"),
    ("FontSize", "dword:00120000"),
    ("ScreenBufferSize", "dword:00060064"),
    ("WindowSize", "dword:00060064"),
)
_SECONDS = 8  # for a window to be drawn, on a machine that does other things too
_SIZE = {"width": 1180, "height": 760}


def main() -> int:
    """See the module."""
    address, file, said, folder, build = sys.argv[1:]
    made = Path(folder)
    made.mkdir(parents=True, exist_ok=True)
    draw("D:\\Dossier", _listing(Path(file)), 30, made / "windows-thu-muc.png")
    if not _console(Path(build), made / "windows-cua-so.png"):
        draw("Dossier", _kept_from_strangers(said), 20, made / "windows-cua-so.png")
    return _look(address, made / "windows-trang.png")


def _listing(file: Path) -> str:
    """What a person sees in the unzipped folder: programs and texts, then folders, with their sizes."""
    sizes: dict[str, int] = {}
    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            _top, name, *below = entry.filename.split("/")
            name += "\\" if below else ""
            sizes[name] = sizes.get(name, 0) + entry.file_size
    rows = sorted(sizes, key=lambda name: (name.endswith("\\"), not name.startswith("Dossier"), name))
    return "\n".join(f"{name:<24}{max(sizes[name] // 1000, 1):>10,} kB".replace(",", ".") for name in rows)


def _console(build: Path, picture: Path) -> bool:
    """The same window on a screen of its own, which Wine has no other of; the key on it has been used by then
    or is of no use once the page is closed."""
    if not (shutil.which("Xvfb") and shutil.which("import")):
        return False
    lane, display = ROOT / "build/windows-lane", ":77"
    wine = {
        **os.environ, "WINEPREFIX": str(lane / "desktop"), "WINEARCH": "win64", "WINEDEBUG": "-all",
        "DISPLAY": display,
    }  # fmt: skip
    quiet: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    screen = subprocess.Popen(["Xvfb", display, "-screen", "0", "860x130x24"], **quiet)
    try:
        settings = "".join(f'"{name}"={value}\r\n' for name, value in _CONSOLE)
        told = lane / "console.reg"
        told.write_text(f"REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Console]\r\n{settings}", "utf-8")
        subprocess.run(["wine", "regedit", "/S", _named(told)], env=wine, check=True, **quiet)
        sample = lane / "desktop/drive_c/Kho hồ sơ"  # its own: locks hold within one Wine
        shutil.rmtree(sample, ignore_errors=True)
        shutil.copytree(lane / "prefix/drive_c/kho mẫu", sample, ignore=shutil.ignore_patterns(".dossier"))
        started = ["wineconsole", _named(build / "Dossier.exe"), rf"C:\{sample.name}"]
        subprocess.Popen(["wine", *started], env=wine, **quiet)
        until = time.monotonic() + _PATIENCE / 1000
        while not (sample / ".dossier/serve.json").is_file():  # where the page tells its address
            if time.monotonic() > until:
                return False
            time.sleep(1)
        time.sleep(_SECONDS)  # until it is drawn
        subprocess.run(["import", "-display", display, "-window", "root", picture], check=True)
    finally:
        subprocess.run(["wineserver", "-k"], env=wine, check=False, **quiet)
        screen.terminate()
    return True


def _named(path: Path) -> str:
    """As a program under Wine names it."""
    return "Z:" + str(path).replace("/", "\\")


def _kept_from_strangers(said: str) -> str:
    """The window's text; the key that opens the page once is nobody's business."""
    return "\n".join(line.partition("?khoa=")[0].removesuffix("/mo") for line in said.splitlines())


def _look(address: str, picture: Path) -> int:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=_SIZE)
        page.set_default_timeout(_PATIENCE)
        page.goto(address)
        dossier = page.locator("a[href^='/ho-so/']").first
        dossier.wait_for()
        page.screenshot(path=picture)
        name = dossier.inner_text()
        dossier.click()
        page.wait_for_load_state()
        shown = name.split("\n")[0].strip() in page.locator("h1").first.inner_text()
        browser.close()
    print(f"browser: the dossier “{name.splitlines()[0]}” {'opens' if shown else 'DOES NOT OPEN'}")
    return 0 if shown else 1


if __name__ == "__main__":
    sys.exit(main())
