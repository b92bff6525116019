"""BQ-nn: hand-over, verification, appraisal, holds, packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cases import Given, No, Row
from states import paper, state

from dossier.checklists.retention import RetentionPacks, load_packs
from dossier.model import Document, Manifest, Severity

TODAY = date(2026, 11, 24)
ENDED = date(2024, 3, 10)
DUE = date(2025, 3, 10)  # a year from the day of the end
OLD = date(2003, 5, 1)  # 20 years: until 31/12/2023
PAPERS = load_packs()
_WARN, _INFO = Severity.WARNING, Severity.INFO


def sworn(but: str = "") -> RetentionPacks:
    """As if the agency had verified every fallback row, but one."""
    rows = (replace(row, verified_by="" if row.id == but else "lan", verified_on=TODAY)
            for row in PAPERS.fallback)  # fmt: skip
    return replace(PAPERS, fallback=tuple(rows))


def kept(
    today: date = TODAY,
    packs: RetentionPacks | None = None,
    papers: tuple[Document, ...] = (),
    **declared: object,
) -> Given:
    manifest = Manifest(**declared)  # type: ignore[arg-type]
    return Given(state(*(papers or (paper("10a"),)), manifest=manifest), today, packs=packs)


def gap(ended: date) -> Given:
    """The pack that follows the old one was forgotten."""
    packs = tuple(pack for pack in PAPERS.packs if pack.id != "tt-55-2025")
    return kept(packs=replace(PAPERS, packs=packs), ended=ended)


ROWS = (
    Row(
        rule="BQ-01",
        satisfied=kept(ended=ENDED, led_by="other", handed_over=date(2025, 1, 5)),
        violated=kept(ended=ENDED, led_by="other"),
        not_applicable=kept(),
        boundary=(
            kept(DUE, ended=ENDED, led_by="other"),
            kept(DUE + timedelta(1), ended=ENDED, led_by="other"),
        ),
        severity=_WARN,
        silent=_INFO,  # it falls due soon
    ),
    Row(
        rule="BQ-01",
        satisfied=kept(date(2024, 6, 1), ended=ENDED, led_by="other"),
        violated=kept(DUE, ended=ENDED, led_by="other"),
        not_applicable=kept(DUE),
        boundary=(
            kept(DUE - timedelta(31), ended=ENDED, led_by="other"),
            kept(DUE - timedelta(30), ended=ENDED, led_by="other"),
        ),
        severity=_INFO,
    ),
    Row(
        rule="BQ-02",
        satisfied=kept(packs=sworn(), ended=ENDED),
        violated=kept(ended=ENDED),
        not_applicable=kept(),
        # One row of two that nobody has read is enough.
        boundary=(
            kept(packs=sworn(), papers=(paper("10a"), paper("10c")), ended=ENDED),
            kept(packs=sworn(but="ad-hoc"), papers=(paper("10a"), paper("10c")), ended=ENDED),
        ),
        severity=_INFO,
    ),
    Row(
        rule="BQ-03",
        satisfied=kept(date(2020, 1, 1), sworn(), ended=OLD),
        violated=kept(packs=sworn(), ended=OLD),
        not_applicable=kept(packs=sworn(), ended=OLD, hold="đang thanh tra"),
        boundary=(kept(date(2023, 12, 31), sworn(), ended=OLD), kept(date(2024, 1, 1), sworn(), ended=OLD)),
        severity=_INFO,
    ),
    Row(
        rule="BQ-04",
        satisfied=kept(),
        violated=kept(hold="đang thanh tra"),
        not_applicable=kept(ended=ENDED),
        boundary=No("A hold lasts until somebody takes the line away: no day or number bounds it"),
        severity=_INFO,
    ),
    Row(
        rule="BQ-05",
        satisfied=kept(ended=ENDED),
        violated=gap(date(2025, 12, 1)),
        not_applicable=kept(),
        boundary=(gap(date(2025, 6, 30)), gap(date(2025, 7, 1))),
        severity=_WARN,
    ),
)
