"""Pictures, films and recordings that count by where they lie; states of parts on which nothing is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from states import KINDS, judge, paper, part_of, state, whole

from dossier.compliance.evidence import folder_item, with_evidence
from dossier.model import Document, Manifest, Status, UnreadFile, UnreadReason

KIND = KINDS["mo-hinh"]


def picture(path: str, **more: object) -> Document:
    return replace(paper("8a", name="x", sure=0.4, review=True), path=path, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("mo-hinh/A/11/anh.JPG", True),
        ("mo-hinh/A/Mục 11/2024/anh.heic", True),
        ("mo-hinh/A/11 Hiệu quả/phim.mp4", True),
        ("mo-hinh/A/11 Hiệu quả/bao cao.docx", False),
        ("mo-hinh/A/08 Ra mắt/anh.jpg", False),
        ("mo-hinh/A/anh.jpg", False),
    ],
)
def test_only_pictures_and_films_in_the_folder_of_their_item_count(path: str, counts: bool) -> None:
    unread = UnreadFile(path, UnreadReason.UNSUPPORTED, "x")
    (found,) = with_evidence(state(unread=(unread,)), KIND).unread
    assert [place.part for place in found.placements] == (["11"] if counts else [])
    (document,) = with_evidence(state(picture(path)), KIND).documents
    assert ([place.part for place in document.placements] == ["11"]) is counts
    assert document.review is not counts


def test_picture_with_a_stamp_of_secrecy_and_one_whose_place_is_known_stay_as_they_are() -> None:
    secret = picture("mo-hinh/A/11/anh.jpg", security="mat")
    known = replace(picture("mo-hinh/A/11/b.jpg"), review=False)
    assert with_evidence(state(secret, known), KIND).documents == (secret, known)


def test_kind_without_evidence_places_nothing() -> None:
    unread = UnreadFile("dien-hinh/A/11/a.jpg", UnreadReason.UNSUPPORTED, "x")
    given = state(kind="dien-hinh", unread=(unread,))
    assert with_evidence(given, KINDS["dien-hinh"]) is given


def test_person_s_placement_of_a_file_stays() -> None:
    place = paper("8a").placements
    unread = UnreadFile("mo-hinh/A/11/a.jpg", UnreadReason.UNSUPPORTED, "x", placements=place)
    assert with_evidence(state(unread=(unread,)), KIND).unread == (unread,)


@pytest.mark.parametrize(
    ("path", "dossier", "item"),
    [("A/06 Quyết định/x", "A", 6), ("06/x", ".", 6), ("A/11/03/x", "A", 3), ("A/x", "A", None)],
)
def test_innermost_numbered_folder_names_the_item(path: str, dossier: str, item: int | None) -> None:
    assert folder_item(path, dossier) == item


def test_part_on_which_nothing_is_asked_is_not_applicable_and_one_that_is_there_present() -> None:
    founded = date(2024, 3, 5)
    report = judge(state(*whole(founded), paper("14")), date(2024, 4, 1))
    assert part_of(report, "12").status is Status.NOT_APPLICABLE
    assert part_of(report, "9").status is Status.NOT_APPLICABLE  # not yet asked for
    assert part_of(report, "14").status is Status.PRESENT
    assert part_of(report, "7c").status is Status.NOT_APPLICABLE
    assert part_of(report, "1").status is Status.PRESENT


@pytest.mark.parametrize(
    ("founded", "handed", "ended", "subjects"),
    [
        (date(2024, 4, 2), None, None, {"founded>today"}),
        (date(2024, 4, 1), None, None, set()),
        (None, date(2024, 4, 2), None, {"handed_over>today"}),
        (None, date(2024, 4, 1), None, set()),
        (None, date(2024, 2, 1), date(2024, 2, 2), {"handed_over<ended"}),
        (None, date(2024, 2, 2), date(2024, 2, 2), set()),
        (date(2024, 3, 2), None, date(2024, 3, 1), {"ended<founded"}),
        (date(2024, 3, 1), None, date(2024, 3, 1), set()),
    ],
)
def test_declared_days_that_cannot_be_are_told_to_the_day(
    founded: date | None, handed: date | None, ended: date | None, subjects: set[str]
) -> None:
    manifest = Manifest(founded=founded, handed_over=handed, ended=ended)
    report = judge(state(manifest=manifest), date(2024, 4, 1))
    assert {s for f in report.findings if f.rule == "TV-08" for s in f.subject or ()} == subjects
