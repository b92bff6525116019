"""Texts that mention a paper are not that paper."""

from __future__ import annotations

import pytest

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify import Classifier

KIND = checklists.load()["mo-hinh"]
CLASSIFIER = Classifier(KIND)
DOSSIER = "Camera an ninh"
NOTE = "chị Hoa: còn thiếu quy chế hoạt động mô hình camera an ninh, hỏi anh Hưng nhé\n"
LISTED = "QUY CHẾ HOẠT ĐỘNG\ncủa mô hình camera an ninh\nĐiều 1. Phạm vi của quy chế hoạt động mô hình\n"


def test_note_that_mentions_a_paper_is_asked_about() -> None:
    note = NOTE.replace("còn thiếu", "đã in")
    found = CLASSIFIER.classify(Header(), note, "ghi chu.txt", (), dossier=DOSSIER)

    assert found.review
    assert all(place.confidence < KIND.threshold for place in found.placements)


@pytest.mark.parametrize("note", [NOTE, "Con thieu quy che BCD, hoi lai ong Dao", "xin lại quy chế phối hợp"])
def test_note_that_a_paper_is_lacking_fills_no_part(note: str) -> None:
    found = CLASSIFIER.classify(Header(), note, "ghi chu.txt", (), dossier=DOSSIER)

    assert not found.placements
    assert not found.review


def test_long_text_without_a_head_that_says_so_is_still_asked_about() -> None:
    text = f"{NOTE}{'trao đổi thêm về camera an ninh ' * 20}\n"
    assert CLASSIFIER.classify(Header(), text, "ghi chu.txt", (), dossier=DOSSIER).review


def test_text_without_a_head_whose_title_or_file_says_what_it_is_is_placed() -> None:
    for text, name in ((LISTED, "scan1.txt"), (NOTE, "quy che hoat dong mo hinh.txt")):
        found = CLASSIFIER.classify(Header(), text, name, (), dossier=DOSSIER)
        assert [place.part for place in found.placements] == ["7b"], name
        assert not found.review, name
