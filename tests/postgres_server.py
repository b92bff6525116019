"""A real PostgreSQL for tests: made with initdb in a folder of its own, owned by a user without rights."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

_FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
_OWNER = "nobody"  # PostgreSQL refuses to run as root
_LANGUAGE = "vi_VN.UTF-8"


def binaries() -> Path | None:
    """Where PostgreSQL's programs lie; ``None`` without any of version 15 or newer."""
    found = [path.parent for path in _FOUND if int(path.parts[4]) >= 15]
    return found[-1] if found else None


class Cluster:
    """One server, reachable by a socket in its own folder. ``stop`` takes everything away."""

    def __init__(self, programs: Path, settings: tuple[str, ...] = ()) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="dossier-pg-"))
        self.data = self.folder / "data"
        self._as = ["setpriv", f"--reuid={_OWNER}", "--clear-groups"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(self.folder, _OWNER)
        self.env = {**os.environ, "LOCPATH": str(_made_language(self.folder)), "HOME": str(self.folder)}
        self.run(
            "initdb", "-D", self.data, "-U", "hoso", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"
        )
        conf = (
            "fsync=off",
            "listen_addresses=''",
            f"unix_socket_directories='{self.folder}'",
            "max_connections=60",
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join((*conf, *settings, "")))
        self.start()
        self.query("CREATE DATABASE hoso TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        self.speaks_vietnamese = self._made_vietnamese()

    def run(self, program: str, *args: object) -> str:
        """One of PostgreSQL's programs, as its owner."""
        command = [*self._as, str(self.programs / program), *map(str, args)]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=self.env, cwd=self.folder, timeout=120
        ).stdout

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-s", "start")

    def halt(self, how: str = "immediate") -> None:
        """``immediate``: as if the power failed."""
        self.run("pg_ctl", "-D", self.data, "-w", "-s", "-m", how, "stop")

    def stop(self) -> None:
        """Take it down and away."""
        try:
            self.halt()
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "hoso") -> str:
        """The address of one of its databases."""
        return f"postgresql://hoso@/{database}?host={self.folder}"

    def query(self, text: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """The rows that a statement gives."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(text)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def _made_vietnamese(self) -> bool:
        try:
            self.query(f"CREATE DATABASE viet TEMPLATE template0 ENCODING 'UTF8' LOCALE '{_LANGUAGE}'")
        except psycopg.Error:
            return False
        return True


def _made_language(folder: Path) -> Path:
    """The language of a Vietnamese server, made for this one alone; the machine may not have it."""
    made = folder / "locale"
    made.mkdir(mode=0o755)
    for name in ("C.utf8",):
        if (there := Path("/usr/lib/locale") / name).is_dir():
            (made / name).symlink_to(there)
    if program := shutil.which("localedef"):
        command = [program, "-c", "-i", "vi_VN", "-f", "UTF-8", str(made / _LANGUAGE)]
        subprocess.run(command, check=False, capture_output=True, timeout=60)
        for path in (made, *made.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
    return made
