"""Models that no paper calls a model: what a decision founds and papers of several parts name."""

from __future__ import annotations

from dossier.checklists import load
from dossier.scanner.propose import propose
from dossier.scanner.propose.candidate import LoosePaper

CHECKLISTS = load()
TEAM = "Đội phản ứng nhanh 113 bệnh viện"
TITLES = {
    f"Về việc thành lập {TEAM}": "6a",
    f"Quy chế hoạt động của {TEAM}": "7b",
    f"Buổi ra mắt {TEAM}": "8a",
    f"Kế hoạch hoạt động của {TEAM} năm 2024": "9",
}


def names(titles: dict[str, str], said: str = "giu gin trat tu") -> list[str]:
    """The names of what is proposed of papers with these titles, each of the part, and this text."""
    papers = [LoosePaper(f"Doi 113/{at}.docx", 1, title) for at, title in enumerate(titles)]
    found = propose(
        papers,
        [paper.path for paper in papers],
        (),
        CHECKLISTS,
        lambda paper, kind, _name: titles[paper.abstract] if kind == "mo-hinh" else "",
        text=lambda _paper: said,
    )
    return [each.name for each in found]


def test_what_was_founded_and_named_by_papers_of_several_parts_is_a_model() -> None:
    assert names(TITLES) == [TEAM]


def test_without_papers_of_several_parts_it_is_none() -> None:
    assert names(dict(list(TITLES.items())[:3])) == []


def test_without_a_word_of_the_movement_it_is_none() -> None:
    assert names(TITLES, said="dong gop cay xanh") == []


def test_without_a_founding_decision_it_is_none() -> None:
    assert names(TITLES | {f"Về việc thành lập {TEAM}": "16a"}) == []
