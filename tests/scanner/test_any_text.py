"""Recognition and classification of texts that are no documents: nothing lost, nothing made up, no error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import checklists
from dossier.model import Content, LogicalDocument, Page
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.recognise import recognise

MODEL = Classifier(checklists.load()["mo-hinh"])
HEAD = (
    "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ HÀM THẮNG Độc lập - Tự do - Hạnh phúc\n"
    "Số: 12/QĐ-UBND Hàm Thắng, ngày 05 tháng 3 năm 2023\nQUYẾT ĐỊNH\nVề việc thành lập mô hình\n"
)
BODY = (
    "Điều 1. Thành lập mô hình “Camera an ninh” tại thôn 1, xã Hàm Thắng.\n"
    "Điều 2. Giao Công an xã theo dõi.\n"
)


def read(*pages: str) -> tuple[tuple[LogicalDocument, ...], list[Classification]]:
    documents = recognise(Content("txt", tuple(Page(n, text) for n, text in enumerate(pages, 1))))
    return documents, [MODEL.classify(each.header, each.text, "scan.txt", ()) for each in documents]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Quyết định số 12 " * 40_000,
        "Số:" + "." * 1_000_000,
        "1/" * 500_000,
        " " * 1_000_000,
        "| a | b | 12 |\n" * 60_000,
        "…;:.,!?-–—*_#" * 50_000,
        "越南社会主义共和国独立自由幸福\n" * 20_000,
        "กรุงเทพมหานคร อมรรัตนโกสินทร์\n" * 20_000,
        "Le maire de la commune arrête ce qui suit : article premier.\n" * 10_000,
        "Nơi nhận:\n- " * 50_000,
        "đạt 92% chỉ tiêu, " * 30_000,
        "liên kết giữa " * 50_000,
        "“" * 500_000,
        "a" + "\u0301" * 300_000,
    ],
    ids=range(14),
)
def test_text_that_is_no_document_is_one_document_without_a_sure_place(text: str) -> None:
    (document,), (found,) = read(text)
    assert document.text == text
    assert document.header.date is None
    assert found.review or not found.placements


def test_long_text_with_a_head_keeps_its_head() -> None:
    text = HEAD + BODY + "Công tác tuyên truyền được duy trì thường xuyên.\n" * 100_000
    (document,), (found,) = read(text)
    assert document.header.number_symbol == "12/QĐ-UBND"
    assert found.placements[0].part == "6a"


def test_a_head_a_thousand_times_is_a_thousand_documents() -> None:
    documents, found = read(*[HEAD + BODY] * 1000)
    assert [each.pages for each in documents] == [(n, n) for n in range(1, 1001)]
    assert {result.placements[0].part for result in found} == {"6a"}


def test_whole_dossier_in_one_file_becomes_its_documents() -> None:
    plan = (
        HEAD.replace("12/QĐ", "15/KH")
        .replace("QUYẾT ĐỊNH", "KẾ HOẠCH")
        .replace("thành lập", "tổ chức ra mắt")
    )
    report = HEAD.replace("12/QĐ", "20/BC").replace("QUYẾT ĐỊNH", "BÁO CÁO")
    report = report.replace("thành lập", "tổng kết")
    members = (
        "DANH SÁCH\nThành viên mô hình\n"
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2023)\n1. Trần A\n"
    )
    quoting = "Mỗi văn bản đều ghi Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc.\n"
    documents, found = read(HEAD + BODY, members, plan, quoting * 3, report + quoting)
    assert [each.pages for each in documents] == [(1, 2), (3, 4), (5, 5)]
    assert [result.placements[0].part for result in found] == ["6a", "8a", "15b"]


_PIECES = st.sampled_from(
    ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Số: ", "12/QĐ-UBND", "ngày 05 tháng 3 năm 2023", "QUYẾT ĐỊNH\n",
     "BÁO CÁO\n", "\n", "\t", "Điều 1. ",
     "Căn cứ ", "“", "”", "Nơi nhận:\n- ", "TM. ", "mô hình ", "6 tháng ",
     "Qu YET D!NH", "0l/QD", "|", "ảnh\u0301", "\u200b", "%", "…"]
)  # fmt: skip
_TEXT = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=60).map("".join)


@settings(max_examples=150)
@given(st.lists(_TEXT, min_size=1, max_size=4), st.text(max_size=30))
def test_any_pages_are_kept_whole_and_placed_with_probabilities(pages: list[str], name: str) -> None:
    documents = recognise(Content("pdf", tuple(Page(n, text) for n, text in enumerate(pages, 1))))
    assert "".join("".join(each.text.split()) for each in documents) == "".join("".join(pages).split())
    for document in documents:
        found = MODEL.classify(document.header, document.text, name, (name,))
        assert all(0 <= placement.confidence <= 1 for placement in found.placements)
