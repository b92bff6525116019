"""Acts of people one by one, on an archive where much was said before, and what is there of them then."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import acts
import kills
from sqlalchemy import select

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.catalogue.tables import (
    adoptions,
    baseline,
    corrections,
    decisions,
    metadata,
    told,
    unsealed,
    waivers,
)
from dossier.renaming import maker_of
from dossier.scanner import VERSION
from dossier.usecases import (
    adopt,
    audit,
    bundles,
    choosing,
    configuring,
    correct,
    create,
    decide,
    fact_entries,
    retention,
    undo,
)
from dossier.usecases import (
    baseline as baselines,
)
from dossier.usecases.assess import assess, digest
from dossier.usecases.backup import backup
from dossier.usecases.closing import write_set
from dossier.usecases.decisions import export, import_
from dossier.usecases.decisions import undo as undo_decisions
from dossier.usecases.inbox import filing, receiving
from dossier.usecases.letters import about_lacking, write_letters
from dossier.usecases.publish import write
from dossier.usecases.restore import restore
from dossier.usecases.review import Review
from dossier.usecases.scan import scan
from dossier.web.storage import Storage

TODAY = kills.TODAY
LATER = date(2026, 5, 1)
D0, D1, D2 = (f"mo-hinh/Hồ sơ {n}" for n in range(3))
P0, P1, P2 = f"{D0}/0.txt", f"{D1}/1.txt", f"{D2}/2.txt"
LOOSE, LOOSE_TOO = "khac/Thư mục lạ", "khac/Thư mục khác"
NEW = "Hộp thư đến/scan0007.txt"
_PEOPLE = (decisions, corrections, waivers, told, adoptions, unsealed, baseline)
_DOUBTFUL = (
    kills.text(42)
    .replace("/BC-", "/PT-")
    .replace("BÁO CÁO", "PHIẾU TRÌNH")
    .replace("Khảo sát xây dựng mô hình camera tu42", "Sổ vàng chuyện hay")
)
_PASSING = re.compile(r"lock|\.json$|-(?:wal|shm|journal)$|\.probe-")
_NOT_COMPARED = re.compile(r"(?:^id|_at|^made|^begun|^seen|^hash|^password|^key|^at|^used|^until)$")


@dataclass(frozen=True)
class Single:
    """``do``, after ``before`` it. ``logged``: what the log then tells more. ``asked``: the log tells that it
    was asked for, done or not. ``leaves``: a copy that is not finished stays until the next one, and reports
    may count it among the files that are passed over. ``page``: carried out by the page: once it is accepted
    it is carried out, by this process or the next."""

    do: Callable[[Archive], object]
    logged: tuple[str, ...]
    before: Callable[[Archive], object] = lambda _archive: None
    page: bool = False
    asked: bool = False
    leaves: bool = False


def begun(work: Path) -> Archive:
    """An archive that was scanned, with a word of every kind."""
    root = work / "kho"
    for number in range(6):
        kills.put(root, number, kills.text(number))
    kills.write(root / D2 / "nghi.txt", _DOUBTFUL)
    (root / "dossier.toml").write_text("[nightly]\nverify_days = 2\n", "utf-8")
    acts.begun(root)
    kills.write(root / LOOSE_TOO / "b.txt", kills.text(31))
    kills.write(root / NEW, kills.text(40))
    archive = open_archive(root)
    scan(archive, workers=1)
    decide.assign(archive, P0, ["14"])
    correct.correct(archive, P0, {"signer": "Người Ký Cũ"})
    decide.waive(archive, D0, "MH-04", reason="lý do cũ")
    fact_entries.record_and_report(archive, D0, ["tạm-giữ=lý do cũ", "đơn-vị=Xã Cũ"])
    fact_entries.done(archive, "TH-22", 2025, "01/11/2025", today=LATER)
    adopt.adopt(archive, [str(root / LOOSE_TOO)], kind="mo-hinh", name="Tên cũ")
    scan(archive, workers=1)
    Storage(archive.state).close()
    return archive


def _reviewed(archive: Archive, *, back: bool = False, fixed: bool = False) -> None:
    review = Review(archive, TODAY)
    assert review.current is not None
    review.fix({"signer": "Người Sửa"}) if fixed else review.answer(())
    if back:
        review.back()
    review.finish()


def _account(archive: Archive, name: str, what: str) -> None:
    from click.testing import CliRunner

    from dossier.cli import root

    given = ["account", what, name, "--archive", str(archive.root)]
    if what == "add":
        given += ["--role", "admin", "--password-stdin"]
    done = CliRunner().invoke(root, given, input="bốn con trâu cày ruộng\n", catch_exceptions=False)
    assert done.exit_code == 0, done.output


def _click(act: str, subject: str, /, **payload: Any) -> Callable[[Archive], object]:
    def do(archive: Archive) -> None:
        carried(archive, (act, subject, {"key": "k1", **payload}))

    return do


def carried(archive: Archive, click: tuple[str, str, dict[str, Any]] | None = None) -> None:
    """The page's process: it takes the click, if there is one, and carries out what waits."""

    from dossier.web.background import Rescan
    from dossier.web.cache import Cache
    from dossier.web.intents import Intents

    storage = Storage(archive.state)
    cache = Cache(archive, TODAY)
    intents = Intents(storage, cache, Rescan(cache))
    if click is not None:
        kind, subject, payload = click
        intents.accept("an", "k1", kind, [(subject, payload)])
    intents.start()
    assert intents.settled(30.0)
    intents.stop()
    storage.close()


def _sha(archive: Archive, path: str) -> str:
    return sha256((archive.root / path).read_bytes()).hexdigest()


def _out(archive: Archive, name: str) -> Path:
    return archive.root.parent / "ra" / name


def _file(archive: Archive) -> object:
    return filing.file(archive, filing.Filing(NEW, _sha(archive, NEW), D1, {1: ("14",)}), key="k")


def _imported(archive: Archive) -> object:
    return import_(archive, (archive.root.parent / "bảng.csv").read_bytes())


def _table(archive: Archive) -> None:
    decide.assign(archive, P1, ["14"])
    correct.correct(archive, P1, {"signer": "Người Trong Bảng"})
    (archive.root.parent / "bảng.csv").write_bytes(export(archive))
    decide.reset(archive, P1)
    correct.reset(archive, P1)


def _said(archive: Archive) -> object:
    return fact_entries.record(archive, D0, ["tạm-giữ=lý do mới", "đơn-vị=", "quỹ=có"])


def _known_of(archive: Archive, path: str) -> dict[str, Any]:
    return {"path": path, "ordinal": 1, "sha256": _sha(archive, path)}


def _clicked_document(kind: str, **more: Any) -> Callable[[Archive], object]:
    return lambda a: _click(kind, P2, **_known_of(a, P2), **more)(a)


_WAIVE = {"dossier": D0, "rule": "MH-04", "part": "", "reason": "lý do mới", "until": ""}

SINGLE: dict[str, Single] = {
    "assign": Single(lambda a: decide.assign(a, P0, ["12"]), ("assign",)),
    "assign --reset": Single(lambda a: decide.reset(a, P0), ("unassign",)),
    "correct": Single(lambda a: correct.correct(a, P0, {"signer": "Người Ký Mới"}), ("correct",)),
    "correct --reset": Single(lambda a: correct.reset(a, P0), ("uncorrect",)),
    "waive": Single(lambda a: decide.waive(a, D0, "MH-04", reason="lý do mới"), ("waive",)),
    "waive --undo": Single(lambda a: decide.unwaive(a, D0, "MH-04"), ("unwaive",)),
    "set": Single(_said, ("set",)),
    "done": Single(lambda a: fact_entries.done(a, "TH-22", 2025, "02/11/2025", today=LATER), ("done",)),
    "done --undo": Single(lambda a: fact_entries.done(a, "TH-22", 2025, undo=True), ("undone",)),
    "adopt": Single(
        lambda a: adopt.adopt(a, [LOOSE, LOOSE_TOO], kind="mo-hinh"), ("adopt", "adopt")
    ),
    "adopt --none": Single(lambda a: adopt.adopt(a, [LOOSE_TOO], none=True), ("adopt-none",)),
    "adopt --undo": Single(lambda a: adopt.undo(a, [LOOSE_TOO]), ("adopt-undo",)),
    "adopt FILE": Single(
        lambda a: choosing.choose(a, [f"{LOOSE}/a.txt", P2], into=D0), ("adopt",),
        lambda a: choosing.choose(a, [P2], into=D1),
    ),
    "adopt FILE --undo": Single(
        lambda a: choosing.unchoose(a, [P2, f"{LOOSE}/a.txt"]), ("adopt-undo", "adopt-undo"),
        lambda a: (choosing.choose(a, [P2], into=D1), choosing.choose(a, [f"{LOOSE}/a.txt"], into=D0)),
    ),
    "unseal": Single(lambda a: correct.unseal(a, acts.SEALED, "đã xem"), ("unseal",)),
    "unseal --reset": Single(
        lambda a: correct.seal_again(a, acts.SEALED), ("seal",),
        lambda a: correct.unseal(a, acts.SEALED, "đã xem"),
    ),
    "baseline": Single(lambda a: baselines.create(a, TODAY), ("baseline",)),
    "baseline --remove": Single(
        baselines.remove, ("baseline-remove",), lambda a: baselines.create(a, TODAY)
    ),
    "review": Single(_reviewed, ("assign",)),
    "review, corrected": Single(lambda a: _reviewed(a, fixed=True), ("correct",)),
    "decisions import": Single(_imported, ("decisions-import",), _table),
    "decisions undo": Single(lambda a: undo_decisions(a, P0), ("undo",)),
    "undo of assign": Single(undo.undo, ("undo",), lambda a: decide.assign(a, P0, ["12"])),
    "undo of correct": Single(
        undo.undo, ("undo",), lambda a: correct.correct(a, P0, {"signer": "Người Ký Mới"})
    ),
    "undo of waive": Single(undo.undo, ("undo",), lambda a: decide.waive(a, D0, "MH-04", reason="lý do mới")),
    "undo of set": Single(undo.undo, ("undo",), _said),
    "undo of done": Single(
        undo.undo, ("undo",), lambda a: fact_entries.done(a, "TH-22", 2025, "02/11/2025", today=LATER)
    ),
    "undo of adopt": Single(
        undo.undo, ("undo",), lambda a: adopt.adopt(a, [LOOSE_TOO], kind="mo-hinh", name="Tên mới")
    ),
    "undo of unseal": Single(undo.undo, ("seal",), lambda a: correct.unseal(a, acts.SEALED, "đã xem")),
    "undo of baseline": Single(undo.undo, ("undo",), lambda a: baselines.create(a, TODAY)),
    "undo of filing": Single(undo.undo, ("inbox-undo",), _file),
    "inbox file": Single(_file, ("inbox-file",)),
    "inbox add": Single(
        lambda a: receiving.add(a, a.root.parent / "mới.txt"), ("inbox-receive",), leaves=True
    ),
    "config": Single(
        lambda a: configuring.change(
            a, [(configuring.setting_named(f"unit.{key}"), "Mới") for key in ("place", "symbol", "code")]
        ),
        ("config",),
    ),
    "retention confirm": Single(
        lambda a: retention.confirm(a, "tt-08-2020", "founding", "Điều 9", years=70, today=TODAY),
        ("retention-confirm",),
    ),
    "close": Single(lambda a: write_set(a, assess(a, TODAY, D0), _out(a, "bộ")), ("close",)),
    "letters": Single(
        lambda a: write_letters(a, about_lacking(assess(a, TODAY)), _out(a, "thư")), ("letters",)
    ),
    "report": Single(
        lambda a: write(assess(a, TODAY), "json", str(_out(a, "b.json")), a), ("report",), asked=True
    ),
    "new": Single(lambda a: create.new(a, "mo-hinh", "Mới lập"), ("new",), leaves=True),
    "init": Single(lambda a: create.init(_out(a, "kho mới")), ()),
    "backup": Single(lambda a: backup(a, _out(a, "s.zip")), ("backup",), asked=True),
    "restore": Single(
        lambda a: restore(a, _out(a, "s.zip"), force=True), ("restore",), lambda a: _changed_since(a),
    ),
    "bundle key": Single(bundles.public_key, ("signing-key",)),
    "account add": Single(lambda a: _account(a, "người mới", "add"), ("account",), asked=True),
    "account remove": Single(
        lambda a: _account(a, "người cũ", "remove"), ("account-remove",),
        lambda a: _account(a, "người cũ", "add"), asked=True,
    ),
    "page: place": Single(_clicked_document("place", places=["14"]), ("assign",), page=True),
    "page: fields": Single(
        _clicked_document("fields", fields={"signer": "Người Ký Mới"}), ("correct",), page=True
    ),
    "page: waive": Single(_click("waive", D0, **_WAIVE), ("waive",), page=True),
    "page: unwaive": Single(
        _click("unwaive", D0, dossier=D0, rule="MH-04", part=""), ("unwaive",), page=True
    ),
    "page: tell": Single(
        _click("tell", D0, dossier=D0, said=["hold=lý do mới"]), ("set",), page=True
    ),
    "page: done": Single(
        _click("done", ".", rule="TH-22", year=2025, on="2025-11-02", undo=False, today="2026-05-01"),
        ("done",), page=True,
    ),
    "page: undone": Single(
        _click("done", ".", rule="TH-22", year=2025, on="", undo=True, today="2026-05-01"),
        ("undone",), page=True,
    ),
    "page: unseal": Single(
        lambda a: _click(
            "unseal", D0, dossier=D0, path=acts.SEALED, reason="đã xem", sha256=_sha(a, acts.SEALED)
        )(a),
        ("unseal",), page=True,
    ),
    "page: seal": Single(
        lambda a: _click("seal", D0, dossier=D0, path=acts.SEALED, sha256=_sha(a, acts.SEALED))(a),
        ("seal",), lambda a: correct.unseal(a, acts.SEALED, "đã xem"), page=True,
    ),
    "page: new": Single(
        _click("new", "mới", kind="mo-hinh", name="Mới lập", unit="Xã Mới"), ("new", "set"), page=True
    ),
    "page: adopt": Single(
        _click("adopt", LOOSE, path=LOOSE, kind="mo-hinh", name="Tên mới", none=False), ("adopt",), page=True
    ),
    "page: unadopt": Single(_click("unadopt", LOOSE_TOO, path=LOOSE_TOO), ("adopt-undo",), page=True),
    "page: file": Single(
        lambda a: _click(
            "file", NEW, path=NEW, sha256=_sha(a, NEW), dossier=D1, places={"1": ["14"]}
        )(a),
        ("inbox-file",), page=True,
    ),
}  # fmt: skip


def _changed_since(archive: Archive) -> None:
    """A backup, and other words, settings and accounts after it."""
    _account(archive, "người cũ", "add")
    backup(archive, _out(archive, "s.zip"))
    decide.assign(archive, P0, ["12"])
    configuring.change(archive, [(configuring.setting_named("unit.place"), "Xã Sau")])
    _account(archive, "người sau", "add")


@dataclass(frozen=True)
class Seen:
    """What is there: words of people as plain rows, files outside the state, requests on the page."""

    words: dict[str, list[str]]
    files: dict[str, str]
    verdicts: str = ""
    rest: str = field(default="", compare=False)


def seen(archive: Archive, *, judged: bool = False) -> Seen:
    """What is there now; ``judged``: with the digest of all verdicts. ``rest``: a digest of all that a next
    command may find otherwise."""
    archive = open_archive(archive.root)
    words: dict[str, list[str]] = {}
    with open_catalogue(archive, VERSION) as catalogue, catalogue._session.reading() as connection:
        for table in _PEOPLE:
            words[table.name] = sorted(
                repr(
                    {k: v for k, v in row.items() if not _NOT_COMPARED.search(k)}
                    | {"ended": row.get("ended_at") is not None}
                )
                for row in connection.execute(select(table)).mappings()
            )
        rest = [
            sorted(repr({k: v for k, v in row.items() if not _NOT_COMPARED.search(k)}) for row in rows)
            for table in metadata.sorted_tables
            if table.name not in ("meta", "revisions", "briefs")
            for rows in [connection.execute(select(table)).mappings()]
        ]
    there = [str(path) for path in archive.state.rglob("*") if not _PASSING.search(path.name)]
    rest.append(sorted(re.sub(r"[0-9a-f]{6,}|[0-9-]{10,}|\d+", "", path) for path in there))
    words["moves"] = []  # until the first file is moved
    for name, tables in (("web.sqlite", ("accounts", "tokens", "intents")), ("inbox.sqlite", ("moves",))):
        if (archive.state / name).exists():
            words |= _rows(archive.state / name, tables)
    verdicts = digest(archive, TODAY) if judged else ""
    return Seen(words, dict(_files(archive)), verdicts, sha256(repr(rest).encode()).hexdigest())


def _rows(file: Path, tables: tuple[str, ...]) -> dict[str, list[str]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            table: [
                repr({k: row[k] for k in row.keys() if not _NOT_COMPARED.search(k)})  # noqa: SIM118
                for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")
            ]
            for table in tables
        }


def _files(archive: Archive) -> Iterator[tuple[str, str]]:
    """Files of the archive and of the folder for output; of what is never twice the same, that it is whole.
    What was not finished goes when the next is made."""
    for path in sorted(archive.root.parent.rglob("*")):
        name = str(path.relative_to(archive.root.parent))
        if ".dossier-building-" in name or ".dossier-new-" in name or maker_of(path.name) is not None:
            continue
        if ".dossier" in path.parts and path.name != "signing-key.pem":
            continue
        if path.is_dir():
            yield name, "folder"
        elif path.suffix in (".zip", ".docx", ".pem", ".json"):
            yield name, "whole" if path.stat().st_size > 60 else "torn"
        else:
            yield name, path.read_text("utf-8")


def acts_logged(archive: Archive) -> Counter[str]:
    """Acts that the log tells of, without those of which it says that they were not done."""
    entries = audit.entries(archive, 10_000)
    assert audit.verify(archive).broken == ""
    undone = {entry.details["line"] for entry in entries if entry.act == "not-done"}
    return Counter(entry.act for entry in entries if entry.number not in undone and entry.act != "not-done")
