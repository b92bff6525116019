"""Kill the page's server at random points while two people click, and look what became of their clicks.

    python tests/faults/clicks.py [--clicks 1000] [--kills 50] [--seed 0]

A click that was confirmed must be carried out, once, and the last one about a paper must stand; one that
was not confirmed is sent again, as browsers do, and must not count twice. When both decide the same paper
from the same state, one of them is told. Prints what it found; ends with 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import http.client
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the tests' own modules, when run as a program

from dossier.archive import open_archive
from dossier.usecases.answering import thing_of, version
from dossier.usecases.decisions import decisions
from dossier.usecases.scan import scan
from dossier.usecases.viewing import view_file
from dossier.web.accounts import Accounts
from dossier.web.documents import address_of
from dossier.web.roles import Role
from dossier.web.storage import Storage
from tests.faults.kills import text, write
from tests.web.serving import PASSWORD, Server, Visit, free_port

_PAPERS = 40
_PARTS = ("1", "2", "none", "14")
_PEOPLE = {"lan": Role.ARCHIVIST, "minh": Role.CHIEF}
_SECONDS = 120.0  # for all clicks to be carried out at the end


@dataclass
class Outcome:
    """What the clicks came to."""

    confirmed: int = 0
    again: int = 0  # sent once more, as nobody had confirmed them
    refused: int = 0  # somebody else was quicker
    kills: int = 0
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clicks", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder) / "kho", told.clicks, told.kills, told.seed)
    print(
        f"{outcome.confirmed} clicks confirmed, {outcome.kills} kills, {outcome.again} sent again, "
        f"{outcome.refused} told that somebody was quicker; wrong: {len(outcome.wrong)}"
    )
    for each in outcome.wrong[:20]:
        print(" ", each)
    return 1 if outcome.wrong else 0


def run(root: Path, clicks: int, kills: int, seed: int) -> Outcome:
    """The whole trial."""
    rng, outcome = random.Random(seed), Outcome()
    paths = [f"mo-hinh/Hồ sơ {number % 3}/{number}.txt" for number in range(_PAPERS)]
    for number, path in enumerate(paths):
        write(root / path, text(number))
    archive = open_archive(root)
    scan(archive, workers=1)
    storage = Storage(archive.ready_state())
    accounts = Accounts(storage)
    accounts.put("admin", Role.ADMIN, None, PASSWORD)
    for name, role in _PEOPLE.items():
        accounts.put(name, role, None, PASSWORD)
    storage.close()
    server = Server(root, free_port())
    server.start()
    visits = {name: _signed_in(server.port, name) for name in _PEOPLE}
    when = sorted(rng.sample(range(2, clicks), min(kills, clicks - 2)))
    last: dict[str, str] = {}  # path → what the last confirmed click said
    made: Counter[str] = Counter()  # path → confirmed clicks that changed something
    for number in range(clicks):
        path = rng.choice(paths)
        part = rng.choice([each for each in _PARTS if each != last.get(path)])
        killer = None
        if when and number == when[0]:
            when.pop(0)
            killer = threading.Timer(rng.random() * 0.05, server.kill)
            killer.start()
        if number % 10 == 9 and killer is None:
            won = _both(server, visits, archive, path, part, number, outcome)
        else:
            won = _clicked(
                server, visits[rng.choice(list(visits))], path, part, f"{seed}-{number}", outcome, killer
            )
        if won:
            last[path], made[path] = part, made[path] + 1
        if killer is not None:
            killer.join()
            server.start()
    _wait(visits["lan"])
    outcome.kills = server.kills
    server.kill()
    _compare(archive, last, made, outcome)
    return outcome


def _clicked(
    server: Server, visit: Visit, path: str, part: str, click: str, outcome: Outcome,
    killer: threading.Timer | None = None, seen: str = "",
) -> bool:  # fmt: skip
    """Whether the click was confirmed; sent again until the server says something."""
    form = {"csrf": visit.token, "muc": part, "lan": click, "ban": seen}
    for _again in range(100):
        try:
            reply = visit.ask("POST", f"/can-xem/{address_of(path)}", form)
        except (OSError, http.client.HTTPException):
            if killer is not None:
                killer.join()
                server.start()
            outcome.again += 1
            time.sleep(0.05)
            continue
        if reply.status == 303:
            outcome.confirmed += 1
            return True
        if reply.status == 412:
            outcome.refused += 1
            return False
        if reply.status != 503:  # the archive is being judged after a start
            outcome.wrong.append(f"{path}: {reply.status}")
            return False
        time.sleep(0.1)
    outcome.wrong.append(f"{path}: never answered")
    return False


def _both(server, visits, archive, path, part, number, outcome) -> bool:  # type: ignore[no-untyped-def]
    """Two people decide the same paper from the same state, at once: exactly one of them does."""
    _wait(visits["lan"])
    shown = view_file(archive, path)
    thing = thing_of(shown, 1) if shown else None
    assert thing is not None
    results: dict[str, bool] = {}

    def press(name: str) -> None:
        results[name] = _clicked(
            server, visits[name], path, part, f"both-{number}-{name}", outcome, seen=version(archive, thing)
        )

    threads = [threading.Thread(target=press, args=(name,)) for name in visits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if sum(results.values()) != 1:
        outcome.wrong.append(f"{path}: both clicks were answered alike: {results}")
    return any(results.values())


def _wait(visit: Visit) -> None:
    """Until nothing waits to be carried out."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        reply = visit.get("/can-xem")
        if reply.status == 200 and "⏳" not in reply.text:
            return
        time.sleep(0.05)


def _compare(archive, last, made, outcome) -> None:  # type: ignore[no-untyped-def]
    """What stands in the catalogue is what was confirmed."""
    now = {d.path: [p.part for p in d.decision.placements] for d in decisions(archive)}
    counted = Counter(d.path for d in decisions(archive, history=True))
    for path, part in last.items():
        wanted = [] if part == "none" else [part]
        if now.get(path) != wanted:
            outcome.wrong.append(f"{path}: {wanted} was confirmed last, {now.get(path)} stands")
        if counted[path] != made[path]:
            outcome.wrong.append(f"{path}: {made[path]} clicks confirmed, {counted[path]} carried out")
    for path in set(now) - set(last):
        outcome.wrong.append(f"{path}: decided by nobody")


def _signed_in(port: int, name: str) -> Visit:
    visit = Visit(port)
    reply = visit.ask("POST", "/dang-nhap", {"name": name, "password": PASSWORD})
    assert reply.status == 303, reply.text
    visit.get("/nhat-ky")
    return visit


if __name__ == "__main__":
    raise SystemExit(main())
