"""Places, periods and documents as a sentence names them."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import i18n
from dossier.compliance import naming
from dossier.model import Placement
from tests.compliance.states import KINDS, paper

MODEL = KINDS["mo-hinh"]


@pytest.mark.parametrize(
    ("place", "vietnamese", "english"),
    [
        (Placement(6, "6a", 1), "mục 6a (quyết định thành lập mô hình)", None),
        (Placement(10, "10a", 1, period="2024-H1"),
         "mục 10a (báo cáo kết quả hoạt động 6 tháng), 6 tháng đầu năm 2024", None),
        (Placement(13, "13b", 1, period="2024"),
         "mục 13b (quyết định công nhận mức xếp loại mô hình hằng năm), "
         "năm 2024 (01/11/2023–31/10/2024)", None),
        (Placement(9, "9", 1, period="2024"),
         "mục 9 (kế hoạch hoạt động của mô hình hằng năm), năm 2024", None),
        (Placement(12, "12", 1), "mục 12 (sổ theo dõi thu, chi quỹ)", None),
        (Placement(16, "16c", 1, step="decision"), "mục 16c (quyết định kết thúc mô hình)", None),
        (Placement(99, "99z", 1, period="2024"), "mục 99z, năm 2024", "item 99z, 2024"),
    ],
)  # fmt: skip
def test_place_is_named_with_its_title_step_and_period(
    place: Placement, vietnamese: str, english: str | None
) -> None:
    assert naming.place_in_words(MODEL, place) == vietnamese
    if english:
        i18n.use("en")
        assert naming.place_in_words(MODEL, place) == english


def test_without_a_checklist_only_numbers_and_periods_are_named() -> None:
    place = Placement(13, "13b", 1, period="2024")
    assert naming.place_in_words(None, place) == "mục 13b, năm 2024"
    assert naming.title_there(None, place) == ""
    assert naming.part_title(MODEL, "99z") == "99z"


def test_several_places_are_named_one_after_the_other_and_none_as_none() -> None:
    places = [Placement(6, "6a", 1), Placement(6, "6b", 1)]
    assert naming.places_in_words(MODEL, places) == (
        "mục 6a (quyết định thành lập mô hình); mục 6b (quyết định thành lập Ban Chỉ đạo xây dựng mô hình)"
    )
    assert naming.places_in_words(MODEL, []) == "không thuộc mục nào"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Sổ theo dõi thu, chi quỹ (nếu có)", "sổ theo dõi thu, chi quỹ"),
        ("Ledger of the fund (if any)", "ledger of the fund"),
        ("Ban Chỉ đạo mô hình", "Ban Chỉ đạo mô hình"),
        ("UBND xã Hàm Thắng", "UBND xã Hàm Thắng"),
        ("Kế hoạch", "kế hoạch"),
        ("", ""),
    ],
)
def test_title_inside_a_sentence_begins_small_unless_it_is_a_name(title: str, inside: str) -> None:
    assert naming.inner(title) == inside


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ({}, "Quyết định số 12/QĐ-UBND ngày 08/11/2025"),
        ({"number_symbol": ""}, "Quyết định ngày 08/11/2025"),
        ({"number_symbol": " /QĐ-UBND"}, "Quyết định ngày 08/11/2025"),
        ({"date": None}, "Quyết định số 12/QĐ-UBND"),
        ({"date": None, "number_symbol": ""}, "Quyết định (tệp “qd.pdf”)"),
        ({"type": ""}, "Văn bản số 12/QĐ-UBND ngày 08/11/2025 (tệp “qd.pdf”)"),
        ({"type": "", "date": None, "number_symbol": ""}, "Văn bản (tệp “qd.pdf”)"),
    ],
)
def test_document_is_named_by_what_it_is_and_by_its_file_where_that_is_not_enough(
    header: dict[str, object], name: str
) -> None:
    known = {"type_": str(header.pop("type", "quyet-dinh"))} if "type" in header else {}
    document = paper("6a", name="qd", **known, **({"date": date(2025, 11, 8)} | header))  # type: ignore[arg-type]
    assert naming.document_name(document) == name
    assert naming.in_sentence(document) == name[0].lower() + name[1:]
