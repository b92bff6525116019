"""What people do with an archive and may be killed at: each with how one sees that it was done.

A value is either as it was before or as it was to be, and as it was to be once the command has ended; a
folder or a file is there whole or not at all.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossier.archive import Archive, open_archive
from dossier.errors import DossierError
from dossier.usecases import adopt, baseline, configuring, fact_entries, undo
from dossier.usecases.assess import assess
from dossier.usecases.closing import write_set
from dossier.usecases.correct import correct, seal_again, unseal, unsealed
from dossier.usecases.create import init, new
from dossier.usecases.decide import waive, waivers
from dossier.usecases.decisions import export, import_
from dossier.usecases.known import open_known
from dossier.usecases.letters import about_lacking, write_letters
from dossier.usecases.publish import write
from dossier.usecases.review import Review

TODAY = date(2023, 5, 1)
SEALED = "mo-hinh/Hồ sơ 0/mat.txt"
DOSSIER, PAPER = "mo-hinh/Hồ sơ 2", "mo-hinh/Hồ sơ 2/2.txt"
LOOSE = "khac/Thư mục lạ"


@dataclass(frozen=True)
class Act:
    """``do`` with a number that was never used before; ``seen`` is what is there of it, as plain values.

    ``whole``: ``seen`` is then one of two: nothing, or always the same. Else it tells the number.
    """

    do: Callable[[Archive, int], object]
    seen: Callable[[Archive], object]
    wanted: Callable[[int], object] = lambda number: number
    whole: bool = False


def _corrected(archive: Archive) -> object:
    with open_known(archive) as catalogue:
        known = catalogue.corrections.all()
    return next((c.values.get("signer") for c in known if c.path == PAPER), None)


def _held(archive: Archive) -> object:
    said = fact_entries.entries_of(archive, DOSSIER)
    return next((f.value for f in reversed(said) if f.key == "hold" and f.ended_at is None), None)


def _place(archive: Archive) -> object:
    text = (archive.root / "dossier.toml").read_text("utf-8")
    assert "verify_days = 2" in text
    return tomllib.loads(text).get("unit", {}).get("place")


def _waived(archive: Archive) -> object:
    reasons = {waiver.reason for waiver, *_rest in waivers(archive) if waiver.rule == "MH-05"}
    return next(iter(reasons), None)


def _adopted(archive: Archive) -> object:
    return next((a.name for a in adopt.adoptions(archive) if a.path == LOOSE), None)


def _baseline(archive: Archive) -> object:
    with open_known(archive) as catalogue:
        return catalogue.baseline.drawn() is not None


def _is_unsealed(archive: Archive) -> bool:
    return any(word.path == SEALED for word in unsealed(archive))


def _toggle_seal(archive: Archive, number: int) -> None:
    if number % 2:
        unseal(archive, SEALED, f"lý do số {number}") if not _is_unsealed(archive) else None
    else:
        seal_again(archive, SEALED)


def _toggle_baseline(archive: Archive, number: int) -> None:
    (baseline.create if number % 2 else baseline.remove)(archive)


def _import(archive: Archive, number: int) -> None:
    correct(archive, PAPER, {"signer": f"Người Ký {number}"})
    import_(archive, export(archive))


def _undo(archive: Archive, number: int) -> None:
    """Says something and takes it back: what was said before holds again."""
    fact_entries.record_and_report(archive, DOSSIER, [f"tạm-giữ=lý do {number}"])
    undo.undo(archive)
    fact_entries.record_and_report(archive, DOSSIER, [f"tạm-giữ=lý do {number}"])


def _review(archive: Archive, _number: int) -> None:
    review = Review(archive, TODAY)
    if review.current:
        review.answer(())
        review.finish()


def _account(archive: Archive, number: int) -> None:
    from dossier.web.accounts import Accounts
    from dossier.web.roles import Role
    from dossier.web.storage import Storage

    storage = Storage(archive.state)
    Accounts(storage).put(f"người {number}", Role.ADMIN, None, "bốn con trâu cày ruộng")
    storage.close()


def _accounts(archive: Archive) -> object:
    from dossier.web.storage import Storage

    storage = Storage(archive.state)
    rows = storage.all("SELECT name, password FROM accounts ORDER BY made DESC, name")
    storage.close()
    assert all(row["password"].startswith("$argon2") for row in rows)
    return max((int(row["name"].split()[1]) for row in rows), default=None)


def _click(archive: Archive, number: int) -> None:
    """A click on the page: once it is confirmed it is carried out, by this process or the next."""
    _carrying(archive, number, 20.0)


def _carrying(archive: Archive, number: int | None, seconds: float) -> None:
    from dossier.web.background import Rescan
    from dossier.web.cache import Cache
    from dossier.web.intents import Intents
    from dossier.web.storage import Storage

    storage = Storage(archive.state)
    cache = Cache(archive, TODAY)
    intents = Intents(storage, cache, Rescan(cache))
    if number is not None:
        told = {"dossier": DOSSIER, "rule": "MH-06", "part": "", "reason": f"lý do {number}", "until": ""}
        intents.accept("an", f"k{number}", "waive", [(f"{DOSSIER}|{number}", told)])
        _accepted(archive).write_text(str(number))
    intents.start()
    intents.settled(seconds)
    intents.stop()
    storage.close()


def _accepted(archive: Archive) -> Path:
    return archive.state.parent / "accepted"


def forget_click(archive: Archive) -> None:
    """What was clicked last need not hold any more."""
    _accepted(archive).unlink(missing_ok=True)


def _clicked(archive: Archive) -> object:
    _carrying(archive, None, 30.0)
    reasons = [waiver.reason for waiver, *_rest in waivers(archive) if waiver.rule == "MH-06"]
    with suppress(OSError):
        wanted = f"lý do {_accepted(archive).read_text()}"
        assert reasons == [wanted], (reasons, wanted)
    return reasons[0] if reasons else None


def _out(archive: Archive, name: str) -> Path:
    return archive.root.parent / "ra" / name


def _folder(archive: Archive, name: str) -> object:
    """Every file below, or nothing; taken away again."""
    folder = _out(archive, name)
    found = sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else None
    if found is not None and any(path.is_file() and not path.stat().st_size for path in folder.rglob("*")):
        found = ["empty files", *found]
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _letters(archive: Archive) -> object:
    """Whether every letter is whole, or nothing; which units get one changes with what people decide."""
    found = _folder(archive, "thư")
    return found and "empty files" not in found  # type: ignore[operator]


def _begun_archive(archive: Archive, name: str) -> None:
    """What is there of it is whole, and asked for again it is complete; taken away again."""
    folder = _out(archive, name)
    if (folder / "dossier.toml").exists():
        assert (folder / "dossier.toml").stat().st_size > 1000
    made = {path.name for path in init(folder).iterdir()} - {".dossier"}  # its log of acts
    assert len(made) == 3 and "dossier.toml" in made, made
    shutil.rmtree(folder)


def _new_dossier(archive: Archive) -> object:
    folder = archive.root / "mo-hinh/Mới lập"
    if not folder.exists():
        return None
    found = sorted(path.name for path in folder.iterdir())
    tomllib.loads((folder / "hoso.toml").read_text("utf-8"))
    shutil.rmtree(folder)
    return found


def _report(archive: Archive) -> object:
    file = _out(archive, "bao-cao.json")
    return bool(json.loads(file.read_text("utf-8"))["dossiers"]) if file.exists() else None


ACTS: dict[str, Act] = {
    "unseal": Act(_toggle_seal, _is_unsealed, lambda number: bool(number % 2)),
    "correct": Act(
        lambda a, n: correct(a, PAPER, {"signer": f"Người Ký {n}"}), _corrected, lambda n: f"Người Ký {n}"
    ),
    "set": Act(
        lambda a, n: fact_entries.record(a, DOSSIER, [f"tạm-giữ=lý do {n}"]), _held, lambda n: f"lý do {n}"
    ),
    "undo": Act(_undo, _held, lambda n: f"lý do {n}"),
    "decisions import": Act(_import, _corrected, lambda n: f"Người Ký {n}"),
    "config": Act(
        lambda a, n: configuring.change(a, [(configuring.setting_named("unit.place"), f"Xã {n}")]),
        _place, lambda n: f"Xã {n}",
    ),
    "waive": Act(
        lambda a, n: waive(a, DOSSIER, "MH-05", reason=f"lý do {n}"), _waived, lambda n: f"lý do {n}"
    ),
    "adopt": Act(
        lambda a, n: adopt.adopt(a, [str(a.root / LOOSE)], kind="mo-hinh", name=f"Tên {n}"),
        _adopted, lambda n: f"Tên {n}",
    ),
    "baseline": Act(_toggle_baseline, _baseline, lambda number: bool(number % 2)),
    "account": Act(_account, _accounts),
    "serve": Act(_click, _clicked, lambda n: f"lý do {n}"),
    "review": Act(_review, lambda _archive: None, lambda _number: None),
    "close": Act(
        lambda a, _n: write_set(a, assess(a, TODAY, DOSSIER), _out(a, "bộ")), lambda a: _folder(a, "bộ"),
        whole=True,
    ),
    "letter": Act(
        lambda a, _n: write_letters(a, about_lacking(assess(a, TODAY)), _out(a, "thư")), _letters, whole=True
    ),
    "init": Act(
        lambda a, _n: init(_out(a, "kho mới")), lambda a: _begun_archive(a, "kho mới"), lambda _n: None
    ),
    "new": Act(lambda a, _n: new(a, "mo-hinh", "Mới lập"), _new_dossier, whole=True),
    "report": Act(
        lambda a, _n: write(assess(a, TODAY), "json", str(_out(a, "bao-cao.json")), a, force=True),
        _report, whole=True,
    ),
}  # fmt: skip


def begun(root: Path) -> None:
    """What the acts are about, before the first scan."""
    head = "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: 90/QĐ-UBND\nTUYỆT MẬT\nQUYẾT ĐỊNH\n"
    for path, text in ((SEALED, f"{head}Chuyên án Kim Cương 77.\n"), (f"{LOOSE}/a.txt", "Giấy tờ khác.\n")):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root.parent / "ra").mkdir(exist_ok=True)


def same_seal(archive: Archive, other: Archive) -> None:
    """Let ``other`` know what people said of the sealed paper."""
    if _is_unsealed(archive):
        unseal(other, SEALED, "như bên kia")


def left_of_secrets(archive: Archive) -> list[str]:
    """Where words of a paper stand in the state folder that is sealed now."""
    if _is_unsealed(archive):
        return []
    mark = "Kim Cương 77".encode()
    return [str(file) for file in archive.state.rglob("*") if file.is_file() and mark in file.read_bytes()]


def opened(root: Path, state: Path) -> Archive:
    """The archive with the configuration as it is now. Raises :class:`DossierError`."""
    try:
        return open_archive(root, state)
    except DossierError as error:
        raise AssertionError(error.message) from error
