"""Where words stand survives being packed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Box, Segment, Word
from dossier.model.places import PagePlaces, flattened, pack, unpack

edges, sizes = st.floats(-0.5, 1.5), st.floats(0, 0.4)
boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), edges, edges, sizes, sizes)
words = st.builds(
    Word,
    st.text("aăắ1./Đ", min_size=1, max_size=9),
    boxes,
    st.one_of(st.none(), st.floats(0, 1)),
    st.booleans(),
)
rows = st.lists(st.lists(words, min_size=1, max_size=6), max_size=6)


@given(st.lists(rows, max_size=4))
def test_what_is_packed_is_unpacked(made: list[list[list[Word]]]) -> None:
    text, pages = "", []
    for number, page in enumerate(made, 1):
        segments = []
        for row in page:
            segments.append(Segment(tuple(row), len(text)))
            text += segments[-1].text + "\n"
        pages.append(PagePlaces(number, tuple(segments)))
    again = unpack(pack((page.number, flattened(page.segments)) for page in pages if page.segments), text)
    assert [page.number for page in again] == [page.number for page in pages if page.segments]
    before = [word for page in pages for segment in page.segments for word in segment.words]
    after = [word for page in again for segment in page.segments for word in segment.words]
    assert len(before) == len(after)
    for word, same in zip(before, after, strict=True):
        assert (word.text, word.stamped) == (same.text, same.stamped)
        assert tuple(same.box) == pytest.approx(tuple(word.box), abs=1 / 4000)
        assert same.confidence == (
            None if word.confidence is None else pytest.approx(word.confidence, abs=0.006)
        )
    for page in again:
        for segment in page.segments:
            assert text[segment.start : segment.end] == segment.text


@given(st.binary(max_size=60))
def test_other_bytes_are_refused(data: bytes) -> None:
    try:
        unpack(data, "")
    except ValueError:
        return
    assert data == b""
