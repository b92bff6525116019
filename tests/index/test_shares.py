"""A slow phrase asked of shares of the documents at the same time is answered as by one question."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dossier.index import Filters, Index, IndexedDocument, Results, Sort, new_index, tantivy_shares
from tests.index.papers import doc


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = new_index(tmp_path_factory.mktemp("shares"), "tantivy")
    for batch in range(3):  # a segment each, so that documents have the same address in several
        with made.writer() as writer:
            for number in range(batch, 60, 3):
                writer.replace(f"a/{number}", [_paper(number)])
    return made


def _paper(number: int) -> IndexedDocument:
    return doc(
        f"a/{number}",
        abstract="tổ hòa giải" if number % 7 == 0 else "",
        dated=(date(2020, 1, 1) + timedelta(number // 4)).isoformat(),  # equal ones too
        number_symbol=f"{number % 11}/QĐ-UBND",
        type="bao-cao" if number % 2 else "quyet-dinh",
        body="khảo sát tổ hòa giải " * (number % 5 + 1) if number % 3 else "khảo sát và tổ",
    )


def both(
    index: Index, monkeypatch: pytest.MonkeyPatch, query: str, **asked: object
) -> tuple[Results, Results]:
    """The answer of the whole and of the shares."""
    whole = index.search(query, **asked)  # type: ignore[arg-type]
    calls: list[object] = []
    asking = tantivy_shares.ask

    def counted(*args: object) -> object:
        calls.append(args)
        return asking(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("dossier.index.tantivy_tree._SLOW", 0)
    monkeypatch.setattr("dossier.index.tantivy_shares.ask", counted)
    shared = index.search(query, **asked)  # type: ignore[arg-type]
    assert calls
    return whole, shared


@pytest.mark.parametrize("processors", [1, 3, 8])
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("offset", [0, 7])
@pytest.mark.parametrize("query", ['"sát tổ hòa"', '"hoa giai" khao', 'nam:2020 -loai:qd "hoa giai"'])
def test_shares_answer_as_the_whole(
    many: Index, monkeypatch: pytest.MonkeyPatch, query: str, sort: Sort, offset: int, processors: int
) -> None:
    monkeypatch.setattr("dossier.index.tantivy_shares.os.cpu_count", lambda: processors)
    whole, shared = both(many, monkeypatch, query, sort=sort, offset=offset, limit=9, facets=True)
    assert whole.total > 9
    assert (shared.total, shared.hits, shared.facets) == (whole.total, whole.hits, whole.facets)


def test_shares_keep_to_conditions(many: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.index.tantivy_shares.os.cpu_count", lambda: 2)
    whole, shared = both(
        many, monkeypatch, '"hòa giải"', filters=Filters(type="bao-cao"), limit=50, exact=True
    )
    assert {hit.type for hit in shared.hits} == {"bao-cao"}
    assert shared.hits == whole.hits
