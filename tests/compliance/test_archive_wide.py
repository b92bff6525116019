"""What an archive as a whole lacks: dossiers that vanished, files that were never sorted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dossier.compliance import vanished
from dossier.compliance.archive_wide import unsorted
from dossier.model import DepartedFile, Finding, Proposal, Severity, Unsorted, Waiver

SEEN, MISSED, LATER = (datetime(2025, 3, day, 12, tzinfo=UTC) for day in (1, 9, 20))


def gone(
    name: str, number: str = "", seen: datetime | None = SEEN, noticed: datetime = MISSED
) -> DepartedFile:
    return DepartedFile(f"mo-hinh/A/{name}", 1, number, None, "", seen, noticed)


def missed(*files: DepartedFile) -> Finding:
    (found,) = vanished({"mo-hinh/A": files, "mo-hinh/B": ()}, [])
    return found


def test_dossier_that_vanished_is_told_with_its_files_and_days() -> None:
    assert missed(gone("a.pdf", "12/QĐ-UBND"), gone("b.pdf")) == Finding(
        "TV-18",
        Severity.WARNING,
        "Hồ sơ “mo-hinh/A” không còn trong kho; 2 tệp của nó không thấy ở nơi nào khác: a.pdf (12/QĐ-UBND), "
        "b.pdf. Thấy lần cuối 01/03/2025, phát hiện mất 09/03/2025. Tìm lại hoặc lấy từ bản sao lưu.",
        missed(gone("a.pdf")).citation,
        documents=("mo-hinh/A",),
        subject=("mo-hinh/A",),
        noticed=MISSED,
    )


@pytest.mark.parametrize(("files", "named"), [
    (3, "0.pdf, 1.pdf, 2.pdf. "), (4, "0.pdf, 1.pdf, 2.pdf và 1 tệp nữa. "),
])  # fmt: skip
def test_three_files_are_named_and_more_are_counted(files: int, named: str) -> None:
    assert f": {named}" in missed(*(gone(f"{at}.pdf") for at in range(files))).message


def test_the_last_day_of_all_its_files_counts_and_may_be_unknown() -> None:
    found = missed(gone("a.pdf", seen=None), gone("b.pdf"), gone("c.pdf", seen=MISSED, noticed=LATER))
    assert "Thấy lần cuối 09/03/2025, phát hiện mất 20/03/2025" in found.message and found.noticed == LATER
    assert "Thấy lần cuối chưa rõ" in missed(gone("a.pdf", seen=None)).message


def test_only_a_waiver_of_that_dossier_accepts_it() -> None:
    waivers = [Waiver(path, "TV-18", "cháy kho", "lan", LATER) for path in ("mo-hinh/B", ".")]
    (found,) = vanished({"mo-hinh/A": [gone("a.pdf")]}, waivers)
    assert (found.waiver, found.severity) == (None, Severity.WARNING)
    own = Waiver("mo-hinh/A", "TV-18", "cháy kho", "lan", LATER)
    (found,) = vanished({"mo-hinh/A": [gone("a.pdf")]}, [*waivers, own])
    assert (found.waiver, found.severity) == (own, Severity.INFO)


LIKELY = Proposal("lộn xộn", "mo-hinh", "Camera", 5)


@pytest.mark.parametrize(
    ("inside", "outside", "refused", "expected"),
    [
        (50, 0, (), None),
        (50, 12, (), None),  # a fifth, of 62
        (50, 13, (), Unsorted.MANY_OUTSIDE),
        (10, 10, (), None),  # ten are few, and as many as inside
        (10, 11, (), Unsorted.MANY_OUTSIDE),
        (2, 3, (), None),  # three are always few
        (2, 4, (), Unsorted.MANY_OUTSIDE),
        (5, 5, (), None),
        (5, 6, (), Unsorted.MANY_OUTSIDE),
        (5, 6, ("lẻ",), None),  # a person said of the folder that it is no dossier
        (5, 6, ("l",), Unsorted.MANY_OUTSIDE),
        (5, 60, (".",), None),
    ],
)
def test_many_files_outside_dossiers_hide_one(
    inside: int, outside: int, refused: tuple[str, ...], expected: Unsorted | None
) -> None:
    assert unsorted(inside, [f"lẻ/{at}.pdf" for at in range(outside)], (), refused, 1) is expected


def test_without_a_dossier_or_with_one_proposed_the_archive_is_not_sorted() -> None:
    assert unsorted(0, ["a.pdf"], [LIKELY], (), 0) is Unsorted.NO_DOSSIER
    assert unsorted(9, [], [LIKELY], (), 1) is Unsorted.PROPOSALS
    assert unsorted(9, [], [], (), 1) is None
