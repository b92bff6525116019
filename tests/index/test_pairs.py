"""Pairs of common syllables make phrases faster, and change no answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import doc, paths

from dossier.index import Index, new_index
from dossier.index.pairs import COMMON, cover, with_pairs
from dossier.vietnamese import words


@pytest.mark.parametrize(
    ("phrase", "covered"),
    [
        ("mo hinh", [(0, "~mo~hinh")]),
        ("mo hinh camera", [(0, "~mo~hinh"), (2, "camera")]),
        ("camera mo hinh", [(0, "camera"), (1, "~mo~hinh")]),
        ("bao cao ket qua", [(0, "~bao~cao"), (2, "~ket~qua")]),
        ("to chuc thuc hien", [(0, "~to~chuc"), (2, "~thuc~hien")]),
        ("hien mo hinh", [(0, "~hien~mo"), (1, "~mo~hinh")]),
        ("camera an toan", [(0, "camera"), (1, "+an"), (2, "toan")]),
    ],
)
def test_phrase_is_covered_by_the_fewest_words(phrase: str, covered: list[tuple[int, str]]) -> None:
    assert cover(phrase.split()) == covered


_SYLLABLE = st.sampled_from(
    [*COMMON[:3], "camera", "mô", "Hình", "cỏ", "mohinh", "comô", "mo+hinh", "12", "x², mô", "—"]
)
_TEXT = st.lists(_SYLLABLE, min_size=2, max_size=9).map(" ".join)


@given(_TEXT)
def test_words_of_a_text_stay_in_their_places(text: str) -> None:
    plain = words(text.replace("²", "2")).split()
    assert [word.partition("~")[0].lstrip("+") for word in with_pairs(text).split()] == plain


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [
        "mô hình co mo", "hình mô cỏ", "mo hinh, camera; mô-hình", "camera x², mô hình 12",
        "co co mo+hinh mo",
        "hinh mo hinh mo hinh", "Mô\nHình — camera", "12 12 mô x2 hình", "mohinh co mohinh como",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def phrases(tmp_path_factory: pytest.TempPathFactory, engine: str, texts: list[str]) -> Index:
    made = new_index(tmp_path_factory.mktemp("pairs") / "i", engine)
    with made.writer() as writer:
        for number, text in enumerate(texts):
            writer.replace(str(number), [doc(str(number), body=text, abstract="", dossier_name="")])
    return made


@settings(deadline=None)
@given(_TEXT)
def test_phrase_finds_the_texts_that_have_it(phrases: Index, texts: list[str], phrase: str) -> None:
    def plain(text: str) -> str:
        return f" {words(text.replace('²', '2'))} "

    holding = [str(number) for number, text in enumerate(texts) if plain(phrase) in plain(text)]
    assert sorted(
        paths(
            phrases,
            f'"{phrase}"',
        )
    ) == (holding if plain(phrase).strip() else [])


def test_phrase_that_most_documents_hold_is_found_without_being_weighed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossier.index.tantivy_tree._SCORED_UP_TO", 1)
    made = new_index(tmp_path / "i", "tantivy")
    with made.writer() as writer:
        for name in "abc":
            writer.replace(name, [doc(name, abstract="", body=f"thực hiện mô hình {name}")])
    found = made.search('"hien mo hinh"')
    assert (found.total, len(found.hits)) == (3, 3)


@pytest.mark.parametrize(
    "query", ["mohinh", "moh*", "mo*", '"co mo*"', '"tuan tra duoc to chuc"', "tuan", "tu", "an"]
)
def test_words_made_of_common_syllables_are_words_of_their_own(
    tmp_path: Path, engine: str, query: str
) -> None:
    made = new_index(tmp_path / "i", engine)
    with made.writer() as writer:
        for name, body in {
            "a": "mohinh",
            "b": "có mô hình",
            "c": "tuần tra được tổ chức",
            "d": "từ an",
        }.items():
            writer.replace(name, [doc(name, body=body, abstract="", dossier_name="", signer="")])
    held = {
        "mohinh": "a",
        "moh*": "a",
        "mo*": "ab",
        '"co mo*"': "b",
        '"tuan tra duoc to chuc"': "c",
        "tuan": "c",
        "tu": "d",
        "an": "d",
    }
    assert sorted(paths(made, query)) == sorted(held[query])


def test_pairs_are_no_words_of_the_index(tmp_path: Path) -> None:
    made = new_index(tmp_path / "i", "tantivy")
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="mô hình")])
    assert {word for word, _count in made._engine.terms("body")} == {"mo", "hinh"}
