"""A query finds its words as documents write them: in full or abbreviated, with ``i`` or ``y``."""

from __future__ import annotations

from papers import doc, paths

from dossier.index import NewIndex, SearchOptions


def _with(made: NewIndex, **bodies: str) -> None:
    with made.writer() as writer:
        for name, body in bodies.items():
            writer.replace(f"mo-hinh/A/{name}.pdf", [doc(f"mo-hinh/A/{name}.pdf", body=body)])


def test_an_abbreviation_finds_its_words_in_full(made: NewIndex) -> None:
    _with(made, full="Phong trào bảo vệ an ninh Tổ quốc", other="Giữ gìn an ninh, trật tự ở Tổ quốc ta")
    assert paths(made, "ANTQ") == ["mo-hinh/A/full.pdf"]


def test_an_abbreviation_still_finds_itself(made: NewIndex) -> None:
    _with(made, short="Công tác bảo đảm ANTT trên địa bàn", full="Công tác bảo đảm an ninh, trật tự")
    assert sorted(paths(made, "antt")) == ["mo-hinh/A/full.pdf", "mo-hinh/A/short.pdf"]


def test_a_number_is_not_written_in_full(made: NewIndex) -> None:
    _with(made, full="Thành lập Ban Chỉ đạo")
    assert paths(made, "so:BCĐ") == []


def test_i_and_y_are_one_where_both_are_written(made: NewIndex) -> None:
    _with(made, y="Bồi dưỡng kỹ thuật, kỷ luật", i="Bồi dưỡng kĩ thuật, kỉ luật")
    for query in ("kĩ thuật", "kỹ thuật", "ki thuat", '"kỉ luật"', "kỷ luật"):
        assert sorted(paths(made, query)) == ["mo-hinh/A/i.pdf", "mo-hinh/A/y.pdf"], query


def test_the_letter_typed_comes_first(made: NewIndex) -> None:
    _with(made, y="Nâng cao kỹ thuật", i="Nâng cao kĩ thuật")
    assert paths(made, "kĩ thuật")[0] == "mo-hinh/A/i.pdf"
    assert paths(made, "kỹ thuật")[0] == "mo-hinh/A/y.pdf"


def test_exact_search_is_for_the_letters_typed(made: NewIndex) -> None:
    _with(made, y="Bồi dưỡng kỹ thuật", i="Bồi dưỡng kĩ thuật")
    assert paths(made, "kĩ thuật", options=SearchOptions(exact=True)) == ["mo-hinh/A/i.pdf"]


def test_words_that_differ_by_more_than_i_and_y_stay_two(made: NewIndex) -> None:
    _with(made, tay="Cánh tay phải", tai="Cái tai phải")
    assert paths(made, "tay") == ["mo-hinh/A/tay.pdf"]
