"""Decisions: in force, ended, and after their file is split into documents in another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.catalogue import Catalogue, open_catalogue
from dossier.catalogue.decisions import refit
from dossier.catalogue.server import Server
from dossier.model import (
    Decision,
    DossierFolder,
    FileEntry,
    FileRecord,
    Header,
    LogicalDocument,
    PlacedDocument,
    Placement,
    Source,
)

PLACE = Placement(5, "5", 1.0, Source.PERSON, ("người dùng",))
PATH = "mo-hinh/A/1.pdf"


def decision(ordinal: int = 1, pages: tuple[int, int] | None = (1, 1), author: str = "lan") -> Decision:
    return Decision("s1", ordinal, (PLACE,), author, datetime(2026, 1, 1, tzinfo=UTC), pages, PATH)


def record(*pages: tuple[int, int]) -> FileRecord:
    """A file whose documents have these pages."""
    documents = tuple(
        PlacedDocument(LogicalDocument(number, there, Header(), ""), review=True)
        for number, there in enumerate(pages, start=1)
    )
    return FileRecord(FileEntry(PATH, PATH.encode(), 10, 1000, 1, "mo-hinh/A"), "s1", "pdf", documents)


@pytest.fixture
def catalogue(place: Path | Server) -> Iterator[Catalogue]:
    with open_catalogue(place, reader=1) as opened:
        opened.save_walk([DossierFolder("mo-hinh/A", b"mo-hinh/A", "mo-hinh", "A")], {}, [])
        yield opened


def decided(catalogue: Catalogue) -> list[int]:
    """Ordinals of the documents that a person has placed."""
    return [d.ordinal for d in catalogue.states()[0].documents if d.placements == (PLACE,)]


def test_a_decision_comes_back_as_it_was_made(catalogue: Catalogue) -> None:
    catalogue.decisions.record([decision()])
    assert catalogue.decisions.all() == (decision(),)


def test_a_replaced_decision_stays_in_the_history_with_who_ended_it_and_when(catalogue: Catalogue) -> None:
    later = replace(decision(author="minh"), made_at=datetime(2026, 2, 1, tzinfo=UTC))
    catalogue.decisions.record([decision()])
    catalogue.decisions.record([later])
    assert catalogue.decisions.all() == (later,)
    first, second = catalogue.decisions.all(history=True)
    assert (first.author, first.ended_by, first.ended_at) == ("lan", "minh", later.made_at)
    assert second == later


def test_a_decision_taken_back_stays_in_the_history(catalogue: Catalogue) -> None:
    catalogue.decisions.record([decision()])
    assert catalogue.decisions.end("s1", 1, author="minh")
    assert not catalogue.decisions.end("s1", 1, author="minh")
    assert catalogue.decisions.all() == ()
    (ended,) = catalogue.decisions.all(history=True)
    assert ended.ended_by == "minh" and ended.ended_at is not None


def test_a_decision_follows_its_pages_when_the_file_is_split_otherwise(catalogue: Catalogue) -> None:
    catalogue.store(record((1, 3), (4, 6)))
    catalogue.decisions.record([decision(2, (4, 6))])
    catalogue.store(record((1, 1), (2, 3), (4, 6)), catalogue.known_files()[PATH.encode()])
    assert decided(catalogue) == [3]


def test_a_decision_whose_document_is_gone_places_nothing_and_says_so(catalogue: Catalogue) -> None:
    catalogue.store(record((1, 3), (4, 6)))
    catalogue.decisions.record([decision(2, (4, 6))])
    catalogue.store(record((1, 4), (5, 6)), catalogue.known_files()[PATH.encode()])
    assert decided(catalogue) == []
    assert [d.astray for d in catalogue.decisions.all()] == [True]


def test_a_decision_gone_astray_comes_back_with_its_document(catalogue: Catalogue) -> None:
    for split in [((1, 3), (4, 6)), ((1, 6),), ((1, 3), (4, 6))]:
        catalogue.store(record(*split), catalogue.known_files().get(PATH.encode()))
        if not catalogue.decisions.all():
            catalogue.decisions.record([decision(2, (4, 6))])
    assert decided(catalogue) == [2]


def test_a_decision_about_content_not_here_yet_waits_for_it(catalogue: Catalogue) -> None:
    catalogue.decisions.record([decision(2, None)])
    catalogue.store(record((1, 3), (4, 6)))
    assert decided(catalogue) == [2]
    assert catalogue.decisions.all()[0].pages == (4, 6)


PAGES = st.tuples(st.integers(1, 6), st.integers(1, 6))


@given(
    st.lists(st.tuples(st.integers(1, 6), st.none() | PAGES), max_size=6),
    st.dictionaries(st.integers(1, 6), PAGES, max_size=6),
)
def test_no_document_is_given_two_decisions_and_no_pages_but_its_own(
    known: list[tuple[int, tuple[int, int] | None]], now: dict[int, tuple[int, int]]
) -> None:
    found = refit(known, now)
    given_ = [ordinal for ordinal in found if ordinal is not None]
    assert len(given_) == len(set(given_))
    for (_ordinal, pages), ordinal in zip(known, found, strict=True):
        assert ordinal is None or pages in (None, now[ordinal])
