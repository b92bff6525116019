"""A slip in a short word is mended by what stands beside it in the archive's own papers, or left alone."""

from __future__ import annotations

import pytest
from papers import doc

from dossier.index import Index, new_index
from dossier.index.interface import Filters

LIKE = {"qd": "Quyết định thành lập mô hình", "kh": "Kế hoạch lớp học và lửa trại", "bc": "Lớp lửa lớp lò"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Index:
    made = new_index(tmp_path_factory.mktemp("short") / "i", engine)
    with made.writer() as writer:
        for name, abstract in LIKE.items():
            writer.replace(name, [doc(name, abstract=abstract, body=abstract)])
    return made


@pytest.mark.parametrize(("query", "better"), [
    ("thanh lp", "thanh lap"),
    ("thanh lp mo hinh", "thanh lap mo hinh"),  # not lớp, though more papers have it
    ("quyet dinh thnh lp mo hinh", "quyet dinh thanh lap mo hinh"),
    ("ke hoach lp hoc", "ke hoach lop hoc"),
])  # fmt: skip
def test_a_short_word_is_mended_by_its_neighbours(shelf: Index, query: str, better: str) -> None:
    found = shelf.search(query, Filters())
    assert (found.suggestion, found.corrected) == (better, True)
    assert found.hits


@pytest.mark.parametrize("query", ["lp", "xx lp yy", "tb lop hoc"])
def test_a_short_word_that_may_mean_anything_is_left_alone(shelf: Index, query: str) -> None:
    found = shelf.search(query, Filters())
    assert (found.suggestion or "", found.corrected) == ("", False)
