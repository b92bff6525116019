"""What was decided last is taken back, whatever it was; what it had replaced holds again."""

from __future__ import annotations

import itertools
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, TODAY, put

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.model import ToldFact
from dossier.usecases import adopt, baseline, correct, decide, fact_entries
from dossier.usecases.known import open_known
from dossier.usecases.overview import glance
from dossier.usecases.scan import scan
from dossier.usecases.undo import ActKind, acts, undo
from dossier.workspace import person

DOSSIER = "mo-hinh/A"


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    put(folder, a_txt=FOUNDING, b_txt=SURVEY)
    opened = open_archive(folder)
    scan(opened, workers=1)
    return folder


@pytest.fixture
def archive(scanned_once: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True))


def test_nothing_decided_leaves_nothing_to_undo(archive: Archive) -> None:
    assert (acts(archive), undo(archive)) == ([], None)


def test_assignment_is_taken_back(archive: Archive) -> None:
    decide.assign(archive, "a.txt", ["mục 5"])
    taken = undo(archive)
    assert taken is not None
    assert (taken.kind, taken.subjects, taken.details) == (ActKind.ASSIGN, (f"{DOSSIER}/a.txt",), ("5",))
    with open_known(archive) as catalogue:
        assert catalogue.decisions.all() == ()


def test_correction_is_taken_back(archive: Archive) -> None:
    correct.correct(archive, "a.txt", {"number": "77/QĐ-UBND"})
    taken = undo(archive)
    assert taken is not None
    assert (taken.kind, taken.details) == (ActKind.CORRECT, ("number_symbol",))
    with open_known(archive) as catalogue:
        assert catalogue.corrections.all() == ()


def test_waiver_duty_and_baseline_are_taken_back_from_the_latest_on(archive: Archive) -> None:
    decide.waive(archive, DOSSIER, "MH-2", reason="thử")
    later = datetime.now(UTC) + timedelta(minutes=1)
    with open_known(archive) as catalogue:
        catalogue.facts.record([ToldFact(".", "TH-22/2024", True, "x", later)])
    kinds = [undo(archive), undo(archive), undo(archive)]
    assert [taken and taken.kind for taken in kinds] == [ActKind.DONE, ActKind.WAIVE, None]
    baseline.create(archive, TODAY)
    taken = undo(archive)
    assert taken is not None
    assert (taken.kind, baseline.show(archive, TODAY)[0].drawn) == (ActKind.BASELINE, None)


def test_fact_that_was_replaced_holds_again(archive: Archive) -> None:
    before = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    with open_known(archive) as catalogue:
        catalogue.facts.record([ToldFact(DOSSIER, "fund", True, "An", before)])
    fact_entries.record_and_report(archive, DOSSIER, ["quỹ=không"])
    undo(archive)
    with open_known(archive) as catalogue:
        (fact,) = catalogue.facts.all(dossier=DOSSIER)
    assert (fact.author, fact.value, fact.made_at) == ("An", True, before)


def test_facts_of_one_command_are_taken_back_together(archive: Archive) -> None:
    fact_entries.record_and_report(archive, DOSSIER, ["quỹ=không", "chủ-trì=công an"])
    taken = undo(archive)
    assert taken is not None
    assert set(taken.details) == {"fund", "led_by"}
    assert undo(archive) is None


def test_adoption_is_taken_back(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "Tổ an ninh").mkdir()
    (tmp_path / "Tổ an ninh/a.txt").write_text(FOUNDING, "utf-8")
    scan(archive, workers=1)
    adopt.adopt(archive, ["Tổ an ninh"], kind="MH")
    scan(archive, workers=1)
    taken = undo(archive)
    assert taken is not None
    assert (taken.kind, adopt.adoptions(archive)) == (ActKind.ADOPT, ())


def test_standing_is_told_in_numbers(archive: Archive) -> None:
    found = glance(archive, TODAY)
    assert (found.dossiers, found.complete, found.night, found.secrets) == (1, 0, None, 0)
    assert found.code == 1


def test_waiver_that_took_the_place_of_another_gives_it_back(archive: Archive) -> None:
    decide.waive(archive, DOSSIER, "MH-2", reason="trước", until=TODAY + timedelta(days=9000))
    decide.waive(archive, DOSSIER, "MH-2", reason="sau")
    taken = undo(archive)
    assert taken is not None and taken.kind is ActKind.WAIVE and len(taken.former) == 1
    with open_known(archive) as catalogue:
        (held,) = catalogue.waivers.all()
    assert (held.reason, held.until) == ("trước", TODAY + timedelta(days=9000))
    undo(archive)
    with open_known(archive) as catalogue:
        assert catalogue.waivers.all() == ()
        assert {each.reason for each in catalogue.waivers.all(history=True)} == {"trước", "sau"}


def test_words_of_one_second_are_taken_back_one_after_the_other(archive: Archive) -> None:
    at = datetime.now(UTC).replace(microsecond=0)
    with open_known(archive) as catalogue:
        for reason in ("một", "hai", "ba"):
            catalogue.facts.record([ToldFact(DOSSIER, "hold", reason, person(), at)])
    held = []
    for _time in range(3):
        undo(archive)
        with open_known(archive) as catalogue:
            held.append([fact.value for fact in catalogue.facts.all(dossier=DOSSIER)])
    assert held == [["hai"], ["một"], []]


def test_what_is_said_again_at_once_after_an_undo_still_gives_way_to_the_word_before(
    archive: Archive,
) -> None:
    decide.assign(archive, "a.txt", ["mục 5"])
    for _time in range(3):
        decide.assign(archive, "a.txt", ["6a"])
        undo(archive)
    with open_known(archive) as catalogue:
        (held,) = catalogue.decisions.all()
    assert [place.item for place in held.placements] == [5]


def test_several_papers_that_were_placed_together_are_taken_back_together(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    monkeypatch.setattr(decide, "moment", lambda: start + timedelta(seconds=next(ticks)))
    decide.assign_all(archive, ["a.txt", "b.txt"], ["6a"])
    taken = undo(archive)
    assert taken is not None and set(taken.subjects) == {f"{DOSSIER}/a.txt", f"{DOSSIER}/b.txt"}
    assert undo(archive) is None


def test_of_several_papers_of_which_one_may_not_be_placed_none_is(archive: Archive) -> None:
    with pytest.raises(UsageError):
        decide.assign_all(archive, ["a.txt", "gone.txt"], ["6a"])
    assert undo(archive) is None
