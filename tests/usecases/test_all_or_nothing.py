"""One act of a person is kept as a whole or not at all: whoever looks in between, as after a power cut, sees
the state before it or the state after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archives import FOUNDING, SURVEY, put
from sqlalchemy import Engine, event

from dossier.archive import Archive, open_archive
from dossier.usecases import adopt, choosing, correct, decide, fact_entries
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.usecases.undo import undo

DOSSIER = "mo-hinh/A"
BOTH = FOUNDING + "\f" + SURVEY


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    put(folder, a_txt=BOTH, b_txt=SURVEY)
    for name in ("c", "d"):
        (folder / f"{name}.txt").write_text(FOUNDING.replace("01", name), "utf-8")
    scan(open_archive(folder), workers=1)
    return folder


@pytest.fixture
def archive(scanned_once: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True))


def said(archive: Archive) -> tuple[Any, ...]:
    """What holds of all that people said."""
    with open_known(archive) as catalogue:
        return (
            [(each.dossier, each.key, each.value) for each in catalogue.facts.all()],
            [(each.path, each.ordinal, each.placements) for each in catalogue.decisions.all()],
            [(each.path, each.ordinal, each.values) for each in catalogue.corrections.all()],
            [(each.path, each.kind, each.chosen) for each in catalogue.adoptions.all()],
        )


def seen_during(archive: Archive, act: Callable[[], object]) -> list[tuple[Any, ...]]:
    """The states that can be seen from before the act until after it, each once."""
    seen = [said(archive)]

    def look(_connection: object) -> None:
        seen.append(said(archive))

    event.listen(Engine, "commit", look)
    try:
        act()
    finally:
        event.remove(Engine, "commit", look)
    seen.append(said(archive))
    return [state for number, state in enumerate(seen) if state not in seen[:number]]


def test_value_that_an_undo_brings_back_is_never_missing_in_between(archive: Archive) -> None:
    fact_entries.record_and_report(archive, DOSSIER, ["tạm-giữ=cũ"])
    fact_entries.record_and_report(archive, DOSSIER, ["tạm-giữ=mới"])
    before, after = seen_during(archive, lambda: undo(archive))
    assert [fact for fact, *_rest in ((state[0]) for state in (before, after))] == [
        (DOSSIER, "hold", "mới"), (DOSSIER, "hold", "cũ"),
    ]  # fmt: skip


def test_facts_said_and_revoked_in_one_command_change_together(archive: Archive) -> None:
    fact_entries.record_and_report(archive, DOSSIER, ["tạm-giữ=cũ", "đơn-vị=Xã A"])
    seen = seen_during(
        archive, lambda: fact_entries.record_and_report(archive, DOSSIER, ["tạm-giữ=", "đơn-vị=Xã B"])
    )
    assert [state[0] for state in seen] == [
        [(DOSSIER, "hold", "cũ"), (DOSSIER, "unit", "Xã A")], [(DOSSIER, "unit", "Xã B")],
    ]  # fmt: skip


def test_decisions_on_the_documents_of_a_file_are_revoked_together(archive: Archive) -> None:
    decide.assign(archive, "a.txt#1", ["5"])
    decide.assign(archive, "a.txt#2", ["2"])
    assert [len(state[1]) for state in seen_during(archive, lambda: decide.reset(archive, "a.txt"))] == [2, 0]


def test_corrections_of_the_documents_of_a_file_are_revoked_together(archive: Archive) -> None:
    correct.correct(archive, "a.txt#1", {"number": "7/QĐ-UBND"})
    correct.correct(archive, "a.txt#2", {"number": "8/BC-UBND"})
    seen = seen_during(archive, lambda: correct.reset(archive, "a.txt"))
    assert [len(state[2]) for state in seen] == [2, 0]


def test_earlier_correction_is_never_missing_when_a_later_one_is_taken_back(archive: Archive) -> None:
    correct.correct(archive, "b.txt", {"number": "7/BC-UBND"})
    correct.correct(archive, "b.txt", {"type": "báo cáo"})
    with open_known(archive) as catalogue:
        document = next(d for s in catalogue.states() for d in s.documents if d.path.endswith("b.txt"))

        def act() -> None:
            correct.restore(catalogue, document, {"number_symbol": "7/BC-UBND"})

        seen = seen_during(archive, act)
    assert [[sorted(values) for *_document, values in state[2]] for state in seen] == [
        [["number_symbol", "type"]], [["number_symbol"]],
    ]  # fmt: skip


def test_chosen_files_leave_their_dossier_together(archive: Archive) -> None:
    choosing.choose(archive, ["c.txt", "d.txt"], name="Mô hình C")
    seen = seen_during(archive, lambda: choosing.unchoose(archive, ["c.txt", "d.txt"]))
    assert len(seen) == 2
    assert [path for path, *_rest in adopt.adoptions(archive)] == []


def test_failure_amid_a_change_leaves_nothing_of_it(archive: Archive) -> None:
    fact_entries.record_and_report(archive, DOSSIER, ["tạm-giữ=cũ"])
    before = said(archive)

    def cut_short() -> None:
        with open_known(archive) as catalogue, catalogue.together():
            catalogue.facts.end(DOSSIER, "hold", author="")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        cut_short()
    assert said(archive) == before
