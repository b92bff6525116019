"""Papers and days only ever move a verdict one way: a right paper mends, a day that passes mends nothing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from states import judge, paper, state
from test_properties import manifests, near, papers, unique

from dossier import i18n
from dossier.checklists.duties import load_duties
from dossier.compliance import unit
from dossier.model import Document, DossierReport, DueStatus, Manifest, Severity

OPEN = (DueStatus.OVERDUE, DueStatus.SOON, DueStatus.AHEAD)
YEARLY = [("9", "2024"), ("10a", "2024-H1"), ("10b", "2024"), ("13a", "2024"), ("13b", "2024")]
ONCE = [(part, "") for part in ("1", "2", "3", "4", "5", "6b", "6c", "7a", "7b", "7c", "8a", "8b", "12")]
EXEMPLAR = st.lists(
    st.tuples(st.sampled_from(("1", "2", "4", "5")), near), max_size=5, unique_by=lambda each: each[0]
)


def days(report: DossierReport) -> dict[tuple[str, str], date]:
    """The last day in time of each duty that is still open."""
    return {(due.rule, due.period): due.day for due in report.due if due.status in OPEN}


def overdue(report: DossierReport) -> set[tuple[str, str]]:
    return {(due.rule, due.period) for due in report.due if due.status is DueStatus.OVERDUE}


def lacks(report: DossierReport, part: str) -> set[tuple[str, Severity, tuple[str, ...]]]:
    """What completeness says of a part."""
    found = (f for f in report.findings if f.part == part and f.rule[:2] in ("MH", "DH"))
    return {(f.rule, f.severity, f.subject) for f in found}


@given(st.lists(papers(), max_size=8), manifests, near, st.sampled_from(ONCE + YEARLY))
@settings(max_examples=60)
def test_a_right_paper_adds_no_finding_about_its_part(
    documents: list[Document], manifest: Manifest, today: date, place: tuple[str, str]
) -> None:
    part, period = place
    before = state(*unique(documents), manifest=manifest)
    right = paper(part, today, period=period, name="right", issuing_body="UBND XÃ A")
    told = {
        (rule, subject)
        for rule, _severity, subject in lacks(
            judge(state(*unique(documents), right, manifest=manifest), today), part
        )
    }
    gone = {name for _rule, _severity, names in lacks(judge(before, today), part) for name in names}
    assert all(set(subject) <= gone and rule for rule, subject in told if subject)
    if part in {each for each, _period in ONCE} and manifest.ended is None:
        assert not told


@given(st.lists(papers(), max_size=8), manifests, near, st.sampled_from(ONCE + YEARLY))
@settings(max_examples=60)
@example(
    [paper("10b", None, period="")], Manifest(founded=date(2023, 9, 1)), date(2024, 11, 5), ("10b", "2024")
)
def test_a_right_paper_moves_no_deadline_forward(
    documents: list[Document], manifest: Manifest, today: date, place: tuple[str, str]
) -> None:
    part, period = place
    fixed = Manifest(founded=manifest.founded, ended=manifest.ended or date(2099, 1, 1))
    before = days(judge(state(*unique(documents), manifest=fixed), today))
    right = paper(part, today, period=period, name="right")
    after = days(judge(state(*unique(documents), right, manifest=fixed), today))
    assert all(after[duty] >= day for duty, day in before.items() if duty in after)
    assert set(after) <= set(before)


@given(near, EXEMPLAR, near, st.sampled_from(("1", "2", "4", "5")))
@settings(max_examples=60)
@example(date(2024, 2, 29), [], date(2025, 3, 1), "4")
def test_a_right_paper_moves_no_deadline_of_an_exemplar_forward(
    planned: date, others: list[tuple[str, date]], today: date, part: str
) -> None:
    there = [paper("3", planned, name="plan"), *(paper(each, day, name=f"o{each}") for each, day in others)]
    before = days(judge(state(*there, kind="dien-hinh"), today))
    right = paper(part, today, step="recognise" if part == "5" else "", name="right")
    after = days(judge(state(*there, right, kind="dien-hinh"), today))
    assert all(after[duty] >= day for duty, day in before.items() if duty in after)


@given(st.lists(papers(), max_size=8), manifests, near, st.integers(1, 800))
@settings(max_examples=60)
def test_a_day_that_passes_ends_no_overdue_duty(
    documents: list[Document], manifest: Manifest, today: date, later: int
) -> None:
    fixed = state(*unique(documents), manifest=Manifest(founded=manifest.founded, ended=date(2099, 1, 1)))
    assert overdue(judge(fixed, today)) <= overdue(judge(fixed, today + timedelta(later)))


@given(near, EXEMPLAR, near, st.integers(1, 800))
@settings(max_examples=60)
def test_a_day_that_passes_ends_no_overdue_duty_of_an_exemplar(
    planned: date, others: list[tuple[str, date]], today: date, later: int
) -> None:
    there = [paper("3", planned, name="plan"), *(paper(each, day, name=f"o{each}") for each, day in others)]
    fixed = state(*there, kind="dien-hinh")
    assert overdue(judge(fixed, today)) <= overdue(judge(fixed, today + timedelta(later)))


@given(near, st.integers(1, 300))
def test_a_day_that_passes_ends_no_duty_of_the_unit_before_the_next_is_due(today: date, later: int) -> None:
    duties = load_duties()
    then = {(due.rule, due.period): due for due in unit.duties_owed(duties, today, 30)}
    after = {(due.rule, due.period) for due in unit.duties_owed(duties, today + timedelta(later), 30)}
    for key, due in then.items():
        passed = {rule for rule, period in after if rule == key[0] and period > key[1]}
        if due.status is DueStatus.OVERDUE and not passed:
            assert key in after


@given(st.lists(papers(), max_size=8), manifests, near)
@settings(max_examples=40)
def test_the_language_changes_words_only(documents: list[Document], manifest: Manifest, today: date) -> None:
    given_state = state(*unique(documents), manifest=manifest)
    said = {}
    for language in ("vi", "en"):
        with i18n.speaking(language):
            report = judge(given_state, today)
        said[language] = (
            report.complete,
            [(f.rule, f.part, f.severity, f.subject, f.documents, f.citation) for f in report.findings],
            [(d.day, d.rule, d.period, d.status) for d in report.due],
            [(p.part, p.status, p.periods_missing) for i in report.items for p in i.parts],
        )
    assert said["vi"] == said["en"]
