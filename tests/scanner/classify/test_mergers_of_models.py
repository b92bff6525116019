"""Decisions that make one model of several, or several of one: an end, a founding, or new members."""

from __future__ import annotations

import pytest

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify import Classifier

CLASSIFIER = Classifier(checklists.load()["mo-hinh"])
FILLER = "Các cơ quan có liên quan căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện. " * 6
END, FOUNDED, JOINED = [("16c", "decision")], [("6a", "")], [("14", "")]


def certain_places(title: str, dossier: str) -> list[tuple[str, str]]:
    head = Header(type="quyet-dinh", abstract=f"Về việc {title}")
    text = f"Về việc {title}\nĐiều 1. {title.capitalize()}.\n{FILLER}"
    found = CLASSIFIER.classify(head, text, "van ban.docx", (), dossier=f"Mô hình/{dossier}")
    return [] if found.review else [(each.part, each.step) for each in found.placements]


@pytest.mark.parametrize(
    "title",
    [
        "hợp nhất mô hình “Tiếng loa an ninh” và mô hình “Xóm bình yên” thành mô hình “Làng an toàn”",
        "hợp nhất các mô hình “Xóm bình yên”, “Tiếng loa an ninh” thành mô hình “Làng an toàn”",
        "sáp nhập mô hình “Tiếng loa an ninh” với mô hình “Xóm bình yên” thành mô hình “Làng an toàn”",
        "gộp 02 mô hình “Tiếng loa an ninh” và “Xóm bình yên” thành 01 mô hình “Làng an toàn”",
        "tách mô hình “Tiếng loa an ninh” thành mô hình “Loa xóm Đông” và mô hình “Loa xóm Tây”",
        "nhập mô hình “Tiếng loa an ninh” vào mô hình “Làng an toàn”",
    ],
)
def test_model_that_becomes_another_ends(title: str) -> None:
    assert certain_places(title, "Tiếng loa an ninh") == END


@pytest.mark.parametrize(
    "title",
    [
        "hợp nhất mô hình “Tiếng loa an ninh” và mô hình “Xóm bình yên” thành mô hình “Làng an toàn”",
        "sáp nhập các mô hình “Tiếng loa an ninh”, “Xóm bình yên” thành mô hình “Làng an toàn”",
    ],
)
def test_model_made_of_others_is_founded_by_that(title: str) -> None:
    assert certain_places(title, "Làng an toàn") == FOUNDED


@pytest.mark.parametrize(
    "title",
    [
        "sáp nhập mô hình “Xóm bình yên” vào mô hình “Tiếng loa an ninh”",
        "nhập các mô hình “Xóm bình yên”, “Làng an toàn” vào mô hình “Tiếng loa an ninh”",
    ],
)
def test_model_that_takes_in_another_has_new_members(title: str) -> None:
    assert certain_places(title, "Tiếng loa an ninh") == JOINED


@pytest.mark.parametrize(
    "title",
    [
        "tách tổ 3 của mô hình “Tiếng loa an ninh” thành tổ riêng",
        "sáp nhập Ban Chỉ đạo mô hình “Tiếng loa an ninh” vào Ban Chỉ đạo 138 của xã",
        "hợp nhất mô hình “Tiếng loa an ninh” và mô hình “Xóm bình yên” thành mô hình “Tiếng loa an ninh”",
        "sáp nhập xóm Đông vào xóm Tây",
    ],
)
def test_merger_of_something_else_ends_no_model(title: str) -> None:
    assert certain_places(title, "Tiếng loa an ninh") != END


@pytest.mark.parametrize("does", ["giải tán", "thôi duy trì", "không tiếp tục duy trì", "ngừng duy trì"])
def test_model_that_is_no_longer_kept_up_ends(does: str) -> None:
    assert certain_places(f"{does} mô hình “Tiếng loa an ninh”", "Tiếng loa an ninh") == END


def test_model_founded_anew_after_a_merger_of_communes_is_founded() -> None:
    title = "thành lập lại mô hình “Tiếng loa an ninh” trên cơ sở sáp nhập các xã"
    assert certain_places(title, "Tiếng loa an ninh") == FOUNDED
