"""What must hold of every dossier, whatever is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from states import ALWAYS, KINDS, judge, lacking, paper, state

from dossier.model import Document, DossierReport, Manifest, Reference

PARTS = [part.id for item in KINDS["mo-hinh"].items for part in item.parts]
STEPS = ("assessment", "opinions", "decision", "notice")
PERIODS = ("", "2022", "2023", "2024", "2023-H1", "2024-H1")
near = st.dates(date(2021, 1, 1), date(2027, 12, 31))
wild = st.dates()  # years 1 to 9999: what a slip of the pen makes of a date


@st.composite
def papers(draw: st.DrawFn, days: st.SearchStrategy[date] = near) -> Document:
    part = draw(st.sampled_from(PARTS))
    return paper(
        part,
        draw(st.none() | days),
        step=draw(st.sampled_from(STEPS)) if part == "16c" else "",
        period=draw(st.sampled_from(PERIODS)),
        name=draw(st.sampled_from("abcdefgh")) + part,
        review=draw(st.booleans()),
        rank=draw(st.sampled_from(("", "tot", "kha", "yeu", "??"))),
        percentage=draw(st.none() | st.floats(0, 200)),
        references=tuple(
            Reference("quyet-dinh", "12/QĐ-UBND", day) for day in draw(st.lists(st.none() | days, max_size=2))
        ),
        issuing_body=draw(st.sampled_from(("", "UBND XÃ A", "CÔNG AN XÃ A"))),
        members=draw(st.sampled_from(((), ("Công an xã A", "Công an xã B")))),
    )


def unique(found: list[Document]) -> list[Document]:
    return list({document.path: document for document in found}.values())


def gaps(report: DossierReport) -> set[tuple[str, str]]:
    """Missing periods, whether or not a document under review may be one."""
    return {
        (part.part, period)
        for item in report.items
        for part in item.parts
        for period in (*part.periods_missing, *part.periods_unsure)
    }


manifests = st.builds(
    Manifest,
    founded=near,
    ended=st.none() | near,
    linked=st.booleans(),
    fund=st.booleans(),
    pilot=st.booleans(),
)


@given(st.lists(papers(), max_size=12), manifests, near, st.integers(0, 900))
@settings(max_examples=60)
def test_time_never_mends_a_missing_period(
    documents: list[Document], manifest: Manifest, today: date, days: int
) -> None:
    given_state = state(*unique(documents), manifest=manifest)
    assert gaps(judge(given_state, today)) <= gaps(judge(given_state, today + timedelta(days)))


@given(st.lists(papers(), max_size=10), manifests, near, st.sampled_from([*ALWAYS, "9", "10a", "10b", "13b"]))
@settings(max_examples=60)
def test_a_required_document_more_never_makes_more_missing(
    documents: list[Document], manifest: Manifest, today: date, part: str
) -> None:
    # What is declared does not change with the papers; an end that is only inferred would ask for more.
    fixed = replace(manifest, ended=manifest.ended or date(2099, 1, 1))
    before = state(*unique(documents), manifest=fixed)
    after = state(*unique(documents), paper(part, today, period="2023", name="new"), manifest=fixed)
    assert set(lacking(judge(after, today))) <= set(lacking(judge(before, today)))


@given(st.lists(papers(), max_size=10), manifests, near, st.randoms())
@settings(max_examples=60)
def test_verdict_depends_on_neither_order_nor_chance(
    documents: list[Document], manifest: Manifest, today: date, rng: object
) -> None:
    found = unique(documents)
    shuffled = list(found)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    one = judge(state(*found, manifest=manifest), today)
    assert one == judge(state(*shuffled, manifest=manifest), today)
    assert one == judge(state(*found, manifest=manifest), today)


@given(
    st.lists(papers(wild), max_size=8),
    st.builds(
        Manifest,
        founded=st.none() | wild,
        ended=st.none() | wild,
        handed_over=st.none() | wild,
        linked=st.none() | st.booleans(),
        members=st.none() | st.tuples(st.text()),
        led_by=st.sampled_from((None, "police", "other")),
        hold=st.none() | st.text(),
    ),
    near,
    st.sampled_from(sorted(KINDS)),
)
@settings(max_examples=150)
def test_nothing_that_is_declared_or_dated_ends_in_a_traceback(
    documents: list[Document], manifest: Manifest, today: date, kind: str
) -> None:
    report = judge(state(*unique(documents), manifest=manifest, kind=kind), today)
    assert all(finding.message and finding.citation for finding in report.findings)


def test_year_of_two_digits_in_the_manifest_is_a_finding() -> None:
    report = judge(state(manifest=Manifest(founded=date(24, 3, 5))), date(2026, 1, 1))
    assert "TV-08" in {f.rule for f in report.findings}
    assert report.facts["founded"].value is None
