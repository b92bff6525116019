"""Twenty commands at once, and output that finds no room."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import acts
import kills
import pytest

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.errors import DossierError, LockedError
from dossier.usecases import audit, configuring
from dossier.usecases.assess import assess
from dossier.usecases.backup import backup
from dossier.usecases.closing import write_set
from dossier.usecases.correct import correct, unseal, unsealed
from dossier.usecases.decide import waive, waivers
from dossier.usecases.decisions import export
from dossier.usecases.letters import about_lacking, write_letters
from dossier.usecases.output import deliver
from dossier.usecases.packed import read_packing_list, verify_backup
from dossier.usecases.publish import write
from dossier.usecases.scan import scan

_RULES = tuple(f"MH-{number:02d}" for number in range(1, 11))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    kills.make(tmp_path / "kho")
    (tmp_path / "ra").mkdir()
    archive = open_archive(tmp_path / "kho")
    scan(archive, workers=1)
    return archive


def test_twenty_commands_at_once_lose_nothing_that_was_confirmed(archive: Archive) -> None:
    pairs = [(f"mo-hinh/Hồ sơ {folder}", rule) for folder in (0, 1) for rule in _RULES]
    children = {_forked(lambda pair=pair: _waived(archive, *pair)): pair for pair in pairs}
    done = {pair for child, pair in children.items() if os.waitpid(child, 0)[1] == 0}
    known = {(waiver.dossier, waiver.rule) for waiver, *_rest in waivers(archive)}
    assert done == known == set(pairs)
    assert audit.verify(archive).broken == ""
    assert len([entry for entry in audit.entries(archive) if entry.act == "waive"]) == 20


def test_twenty_outputs_at_once_are_each_there_whole(archive: Archive) -> None:
    out = archive.root.parent / "ra"
    children = [
        _forked(lambda name=name: _made(archive, out, name)) for name in OUTPUTS for _again in range(4)
    ]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert set(codes) <= {0, 2, 4} and codes.count(0) >= len(
        OUTPUTS
    )  # the others found it made, or being made
    assert {path.name for path in out.iterdir()} == {"b.html", "d.csv", "bộ", "thư", "b.zip"}
    assert (out / "b.html").read_text("utf-8").rstrip().endswith("</html>")
    assert (out / "d.csv").read_bytes() == export(archive) * 999
    verify_backup(out / "b.zip", read_packing_list(out / "b.zip"))
    assert all(path.stat().st_size for path in out.rglob("*") if path.is_file())


def _made(archive: Archive, out: Path, name: str) -> None:
    with workspace.within(patience=120.0):
        OUTPUTS[name](archive, out)


WORDS: dict[str, Callable[[Archive], object]] = {
    "correct": lambda a: correct(a, acts.PAPER, {"signer": "Người Ký " + "dài " * 3000}),
    "unseal": lambda a: unseal(a, acts.SEALED, "lý do " + "dài " * 100),
    "waive": lambda a: waive(a, "mo-hinh/Hồ sơ 0", "MH-04", reason="lý do " + "dài " * 100),
}


@pytest.mark.parametrize("name", WORDS)
def test_word_that_finds_no_room_is_told_and_changes_nothing(archive: Archive, name: str) -> None:
    acts.begun(archive.root)
    scan(archive, workers=1)
    before = export(archive)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        WORDS[name](archive)

    assert os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1]) == 4
    assert export(archive) == before and waivers(archive) == [] and unsealed(archive) == []
    assert audit.verify(archive).broken == ""
    assert assess(archive, kills.TODAY).documents


def _waived(archive: Archive, folder: str, rule: str) -> None:
    with workspace.within(patience=120.0):
        for _again in range(50):
            try:
                waive(archive, folder, rule, reason="đang xin ý kiến")
                return
            except LockedError:
                time.sleep(0.2)
    raise AssertionError(rule)


def _forked(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except DossierError as error:
            os._exit(int(error.exit_code) or 1)
        except BaseException:  # noqa: BLE001  the code tells the parent
            os._exit(99)
    return child


OUTPUTS: dict[str, Callable[[Archive, Path], object]] = {
    "report": lambda a, out: write(assess(a, kills.TODAY), "html", str(out / "b.html"), a),
    "table of decisions": lambda a, out: deliver(export(a) * 999, out / "d.csv", a),
    "closing papers": lambda a, out: write_set(a, assess(a, kills.TODAY, "mo-hinh/Hồ sơ 0"), out / "bộ"),
    "letters": lambda a, out: write_letters(a, about_lacking(assess(a, kills.TODAY)), out / "thư"),
    "backup": lambda a, out: backup(a, out / "b.zip"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_without_room_is_told_and_leaves_nothing(archive: Archive, name: str) -> None:
    out = archive.root.parent / "ra"
    before = (archive.root / "dossier.toml").read_bytes()

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        OUTPUTS[name](archive, out)

    assert os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1]) == 4
    assert list(out.iterdir()) == []
    assert (archive.root / "dossier.toml").read_bytes() == before
    assert not list(archive.state.glob(".backup-*"))
    assert assess(archive, kills.TODAY).documents


def test_settings_without_room_stay_as_they_were(archive: Archive) -> None:
    file = archive.root / "dossier.toml"
    before = file.read_bytes()

    def work() -> None:
        long = "Xã " + "dài " * 200
        setting = configuring.setting_named("unit.place")
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))
        configuring.change(archive, [(setting, long)])

    assert os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1]) == 4
    assert file.read_bytes() == before
    assert [path.name for path in archive.root.iterdir() if path.name.startswith(".dossier.toml")] == []
