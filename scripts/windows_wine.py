"""What Debian's Wine 8 lacks of Windows 10, made up for beside Windows' Python; see scripts/wine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import windows_python
from windows_python import ROOT

_ITS_MATH, _OUR_MATH = b"api-ms-win-crt-math-l1-1-0.dll", "crt-math-of-wine.dll"


def mend(python: Path) -> None:
    """What Wine 8 lacks of Windows 10, beside python.exe."""
    (python / "_wmi.pyd").unlink()  # it needs VariantToString; platform asks elsewhere then
    sources = ROOT / "scripts/wine"
    shutil.copy(sources / "sitecustomize.py", python / windows_python.SITE)
    compiler = [
        "x86_64-w64-mingw32-gcc",
        "-Os",
        "-s",
        "-shared",
        "-static-libgcc",
        "-nostartfiles",
        "-Wl,--entry=0",
        "-o",
    ]
    random = [python / "bcryptprimitives.dll", sources / "bcryptprimitives.c", "-ladvapi32"]
    mathematics = [python / _OUR_MATH, sources / "crt_math.c", sources / "crt_math.def"]
    subprocess.run([*compiler, *random], check=True)
    subprocess.run([*compiler, *mathematics], check=True)
    for library in (python / windows_python.SITE / "numpy").rglob("*.pyd"):
        content = library.read_bytes()
        library.write_bytes(content.replace(_ITS_MATH, _OUR_MATH.encode().ljust(len(_ITS_MATH), b"\0")))


def programs_ready() -> None:
    """Wine, a compiler for Windows and Vietnamese for Tesseract: in CI they are installed, else asked for."""
    missing = [package for program, package in {
        "wine": "wine64", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64", "tesseract": "tesseract-ocr-vie",
    }.items() if shutil.which(program) is None]  # fmt: skip
    if not missing:
        return
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "wine", *missing]
    if os.environ.get("CI") != "true" or os.geteuid() != 0:
        sys.exit(f"sudo {' '.join(install)}")
    subprocess.run(["apt-get", "update", "-qq"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
