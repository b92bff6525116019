"""Words of abstracts that OCR probably misread, by their neighbours and by how often offices use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.model import Content, FieldReading, FieldSource, Header, LogicalDocument, Page, Reading
from dossier.scanner.recognise.evidence import weighed
from dossier.scanner.recognise.unlikely import is_unlikely


@pytest.mark.parametrize(
    "read",
    [
        "Báo cáo vẻ việc thực hiện chương trình xây dựng nông thôn mới",
        "Vẻ việc tăng cường phòng cháy, chữa cháy",
        "sơ kết một nam thực hiện mô hình tổ liên gia",
        "văn minh, an toàn vệ an ninh, trật tự",
        "tăng cường quần lý vũ khí trên địa bàn",
        "VỀ VIỆC KIỆN TOÀN BAN CHÍ ĐẠO PHÒNG CHỐNG TỘI PHẠM",
        "ban hành quy chê phối hợp",
        "Vận đồng nhân dân tham gia mô hình “Đường điện an ninh”",
        "Phối hợp giữa lực lượng dân quận với Công an",
    ],
)
def test_a_word_that_neighbours_and_use_speak_against_is_unlikely(read: str) -> None:
    assert is_unlikely(read, read)


@pytest.mark.parametrize(
    "printed",
    [
        "Báo cáo về việc thực hiện chương trình xây dựng nông thôn mới",
        "triển khai Kế hoạch số 207/KH-UBND ngày 15/7/2023 của UBND huyện về phòng, chống trộm cắp",
        "xếp hạng di tích lịch sử đình làng Vẻ, xã Đông Ngạc",
        "PHÊ DUYỆT QUY HOẠCH XÃ ĐÔNG HẢI",
        "hỗ trợ quà Tết cho hộ nghèo, cận nghèo trên địa bàn tỉnh nhân dịp Tết nguyên đán Ất Tỵ",
        "Kỳ họp thứ sáu của Hội đồng nhân dân xã",
        "thay thế thuỷ thủ, kiểm tra hoà giải ở cơ sở",
        "",
    ],
)
def test_usual_words_names_of_places_and_both_places_of_the_tone_are_no_slips(printed: str) -> None:
    assert not is_unlikely(printed, printed)


def test_a_rare_word_is_right_if_the_paper_uses_it_again() -> None:
    abstract = "chủ động ứng phó với bão số 13"
    assert is_unlikely(abstract, abstract)
    assert not is_unlikely(abstract, f"{abstract}\nĐể chủ động ứng phó với bão số 13, Ủy ban nhân dân xã")


def test_a_name_that_the_paper_spells_otherwise_is_unlikely() -> None:
    abstract = "Phê duyệt thiết kế công trình tại xã Chiêng Ken"
    assert is_unlikely(abstract, f"{abstract}\nĐiều 1. Phê duyệt thiết kế tại xã Chiềng Ken.")
    assert not is_unlikely(abstract, f"{abstract}\nĐiều 1. Phê duyệt thiết kế tại xã Chiêng Ken.")
    assert not is_unlikely("tại xã Hoà Bình", "tại xã Hoà Bình\nxã Hòa Bình, tỉnh Phú Thọ")


def test_an_abstract_of_a_scan_with_an_unlikely_word_is_in_doubt_and_of_a_text_it_is_not() -> None:
    said = "Báo cáo vẻ việc thực hiện chương trình"
    sure = FieldReading(0.95, FieldSource.OCR)
    document = LogicalDocument(1, (1, 1), Header(abstract=said, fields={"abstract": sure}), said, Reading.OCR)
    page = Page(1, said, Reading.OCR, 0.9)
    (scan,) = weighed([document], Content("pdf", (page,)), "a.pdf")
    (text,) = weighed([document], Content("pdf", (replace(page, reading=Reading.TEXT),)), "a.pdf")
    assert scan.header.fields["abstract"].confidence < 0.75
    assert scan.header.abstract == said
    assert text.header.fields["abstract"] == sure
