"""The page on a large archive: ten people at once on a real server, then again while scans are read by OCR.

    python benchmarks/web.py [--documents 100000] [--people 10] [--seconds 120] [--keep DIR]

The archive is that of ``nightly.py`` (made and catalogued before anything is measured) with four sample
dossiers of PDFs and their doubts beside it. ``dossier serve`` runs as a process of its own; each person asks
for a page, looks at it for a second or so, and asks for another one. Prints milliseconds
until the last byte and the processor time of a request, beside what is aimed at.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

import nightly
from processes import cpu, mib

from dossier.archive import open_archive
from dossier.demo import write_archive
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.usecases.standing import id_of
from dossier.web.documents import address_of

_TODAY = date(2026, 11, 24)
_FILES = 20  # in a dossier
_WORDS = ("khao sat camera", "uy ban nhan dan", "quyet dinh", "12/QĐ-UBND", "mo hinh xa ham thang noi dung")
# What is aimed at: milliseconds that half and 99 of 100 requests take, on an idle machine.
_AIMS = {
    "overview": (20, 80), "overview, filtered": (20, 80), "dossier": (25, 100), "document": (30, 120),
    "picture, cold": (60, 150), "picture, kept": (3, 15), "search": (12, 50), "question": (30, 120),
    "inbox": (30, 120), "calendar": (20, 80),
}  # fmt: skip


class Asking:
    """A person's browser: one line that stays open, one session."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, float]:
        """Status, body, milliseconds."""
        headers = {"host": f"127.0.0.1:{self._port}", "cookie": self._cookie}
        if form is not None:
            headers |= {
                "origin": f"http://127.0.0.1:{self._port}",
                "content-type": "application/x-www-form-urlencoded",
            }
        started = time.perf_counter()
        try:
            self._line.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = self._line.getresponse()
            body = answer.read()
        except (http.client.HTTPException, OSError):  # the line was let go meanwhile
            self._line.close()
            started = time.perf_counter()
            self._line.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = self._line.getresponse()
            body = answer.read()
        return answer.status, body, (time.perf_counter() - started) * 1000


def make(root: Path, documents: int) -> None:
    """The archive, catalogued."""
    nightly.make(root, max(documents // _FILES, 1), _FILES)
    archive = open_archive(root)
    nightly.catalogue(archive)
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "mau"
        write_archive(sample, dossiers=4, seed=7, today=_TODAY, scans=False)
        shutil.copytree(sample, root / "Mẫu")
    scan(archive)


def scans(root: Path, count: int) -> list[Path]:
    """Scanned papers, each a file of its own, to be put into the archive one after another."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "mau"
        write_archive(sample, dossiers=12, seed=11, today=_TODAY)
        found = [path for path in sorted(sample.rglob("*.pdf")) if b"/Font" not in path.read_bytes()]
        kept = root.parent / "scans"
        kept.mkdir(exist_ok=True)
        for number in range(count):
            source = found[number % len(found)]
            # Bytes of its own: a file that is known already is not read again.
            (kept / f"{number}.pdf").write_bytes(source.read_bytes() + b"\n%% %d\n" % number)
    return sorted(kept.iterdir())


@contextmanager
def serving(root: Path) -> Iterator[tuple[int, str, int, float]]:
    """The server: its port, the owner's cookie, its process, seconds until it answered."""
    command = [sys.executable, "-m", "dossier", "serve", str(root), "--no-browser", "--port", "0"]
    started = time.perf_counter()
    server = subprocess.Popen(
        [*command, "--today", _TODAY.isoformat()],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        ready = time.perf_counter() - started
        port, key = re.search(r":(\d+)(/\S+)", address).groups()  # type: ignore[union-attr]
        line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
        line.request("GET", key, headers={"host": f"127.0.0.1:{port}"})
        cookie = (line.getresponse().getheader("set-cookie") or "").split(";")[0]
        yield int(port), cookie, server.pid, ready
    finally:
        server.terminate()
        server.wait(60)


def waiting(port: int, cookie: str) -> int:
    """How many files are still to be read, as open pages are told."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/su-kien", headers={"host": f"127.0.0.1:{port}", "cookie": cookie})
    answer = line.getresponse()
    while not (said := answer.readline()).startswith(b'data: {"'):
        pass
    line.close()
    return int(json.loads(said.removeprefix(b"data: "))["queue"])


class Pages:
    """Addresses of each kind, by chance."""

    def __init__(self, root: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        with open_known(open_archive(root)) as catalogue:
            self._dossiers = sorted(catalogue.folders())
            paths = sorted(catalogue.paths())
        self._papers = self._chance.sample(paths, min(len(paths), 5000))
        self._pictured = [path for path in paths if path.startswith("Mẫu/") and path.endswith(".pdf")]

    def next(self, kind: str) -> str:
        """One address."""
        pick = self._chance.choice
        if kind == "overview":
            return f"/?trang={self._chance.randint(1, 20)}"
        if kind == "overview, filtered":
            return f"/?tinh-trang=thieu&muc={self._chance.randint(1, 16)}&sap={pick(['ten', 'diem', 'han'])}"
        if kind == "dossier":
            return f"/ho-so/{id_of(pick(self._dossiers))}"
        if kind == "document":
            return f"/van-ban/{address_of(pick(self._papers))}"
        if kind.startswith("picture"):
            width = self._chance.randint(900, 1800) if kind == "picture, cold" else 1240
            paper = pick(self._pictured) if kind == "picture, cold" else self._pictured[0]
            return f"/van-ban/{address_of(paper)}/trang/1.jpg?w={width}"
        if kind == "search":
            words = pick(_WORDS)
            return f"/tim?q={quote(words[: self._chance.randint(3, len(words))])}&dang-go=1"
        return {"question": "/can-xem", "inbox": "/hop-thu-den", "calendar": "/lich"}[kind]


def crowd(root: Path, port: int, cookie: str, people: int, seconds: float) -> dict[str, list[float]]:
    """What everybody waited for, by kind."""
    took: dict[str, list[float]] = {kind: [] for kind in _AIMS}
    failed: list[str] = []
    end = time.monotonic() + seconds

    def one(number: int) -> None:
        pages, chance, browser = Pages(root, number), random.Random(number), Asking(port, cookie)
        kinds = list(_AIMS)
        chance.shuffle(kinds)
        at = 0
        while time.monotonic() < end:
            kind = kinds[at % len(kinds)]
            address = pages.next(kind)
            status, _body, milliseconds = browser.ask("GET", address)
            if status == 200:
                took[kind].append(milliseconds)
            elif status != 404 or not kind.startswith("picture"):  # a page that nobody may see
                failed.append(f"{status} {address}")
            at += 1
            time.sleep(chance.uniform(0.5, 1.5))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        print(f"  {len(failed)} requests failed: {failed[:3]}")
    return took


def alone(root: Path, port: int, cookie: str, pid: int, each: int) -> dict[str, float]:
    """Milliseconds of the server's processor time for a page of each kind, one person asking."""
    pages, browser, found = Pages(root, 99), Asking(port, cookie), {}
    for kind in _AIMS:
        browser.ask("GET", pages.next(kind))
        before = cpu(pid)
        for _again in range(each):
            browser.ask("GET", pages.next(kind))
        found[kind] = (cpu(pid) - before) * 1000 / each
    return found


def part(times: list[float], share: float) -> float:
    """The value below which that share of the times lies."""
    ordered = sorted(times)
    return ordered[min(math.ceil(share * len(ordered)) - 1, len(ordered) - 1)] if ordered else float("nan")


def every(took: dict[str, list[float]]) -> list[float]:
    """What all pages took, of whatever kind."""
    return [each for times in took.values() for each in times]


def show(title: str, took: dict[str, list[float]], spent: dict[str, float]) -> None:
    """A line for each kind."""
    print(f"\n{title}\n{'':22}{'n':>5} {'p50':>7} {'p99':>7} {'max':>7} {'CPU':>7}   aim (idle)")
    for kind, times in [*took.items(), ("every page", every(took))]:
        aims = " / ".join(map(str, _AIMS.get(kind, ())))
        shown = f"{spent[kind]:.1f}" if kind in spent else ""
        print(f"{kind:22}{len(times):5} {parts(times)} {shown:>7}   {aims}")


def parts(times: list[float]) -> str:
    """Half of them took so long, 99 of 100, all."""
    return f"{part(times, 0.5):7.0f} {part(times, 0.99):7.0f} {max(times, default=0):7.0f}"


def click(root: Path, port: int, cookie: str, times: int) -> None:
    """Decisions on questions: until they are kept, and until everybody sees them."""
    browser, kept, seen, again = Asking(port, cookie), [], [], 0
    while len(kept) < times and again < times:
        _status, body, _took = browser.ask("GET", "/can-xem")
        page = body.decode()
        action = re.search(r'action="(/can-xem/[0-9a-f]+-\d+)"', page)
        if action is None:
            break
        form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        status, _body, took = browser.ask("POST", action[1], {**form, "muc": "none"})
        if status == 412:  # a page asked for anew shows a question until it was judged that it is none
            again += 1
            time.sleep(1)
            continue
        assert status == 303, (status, _body[:500])
        kept.append(took)
        started, paper = time.perf_counter(), action[1].replace("can-xem", "van-ban")
        while (
            b"kh\xc3\xb4ng thu\xe1\xbb\x99c m\xe1\xbb\xa5c n\xc3\xa0o</" not in browser.ask("GET", paper)[1]
        ):
            if time.perf_counter() - started > 60:
                break
            time.sleep(0.05)
        seen.append((time.perf_counter() - started) * 1000)
    print(f"{'a decision is kept':22}{len(kept):5} {parts(kept)}")
    print(f"{'… and seen by all':22}{len(seen):5} {parts(seen)}           300 / 3000")
    print(f"{'… and asked again':22}{again:5}")


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument(
        "--scans", type=int, default=200, help="files that are read while pages are asked for"
    )
    parser.add_argument(
        "--keep", type=Path, help="make the archive in this folder, or use the one that is there"
    )
    options = parser.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="dossier-bench-"))
    root = work / "kho"
    if not root.exists():
        started = time.perf_counter()
        make(root, options.documents)
        print(f"made and catalogued in {time.perf_counter() - started:.0f} s")
    with serving(root) as (port, cookie, pid, ready):
        browser, started = Asking(port, cookie), time.perf_counter()
        while browser.ask("GET", "/")[0] != 200:
            time.sleep(0.05)
        print(f"answers after {ready:.2f} s, shows the overview {time.perf_counter() - started:.2f} s later; "
              f"{cpu(pid):.1f} s CPU, {mib(pid):.0f} MiB")  # fmt: skip
        spent = alone(root, port, cookie, pid, 20)
        took = crowd(root, port, cookie, options.people, options.seconds)
        show(f"{options.people} people at once", took, spent)
        summary = [f"p99 of a page: {part(every(took), 0.99):.0f} ms"]
        click(root, port, cookie, 10)
        print(f"memory of the server and those who draw: {mib(pid):.0f} MiB")
        if options.scans:
            new = root / "Mẫu" / "Quét mới"
            new.mkdir(exist_ok=True)
            for file in scans(root, options.scans):
                shutil.move(file, new / file.name)
            time.sleep(5)
            took = crowd(root, port, cookie, options.people, options.seconds)
            left = waiting(port, cookie)
            show(f"the same while {options.scans} scans are read by OCR", took, {})
            summary.append(f"while scans are read by OCR: {part(every(took), 0.99):.0f} ms (aim: below 500)")
            print(f"memory with those who read: {mib(pid):.0f} MiB; files that waited at the end: {left}")
    print("; ".join(summary))
    if options.keep is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
