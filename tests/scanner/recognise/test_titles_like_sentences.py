"""Titles that begin as sentences of the body do, and what below a title is no part of it."""

from __future__ import annotations

import pytest

from dossier.scanner.recognise.header import read_header

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = f"ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\n{MOTTO}Số: 42/BC-UBND\nHàm Thắng, ngày 18 tháng 3 năm 2021\n"
GROUNDS = "Thực hiện Kế hoạch số 30/KH-UBND ngày 01/3/2021; UBND xã báo cáo như sau:\nI. TÌNH HÌNH\n"


@pytest.mark.parametrize(
    "title",
    [
        "Qua một năm thực hiện mô hình “Tiếng kẻng an ninh”",
        "Tiếp tục thực hiện Chỉ thị số 01/CT-UBND ngày 02/01/2020 về mô hình “Camera an ninh”",
        "Để thực hiện tốt công tác bảo đảm an ninh trật tự dịp Tết",
        "TIẾP TỤC THỰC HIỆN ĐỀ ÁN “XÂY DỰNG LÀNG AN TOÀN” GIAI ĐOẠN 2021-2025",
        "THỰC TẾ TÌNH HÌNH AN NINH TRẬT TỰ VÀ KẾT QUẢ XÂY DỰNG MÔ HÌNH",
    ],
)
def test_a_title_may_begin_like_a_sentence(title: str) -> None:
    assert read_header(f"{HEAD}BÁO CÁO\n{title}\n{GROUNDS}").abstract == title


@pytest.mark.parametrize(
    "sentence",
    [
        "Qua một năm thực hiện mô hình, tình hình an ninh trật tự chuyển biến tích cực.",
        "Tiếp tục thực hiện Chỉ thị số 01/CT-UBND ngày 02/01/2020, UBND xã báo cáo như sau:",
        "Để thực hiện tốt công tác bảo đảm an ninh\ntrật tự dịp Tết, UBND xã báo cáo như sau:",
    ],
)
def test_a_sentence_below_a_title_without_abstract_is_the_body(sentence: str) -> None:
    assert read_header(f"{HEAD}BÁO CÁO\n{sentence}\nI. TÌNH HÌNH\n").abstract == ""


@pytest.mark.parametrize(
    ("title", "below", "abstract"),
    [
        (
            "BIÊN BẢN HỌP",
            "Xét duyệt, đề nghị công nhận khu dân cư an toàn năm 2023",
            "HỌP Xét duyệt, đề nghị công nhận khu dân cư an toàn năm 2023",
        ),
        (
            "CHƯƠNG TRÌNH PHỐI HỢP",
            "Giữa Công an phường 5 và Đoàn phường 5 về xây dựng mô hình “Thanh niên tự quản” "
            "giai đoạn 2022 - 2025",
            "PHỐI HỢP Giữa Công an phường 5 và Đoàn phường 5 về xây dựng mô hình “Thanh niên "
            "tự quản” giai đoạn 2022 - 2025",
        ),
    ],
)
def test_the_subject_below_a_longer_title_belongs_to_it(title: str, below: str, abstract: str) -> None:
    assert read_header(f"{HEAD}{title}\n{below}\n{GROUNDS}").abstract == abstract


@pytest.mark.parametrize(
    "line",
    [
        "Tên mô hình: Tiếng loa an ninh",
        "Đơn vị: Công an xã Hàm Thắng",
        "(Được thông qua tại cuộc họp nhân dân ngày 20/02/2022)",
        "(Đã được Hội nghị nhân dân thông qua)",
        "(Của đồng chí Trần Văn Tâm - Chủ tịch UBND xã)",
    ],
)
def test_a_filled_in_line_or_a_note_is_no_part_of_the_abstract(line: str) -> None:
    header = read_header(f"BẢNG ĐIỂM ĐÁNH GIÁ, XẾP LOẠI MÔ HÌNH NĂM 2023\n{line}\nI. NỘI DUNG\n")
    assert header.abstract == "ĐÁNH GIÁ, XẾP LOẠI MÔ HÌNH NĂM 2023"


def test_a_quoted_name_goes_on_over_a_line_that_begins_like_a_body() -> None:
    title = "PHÊ DUYỆT ĐỀ ÁN “BỐ TRÍ CÔNG AN CHÍNH QUY ĐẢM NHIỆM CÁC CHỨC DANH\nCÔNG AN XÃ” TỈNH TUYÊN QUANG"
    below = "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"
    assert read_header(f"{HEAD}QUYẾT ĐỊNH\n{title}\n{below}").abstract == title.replace("\n", " ")


@pytest.mark.parametrize("ending", ["NHỮNG NĂM TIẾP THEO", "6 tháng cuối năm", "hai lần trong năm"])
def test_an_abstract_that_ends_so_is_complete(ending: str) -> None:
    header = read_header(f"{HEAD}BÁO CÁO\nKết quả xây dựng mô hình đến nay và {ending}\n{GROUNDS}")
    assert header.fields["abstract"].confidence > 0.9


@pytest.mark.parametrize(
    "named", ["TỔ TỰ QUẢN", "CÂU LẠC BỘ PHÒNG CHỐNG TỘI PHẠM TRÊN ĐỊA BÀN TỈNH BÌNH DƯƠNG"]
)
def test_the_title_of_a_regulation_is_no_issuer(named: str) -> None:
    header = read_header(
        f"QUY CHẾ\nTỔ CHỨC VÀ HOẠT ĐỘNG CỦA {named}\n"
        "(Ban hành kèm theo Quyết định số 20/QĐ-UBND ngày 16/8/2016 của Ủy ban nhân dân xã Tân Hòa)\n"
        "Chương I\nQUY ĐỊNH CHUNG\n"
    )
    assert header.issuing_body == ""
    assert header.abstract == f"TỔ CHỨC VÀ HOẠT ĐỘNG CỦA {named}"
