"""XL-nn and LK-nn: ranks, authority, members of linked models."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cases import Given, Row
from states import paper, state, whole

from dossier.model import Document, DossierState, Manifest, Severity

FOUNDED = date(2023, 1, 1)
TODAY = date(2024, 12, 20)
BODY, OTHER = "UBND XÃ HÀM THẮNG", "CÔNG AN HUYỆN HÀM THUẬN BẮC"
SISTER = "UBND XÃ HÀM LIÊM"
MERGED = date(2024, 12, 1)
_WARN, _INFO = Severity.WARNING, Severity.INFO


def ranked(year: str, rank: str, day: date | None = None, **more: object) -> Document:
    at = day or date(int(year), 11, 8)
    return paper("13b", at, period=year, rank=rank, name=f"13b{year}", **more)  # type: ignore[arg-type]


def model(*papers: Document, founded: date = FOUNDED, today: date = TODAY, **manifest: object) -> Given:
    return Given(state(*whole(founded), *papers, manifest=Manifest(**manifest)), today)  # type: ignore[arg-type]


def share(percentage: float | None) -> Given:
    return model(ranked("2024", "tot", percentage=percentage))


def lacking_a_report(decided: date, rank: str = "tot", *papers: Document, today: date = TODAY) -> Given:
    """Complete, and ranked on that day, but for what the year 2024 has to bring."""
    there = [
        *(paper("9", FOUNDED, period=year) for year in ("2023", "2024")),
        *(paper("10a", period=half) for half in ("2023-H1", "2024-H1")),
        paper("10b", period="2023"), paper("11"), paper("13a", period="2023"),
        paper("13b", period="2023", rank="kha"), ranked("2024", rank, decided),
    ]  # fmt: skip
    return model(*there, *papers, today=today)


def by(body: str, day: date, *, step: str = "") -> Given:
    """Founded by one body, ranked or ended by that one."""
    founding = paper("6a", FOUNDED, issuing_body=BODY)
    if step:
        act = paper("16c", day, step=step, issuing_body=body)
    else:
        act = ranked("2024", "tot", day, issuing_body=body)
    return Given(state(founding, act), date(2025, 12, 20))


def of_authority(rule: str, step: str) -> Row:
    return Row(
        rule=rule,
        satisfied=by("ỦY BAN NHÂN DÂN XÃ HÀM THẮNG", date(2024, 11, 8), step=step),
        violated=by(OTHER, date(2024, 11, 8), step=step),
        not_applicable=by("", date(2024, 11, 8), step=step),
        # Communes were merged from that day on: then it is worth a look, no more.
        boundary=(by(SISTER, MERGED - timedelta(1), step=step), by(SISTER, MERGED, step=step)),
        severity=_WARN,
        silent=_WARN,
        first=_INFO,
    )


RANKING = date(2023, 11, 8)
WEAK = ranked("2023", "yeu", RANKING)
FAIR = ranked("2023", "kha", RANKING)
BEST = ranked("2023", "tot", RANKING)


def exemplar(percentage: float | None, *papers: Document) -> Given:
    assessed = paper("4", date(2023, 12, 1), percentage=percentage)
    return Given(state(paper("3", FOUNDED), assessed, *papers, kind="dien-hinh"), TODAY)


MEMBERS = ("Công an xã Hàm Thắng", "Công an xã Hàm Đức")


def lying(path: str, name: str, **manifest: object) -> DossierState:
    one = state(name=name, manifest=Manifest(**manifest))  # type: ignore[arg-type]
    return replace(one, folder=replace(one.folder, path=path))


def beside(path: str, name: str, *, linked: bool = True) -> Given:
    """A linked model of two communes, with the dossier of the other one there."""
    members = {"linked": True, "members": MEMBERS} if linked else {}
    own = lying("Xã Hàm Thắng/Mô hình/A", "Tổ xe ôm tự quản phòng chống trộm cắp", **members)
    return Given(own, TODAY, (lying(path, name),))


def linked(members: tuple[str, ...] | None, linked: bool | None = True) -> Given:
    return Given(state(manifest=Manifest(linked=linked, members=members)), TODAY)


ROWS = (
    Row(
        rule="XL-01",
        satisfied=model(ranked("2024", "tot")),
        violated=model(ranked("2023", "tot"), founded=date(2023, 6, 1)),
        not_applicable=model(founded=date(2023, 6, 1)),
        boundary=(
            model(ranked("2023", "tot"), founded=date(2022, 12, 31)),
            # Ten months by 09/11 are only told: the guidance does not say until when.
            model(ranked("2023", "tot"), founded=date(2023, 1, 10)),
        ),
        severity=_WARN,
    ),
    Row(
        rule="XL-02",
        satisfied=share(96),
        violated=share(60),
        not_applicable=share(None),
        boundary=(share(90), share(89.9)),
        severity=_WARN,
    ),
    Row(
        rule="XL-03",
        satisfied=lacking_a_report(
            date(2024, 11, 8), "tot", paper("10b", period="2024"), paper("13a", period="2024")
        ),
        violated=lacking_a_report(date(2024, 11, 8)),
        not_applicable=lacking_a_report(date(2024, 11, 8), "yeu"),
        # The report of 2024 is asked for from 05/11 on, whenever the rank was given.
        boundary=(
            lacking_a_report(date(2024, 11, 4), today=date(2024, 11, 4)),
            lacking_a_report(date(2024, 11, 4), today=date(2024, 11, 5)),
        ),
        severity=_WARN,
    ),
    of_authority("XL-04", ""),
    of_authority("XL-05", "decision"),
    Row(
        rule="XL-06",
        satisfied=model(ranked("2023", "tot"), paper("16b", date(2024, 3, 1))),
        violated=model(FAIR, paper("16b", date(2024, 3, 1))),
        # No rank was read: nothing is known.
        not_applicable=model(ranked("2023", "", RANKING), paper("16b", date(2024, 3, 1))),
        boundary=(
            model(BEST, paper("16b", RANKING)),
            model(BEST, paper("16b", RANKING - timedelta(1))),
        ),
        severity=_WARN,
    ),
    Row(
        rule="XL-07",
        satisfied=model(WEAK, paper("14", date(2024, 2, 1))),
        violated=model(WEAK),
        not_applicable=model(FAIR),
        boundary=(
            model(WEAK, paper("14", RANKING)),
            model(WEAK, paper("14", RANKING - timedelta(1))),
        ),
        severity=_WARN,
    ),
    Row(
        rule="XL-08",
        satisfied=exemplar(62, paper("5", date(2024, 1, 1), step="end")),
        violated=exemplar(62),
        not_applicable=exemplar(None),
        boundary=(exemplar(70), exemplar(69.9)),
        severity=_WARN,
    ),
    Row(
        rule="LK-01",
        satisfied=linked(MEMBERS),
        violated=linked(None),
        not_applicable=linked(None, None),
        boundary=(linked(MEMBERS[:1]), linked(())),
        severity=_WARN,
    ),
    Row(
        rule="LK-02",
        satisfied=beside("Xã Hàm Đức/Mô hình/B", "Tổ xe ôm tự quản phòng chống trộm cắp"),
        violated=beside("Xã Hàm Liêm/Mô hình/B", "Tổ xe ôm tự quản phòng chống trộm cắp"),
        not_applicable=beside("Xã Hàm Liêm/Mô hình/B", "Camera giám sát", linked=False),
        # Two names are of one model when six in ten words of the shorter are in the longer.
        boundary=(
            beside("Xã Hàm Đức/Mô hình/B", "Tổ xe ôm đêm muộn"),
            beside("Xã Hàm Đức/Mô hình/B", "Tổ xe đạp đêm muộn"),
        ),
        severity=_INFO,
    ),
    Row(
        rule="LK-03",
        satisfied=linked(MEMBERS),
        violated=linked(MEMBERS, False),
        not_applicable=linked(None, False),
        boundary=(linked((), False), linked(MEMBERS[:1], False)),
        severity=_WARN,
    ),
)
