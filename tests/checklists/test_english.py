"""English names of types and words of citations: complete, and only in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier import checklists as package
from dossier.checklists.english import citation_said, load_english, type_said, with_article
from dossier.checklists.vocabulary import current
from dossier.i18n import speaking

FILES = sorted(Path(package.__file__).parent.glob("*.toml"))
# What stays: names of laws in brackets, points (III.1.đ), numbers with their symbols (30/2020/NĐ-CP).
STAYS = re.compile(r"\((?:Luật|Bộ luật|Pháp lệnh)[^)]*\)|\S*[0-9./-]\S*")


def citations(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(found := data.get("citation"), str):
            yield found
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from citations(each)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_citations_are_in_english_but_for_names_of_laws(file: Path) -> None:
    for citation in citations(tomllib.loads(file.read_text("utf-8"))):
        with speaking("en"):
            said = citation_said(citation)
        assert STAYS.sub("", said).isascii(), said
        with speaking("vi"):
            assert citation_said(citation) == citation


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        ("HD22 V.1.a(10); III.1.đ", "HD22 V.1.a(10); III.1.đ"),
        ("HD22 III.3, Bước 2", "HD22 III.3, step 2"),
        ("Nghị định 30/2020/NĐ-CP, Điều 13 và phụ lục I", "Decree 30/2020/NĐ-CP, Article 13 and annex I"),
        ("Luật số 33/2024/QH15, hiệu lực 01/07/2025", "Law no. 33/2024/QH15, in force from 01/07/2025"),
        ("Luật Lưu trữ số 01/2011/QH13", "Law (Luật Lưu trữ) no. 01/2011/QH13"),
    ],
)
def test_kinds_and_articles_are_translated_and_numbers_stay(citation: str, said: str) -> None:
    with speaking("en"):
        assert citation_said(citation) == said


def test_every_type_has_one_english_name_and_no_other_has() -> None:
    known = load_english().types
    assert set(known) == set(current().names)


def test_type_without_an_english_name_keeps_its_own() -> None:
    with speaking("en"):
        assert [type_said("quyet-dinh"), type_said("to-roi"), type_said("")] == ["Decision", "To roi", ""]
    with speaking("vi"):
        assert type_said("quyet-dinh") == "Quyết định"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("survey plan", "a survey plan"),
        ("implementing document", "an implementing document"),
        ("report assessing the exemplar's results", "a report assessing the exemplar's results"),
        ("documents on the launch", "documents on the launch"),
        ("members' opinions on ending", "members' opinions on ending"),
        ("evidence of the model's effect", "evidence of the model's effect"),
        ("the head's directive on building the model", "the head's directive on building the model"),
    ],
)
def test_a_missing_paper_has_its_article(title: str, said: str) -> None:
    assert with_article(title) == said


def test_the_only_paper_of_its_kind_has_the_definite_article() -> None:
    assert with_article("yearly report", one=True) == "the yearly report"
