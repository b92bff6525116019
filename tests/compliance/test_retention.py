"""Which pack of retention rules a dossier falls under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from states import KINDS, judge, paper, rules, state

from dossier.checklists.retention import RetentionPacks, load_packs
from dossier.compliance import evaluate
from dossier.model import Document, DueStatus, Level, Manifest, Retention, Severity, UnreadFile, UnreadReason

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("led_by", "ended", "pack"),
    [
        ("police", date(2025, 6, 30), "tt-08-2020"),
        ("police", date(2025, 7, 1), "tt-55-2025"),
        ("police", None, "tt-55-2025"),
        ("other", date(2025, 6, 30), "luat-luu-tru-2011"),
        ("other", date(2025, 7, 1), "luat-luu-tru-2024"),
        ("other", None, "luat-luu-tru-2024"),
    ],
)
def test_pack_follows_the_leader_and_the_day_the_work_ended(
    led_by: str, ended: date | None, pack: str
) -> None:
    assert judge(state(manifest=Manifest(led_by=led_by, ended=ended)), TODAY).retention.pack == pack


def test_nothing_that_ships_is_called_verified() -> None:
    packs = load_packs()
    rows = [row for pack in packs.packs for row in (*pack.periods, *pack.handover)]
    assert rows
    assert not any(row.verified for row in rows)
    assert not judge(state(), TODAY).retention.verified


def test_end_in_the_future_does_not_choose_the_pack() -> None:
    manifest = Manifest(ended=date(2030, 1, 1))
    assert judge(state(manifest=manifest), date(2025, 6, 1)).retention.pack == "tt-08-2020"


ENDED = date(2024, 3, 10)


def kept(
    *papers: Document, today: date = TODAY, packs: RetentionPacks | None = None, **manifest: object
) -> Retention:
    given = state(*papers, manifest=Manifest(**({"ended": ENDED} | manifest)))  # type: ignore[arg-type]
    return evaluate(given, KINDS["mo-hinh"], packs or load_packs(), today).retention


def sworn(packs: RetentionPacks) -> RetentionPacks:
    """As if the agency had verified every fallback row."""
    rows = tuple(replace(row, verified_by="lan", verified_on=TODAY) for row in packs.fallback)
    return replace(packs, fallback=rows)


@pytest.mark.parametrize(
    ("parts", "period"),
    [
        (("10a",), "20 years"),
        (("10a", "10c"), "20 years"),
        (("10c",), "10 years"),
        (("10c", "6a"), "permanent"),
        (("13b",), "10 years"),  # no row of its own: other papers
        ((), None),
    ],
)
def test_dossier_is_kept_as_long_as_its_longest_document(parts: tuple[str, ...], period: str | None) -> None:
    found = kept(*(paper(part) for part in parts))
    assert found.period == period
    assert {d for reason in found.reasons for d in reason.documents} == {paper(p).id for p in parts}
    assert not found.verified


def test_step_has_its_own_row() -> None:
    assert kept(paper("16c", step="notice")).period == "10 years"
    assert kept(paper("16c", step="decision")).period == "permanent"


def test_regulation_is_kept_by_the_row_in_force_when_the_work_ended() -> None:
    assert kept(paper("7b"), ended=date(2023, 2, 14)).period == "permanent"
    assert kept(paper("7b"), ended=date(2023, 2, 15)).period == "20 years"


def test_every_paper_of_a_pilot_is_kept_for_ever() -> None:
    assert kept(paper("10c"), pilot=True).period == "permanent"


def test_clock_starts_with_the_end_of_the_year_in_which_the_work_ended() -> None:
    found = kept(paper("10a"))
    assert (found.clock, found.expires) == (date(2024, 12, 31), date(2044, 12, 31))


def test_open_dossier_has_no_expiry_and_no_hand_over() -> None:
    found = kept(paper("10a"), ended=None)
    assert (found.clock, found.expires, found.handover_due) == (None, None, None)
    assert all(limit.day is None and not limit.drives for limit in found.limits)


@pytest.mark.parametrize(
    ("led_by", "ended", "due", "limits"),
    [
        ("other", date(2024, 3, 10), date(2025, 3, 10), {"current"}),
        ("other", date(2025, 8, 10), date(2026, 12, 31), {"digital", "nd-30", "current", "historical"}),
        ("police", date(2024, 3, 10), date(2025, 3, 10), {"nd-30"}),
        ("police", date(2025, 8, 10), date(2026, 8, 10), {"inventory", "nd-30"}),
        ("police", date(2025, 12, 31), date(2026, 12, 31), {"inventory", "nd-30"}),
    ],
)
def test_earliest_limit_that_applies_drives(led_by: str, ended: date, due: date, limits: set[str]) -> None:
    found = kept(paper("10a"), led_by=led_by, ended=ended)
    assert found.handover_due == due
    assert {limit.row for limit in found.limits} == limits
    days = [limit.day for limit in found.limits if limit.day]
    assert days == sorted(days)
    assert sum(limit.drives for limit in found.limits) == 1


def test_agency_chooses_the_limit_that_drives() -> None:
    packs = replace(load_packs(), follow="historical")
    ended, handed = date(2025, 8, 10), date(2026, 1, 5)
    found = kept(paper("10a"), packs=packs, led_by="other", ended=ended, handed_over=handed)
    assert found.handover_due == date(2031, 12, 31)  # counted from the year of the hand-over
    assert kept(paper("10a"), packs=packs, led_by="other", ended=ended).handover_due is None


@pytest.mark.parametrize(
    ("today", "handed_over", "status", "severity"),
    [
        (date(2025, 1, 1), None, DueStatus.AHEAD, None),
        (date(2025, 3, 1), None, DueStatus.SOON, Severity.INFO),
        (date(2025, 3, 10), None, DueStatus.SOON, Severity.INFO),
        (date(2025, 3, 11), None, DueStatus.OVERDUE, Severity.INFO),
        (date(2026, 1, 1), date(2025, 3, 10), DueStatus.ON_TIME, None),
        (date(2026, 1, 1), date(2025, 3, 11), DueStatus.LATE, None),
    ],
)
def test_hand_over_is_due_overdue_or_done(
    today: date, handed_over: date | None, status: DueStatus, severity: Severity | None
) -> None:
    report = judge(state(manifest=Manifest(ended=ENDED, handed_over=handed_over)), today)
    assert [due.status for due in report.due if due.rule == "BQ-01"] == [status]
    assert next((f.severity for f in report.findings if f.rule == "BQ-01"), None) is severity


OLD = date(2003, 5, 1)


def test_unverified_row_never_releases() -> None:
    packs = sworn(load_packs())
    one = tuple(replace(r, verified_by="") if r.id == "ad-hoc" else r for r in packs.fallback)
    mixed = replace(packs, fallback=one)
    assert kept(paper("10a"), ended=OLD, packs=mixed).review
    assert not kept(paper("10a"), paper("10c"), ended=OLD, packs=mixed).review
    assert not kept(paper("10a"), ended=OLD).review


def test_hold_beats_everything() -> None:
    found = kept(paper("10a"), ended=OLD, packs=sworn(load_packs()), hold="đang thanh tra")
    assert (found.review, found.hold) == (False, "đang thanh tra")


def test_paper_nobody_has_placed_keeps_the_dossier() -> None:
    doubtful = paper("6a", review=True)
    assert not kept(paper("10a"), doubtful, ended=OLD, packs=sworn(load_packs())).review
    unread = UnreadFile("mo-hinh/A/x.pdf", UnreadReason.ENCRYPTED, "…")
    given = state(paper("10a"), manifest=Manifest(ended=OLD), unread=(unread,))
    assert not evaluate(given, KINDS["mo-hinh"], sworn(load_packs()), TODAY).retention.review


def test_findings_say_what_is_unverified_held_or_without_rules() -> None:
    assert "BQ-02" in rules(judge(state(paper("6a"), manifest=Manifest(ended=ENDED)), TODAY))
    assert "BQ-02" not in rules(judge(state(paper("6a")), TODAY))
    assert "BQ-04" in rules(judge(state(manifest=Manifest(hold="kiện")), TODAY))
    gap = replace(load_packs(), packs=load_packs().packs[:1])
    assert "BQ-05" in rules(evaluate(state(), KINDS["mo-hinh"], gap, TODAY))
    report = evaluate(
        state(paper("10a"), manifest=Manifest(ended=OLD)), KINDS["mo-hinh"], sworn(load_packs()), TODAY
    )
    assert "BQ-03" in rules(report)


@pytest.mark.parametrize("years", [0, 1000])
def test_longest_spans_do_not_leave_the_calendar(years: int) -> None:
    packs = load_packs()
    rows = tuple(replace(r, years=years, permanent=False) for r in packs.fallback)
    found = kept(paper("10a"), packs=replace(packs, fallback=rows), ended=date(2024, 2, 29))
    assert found.expires is not None


def test_every_part_of_both_kinds_has_a_row() -> None:
    rows = load_packs().fallback
    known = {
        (kind, part.partition(".")[0]) for row in rows for kind, parts in row.parts.items() for part in parts
    }
    for kind, checklist in KINDS.items():
        for item in checklist.items:
            for part in item.parts:
                steps = {step.id for step in part.steps}
                of_rows = {
                    p for row in rows for p in row.parts.get(kind, ()) if p.partition(".")[0] == part.id
                }
                assert all(p == part.id or p.partition(".")[2] in steps for p in of_rows), part.id
    assert ("mo-hinh", "6a") in known


@pytest.mark.parametrize(
    ("body", "level", "row", "period"),
    [
        ("CHỦ TỊCH NƯỚC", Level.MINISTRY, "commend-state", "permanent"),
        ("THỦ TƯỚNG CHÍNH PHỦ", Level.MINISTRY, "commend-state", "permanent"),
        ("BỘ CÔNG AN", Level.MINISTRY, "commend", "20 years"),
        ("CHỦ TỊCH UBND TỈNH LÂM ĐỒNG", Level.PROVINCE, "commend", "20 years"),
        ("UBND XÃ HÀM THẮNG", Level.COMMUNE, "commend-agency", "10 years"),
        ("", None, "commend", "20 years"),
    ],
)
def test_commendation_is_kept_by_the_level_of_its_issuer(
    body: str, level: Level | None, row: str, period: str
) -> None:
    given = paper("13c", date(2024, 12, 1), issuing_body=body, issuer_level=level)
    (reason,) = judge(state(given), TODAY).retention.reasons
    assert (reason.row, reason.period, reason.verified) == (row, period, False)


def test_pilot_is_kept_for_ever_whoever_commended_it() -> None:
    given = paper("13c", date(2024, 12, 1), issuer_level=Level.COMMUNE)
    kept = judge(state(given, manifest=Manifest(pilot=True)), TODAY).retention
    assert kept.period == "permanent" and "commend-agency" in {reason.row for reason in kept.reasons}
