"""Learning follows the decisions at the next scan, without opening a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.catalogue import Catalogue
from dossier.model import FileEntry, FileRecord, Source
from dossier.scanner.classify.learned import LEAST_DECISIONS
from dossier.scanner.pipeline import Task
from dossier.usecases.assess import assess
from dossier.usecases.decide import assign, reset
from dossier.usecases.doctor import examine
from dossier.usecases.known import open_known
from dossier.usecases.learning import learning, model_file
from dossier.usecases.reading import processor_for
from tests.usecases.archives import TODAY, paper, put, run

pytest.importorskip("sklearn", reason="scikit-learn is an optional extra")

LAST = f"mo-hinh/A/g{LEAST_DECISIONS - 1:02}.txt"  # the decision that makes them enough

pytestmark = pytest.mark.slow  # learns from many decisions


def odd(number: int, title: str) -> str:
    return paper("PHIẾU TRÌNH", f"{number}/PT-UBND", title, body=f"Anh em bàn việc {number}.")


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """22 documents with names of the house; those with even numbers are of another sort."""
    put(
        tmp_path,
        **{f"g{at:02}_txt": odd(at, ("Sổ vàng chuyện hay", "Ai làm gì")[at % 2]) for at in range(22)},
    )
    run(tmp_path)
    return tmp_path


def decide(kho: Path, count: int) -> None:
    for at in range(count):
        assign(open_archive(kho), f"mo-hinh/A/g{at:02}.txt", [("11", "5")[at % 2]])


def places(kho: Path) -> dict[str, list[Source]]:
    found = assess(open_archive(kho), TODAY).documents
    return {Path(d.path).stem: [p.source for p in d.placements] for d in found}


def reviewed(kho: Path) -> set[str]:
    return {Path(d.path).stem for d in assess(open_archive(kho), TODAY).documents if d.review}


def catalogue_of(kho: Path) -> Catalogue:
    return open_known(open_archive(kho))


def test_catalogued_documents_profit_at_the_next_scan_and_no_file_is_read(kho: Path) -> None:
    decide(kho, 20)
    counts, _report = run(kho)
    assert counts.read == 0 and counts.placed_anew == 22
    assert Source.LEARNED in places(kho)["g20"] and Source.LEARNED in places(kho)["g21"]
    assert places(kho)["g00"] == [Source.PERSON]
    counts, _report = run(kho)
    assert counts.placed_anew == 0


def test_learning_is_off_below_the_number_and_off_again_when_decisions_are_taken_back(kho: Path) -> None:
    decide(kho, LEAST_DECISIONS - 1)
    run(kho)
    assert not model_file(open_archive(kho)).exists()
    assign(open_archive(kho), LAST, ["5"])
    run(kho)
    with catalogue_of(kho) as catalogue:
        assert learning(open_archive(kho), catalogue).on
    reset(open_archive(kho), LAST)
    run(kho)
    assert not model_file(open_archive(kho)).exists()
    assert all(Source.LEARNED not in sources for sources in places(kho).values())


def test_doctor_says_on_or_off_and_from_how_many_decisions(kho: Path) -> None:
    archive = open_archive(kho)
    said = {check.name: check.found for check in examine(archive)}
    assert "0" in said["Học từ quyết định"]
    decide(kho, 20)
    run(kho)
    said = {check.name: check.found for check in examine(archive)}
    assert said["Học từ quyết định"] == "bật, từ 20 quyết định"


def test_catalogued_document_that_decisions_contradict_is_asked_about_and_no_file_is_read(kho: Path) -> None:
    ledger = "Sổ theo dõi thu, chi quỹ mô hình chuyện hay"
    put(kho, **{f"s{at:02}_txt": paper("SỔ THEO DÕI", f"{at}/STD", ledger) for at in range(6)})
    run(kho)
    assert reviewed(kho) >= {"g20"} and "s05" not in reviewed(kho)
    decide(kho, 20)
    for at in range(5):
        assign(open_archive(kho), f"mo-hinh/A/s{at:02}.txt", ["11"])
    counts, _report = run(kho)
    assert counts.read == 0 and "s05" in reviewed(kho)
    for at in range(5):
        reset(open_archive(kho), f"mo-hinh/A/s{at:02}.txt")
    counts, _report = run(kho)
    assert counts.read == 0 and "s05" not in reviewed(kho)


def test_reader_that_goes_on_takes_up_a_newer_model(kho: Path) -> None:
    archive = open_archive(kho)
    processor = processor_for(archive)
    entry = FileEntry("mo-hinh/A/g20.txt", b"mo-hinh/A/g20.txt", 0, 0, 0, "mo-hinh/A")

    def sources() -> list[Source]:
        record = processor(Task(entry, "mo-hinh"))
        assert isinstance(record, FileRecord)
        return [place.source for place in record.documents[0].placements]

    assert Source.LEARNED not in sources()
    decide(kho, LEAST_DECISIONS)
    run(kho)
    assert Source.LEARNED in sources()
    reset(archive, LAST)
    run(kho)
    assert Source.LEARNED not in sources()
