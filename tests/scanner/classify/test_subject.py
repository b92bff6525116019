"""The name of a dossier's folder tells what its papers speak of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.subjects import Subject, subject
from dossier.vietnamese import marked_words

ABBREVIATIONS = {"mh": "mô hình", "antt": "an ninh trật tự"}


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Mô hình/Tổ liên gia tự quản", "to lien gia tu quan"),
        ("Mô hình/01. MH Tổ liên gia tự quản", "to lien gia tu quan"),
        ("Các mô hình/Mũi Né - Cổng rào an ninh", "cong rao an ninh"),
        ("Mô hình/Camera ANTT (xã Hàm Liêm)", "camera an ninh trat tu"),
        ("Mô hình/Zalo kết nối bình yên_Xã Hòa Thắng", "zalo ket noi binh yen"),
        ("Mô hình/2024 - Tổ tự quản", "to tu quan"),
    ],
)
def test_subject_is_read_from_the_folder(folder: str, name: str) -> None:
    found = subject(folder, "mô hình", ABBREVIATIONS)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "folder", [".", "Mô hình/Camera", "Mô hình/Xã Hàm Thắng", "Mô hình/2024", "Mô hình/MH 3"]
)
def test_folder_that_names_nothing_in_particular_has_no_subject(folder: str) -> None:
    assert subject(folder, "mô hình", ABBREVIATIONS) is None


@pytest.mark.parametrize(
    ("field", "spelt"),
    [
        (" kế hoạch hoạt động tổ tự quản năm 2024 ", " kế hoạch hoạt động mô hình năm 2024 "),
        (" thành lập mô hình tổ tự quản ", " thành lập mô hình "),
        (" tổ tự quản tổ tự quản ", " mô hình mô hình "),
        (" ke hoach to tu quan ", " ke hoach mo hinh "),
        (" tổ tự quảng cáo ", " tổ tự quảng cáo "),
    ],
)
def test_name_is_read_as_the_word_for_its_kind(field: str, spelt: str) -> None:
    assert Subject("to tu quan", "mô hình").spelt(field) == spelt


@given(st.text(max_size=60))
def test_any_text_keeps_its_words_apart(text: str) -> None:
    field = f" {marked_words(text)} "
    spelt = Subject("to tu quan", "mô hình").spelt(field)
    assert spelt.startswith(" ") and spelt.endswith(" ") and "  " not in spelt.strip()


def test_paper_that_names_the_model_without_the_word_is_its_paper() -> None:
    model = Classifier(checklists.load()["mo-hinh"])
    header = Header(
        type="quyet-dinh",
        abstract="Về việc thành lập Tổ liên gia tự quản thôn 3",
        issuing_body="ỦY BAN NHÂN DÂN XÃ ĐỨC HẠNH",
    )
    found = model.classify(header, header.abstract, "scan.pdf", (), dossier="Mô hình/Tổ liên gia tự quản")
    assert [place.part for place in found.placements] == ["6a"]
