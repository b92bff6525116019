"""Number and date of a scanned head, weighed against the file's name and the digital signature."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dossier.model import Content, FieldReading, FieldSource, Header, Page, Reading, Signature
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.evidence import numbers_in_name, weighed

HEAD = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ HÀM THẮNG\tĐộc lập - Tự do - Hạnh phúc\n"
BODY = "QUYẾT ĐỊNH\nVề việc thành lập mô hình Camera an ninh\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"


def header(
    name: str = "scan001.pdf",
    *,
    number: tuple[float, tuple[str, ...]] | None = None,
    day: tuple[float, tuple[str, ...]] | None = None,
    said: str = "Số: /QĐ-UBND\tHàm Thắng, ngày tháng 12 năm 2024",
    signed: datetime | None = None,
) -> Header:
    """The header of a scan: how surely number and day were read there and what they may be."""
    fields = {}
    for field, told in (("number_symbol", number), ("date", day)):
        if told:
            fields[field] = FieldReading(told[0], FieldSource.HANDWRITING, told[1])
    page = Page(1, HEAD + said + "\n" + BODY, Reading.OCR, 0.9, fields=fields)
    signatures = (Signature("pades", "Ủy ban nhân dân xã", signed, True, False, ""),) if signed else ()
    content = Content("pdf", (page,), signatures=signatures)
    (document,) = weighed(recognise(content), content, name)
    return document.header


def test_a_sure_number_is_stated() -> None:
    found = header(number=(0.97, ("04/QĐ-UBND",)), said="Số: 04 /QĐ-UBND\tHàm Thắng, ngày tháng 12 năm 2024")
    assert found.number_symbol == "04/QĐ-UBND"
    assert found.fields["number_symbol"].page == 1


def test_a_doubtful_number_keeps_its_symbol_and_candidates() -> None:
    found = header(number=(0.6, ("41/QĐ-UBND", "11/QĐ-UBND")))
    assert found.number_symbol == "/QĐ-UBND"
    assert found.fields["number_symbol"].candidates[:2] == ("41/QĐ-UBND", "11/QĐ-UBND")
    assert not found.draft


def test_the_files_name_settles_which_candidate_it_is() -> None:
    found = header("11 QĐ UB.signed_20250510_124908.pdf", number=(0.6, ("41/QĐ-UBND", "11/QĐ-UBND")))
    assert found.number_symbol == "11/QĐ-UBND"
    assert found.fields["number_symbol"].source is FieldSource.FILE_NAME
    assert found.fields["number_symbol"].confidence >= 0.9


def test_a_name_that_tells_another_number_is_one_more_candidate() -> None:
    found = header("QD-777.pdf", number=(0.6, ("41/QĐ-UBND",)))
    assert found.number_symbol == "/QĐ-UBND"
    assert "777/QĐ-UBND" in found.fields["number_symbol"].candidates


def test_a_name_that_contradicts_hand_writing_makes_it_doubtful() -> None:
    said = "Số: 184 /QĐ-UBND\tHàm Thắng, ngày tháng 12 năm 2024"
    found = header("QD-777.pdf", number=(0.97, ("184/QĐ-UBND",)), said=said)
    assert found.number_symbol == "/QĐ-UBND"
    assert set(found.fields["number_symbol"].candidates) == {"184/QĐ-UBND", "777/QĐ-UBND"}


def test_a_name_with_a_rival_of_the_number_read_makes_it_doubtful() -> None:
    """“47” and “17” are alike by hand; a file called 17 is no chance."""
    said = "Số: 47 /QĐ-UBND\tHàm Thắng, ngày tháng 12 năm 2024"
    found = header("17 QĐ UB.pdf", number=(0.97, ("47/QĐ-UBND", "17/QĐ-UBND")), said=said)
    assert found.number_symbol == "/QĐ-UBND"
    assert found.fields["number_symbol"].doubtful
    assert set(found.fields["number_symbol"].candidates) == {"47/QĐ-UBND", "17/QĐ-UBND"}


def test_a_name_with_a_rival_of_the_day_read_makes_it_doubtful() -> None:
    said = "Số: 04/QĐ-UBND\tHàm Thắng, ngày 17 tháng 12 năm 2024"
    found = header("QD 11.12.2024.pdf", day=(0.97, ("2024-12-17", "2024-12-11")), said=said)
    assert found.date is None
    assert found.partial_date == "2024-12"
    assert set(found.fields["date"].candidates) == {"2024-12-17", "2024-12-11"}


def test_the_place_of_a_file_in_its_folder_contradicts_nothing() -> None:
    said = "Số: 184 /QĐ-UBND\tHàm Thắng, ngày tháng 12 năm 2024"
    assert (
        header("06 QĐ thành lập.pdf", number=(0.97, ("184/QĐ-UBND",)), said=said).number_symbol
        == "184/QĐ-UBND"
    )


@pytest.mark.parametrize(
    ("name", "symbol", "slug", "numbers"),
    [
        ("22 TTR.signed.pdf", "/TTr-UBND", "to-trinh", ("22",)),
        ("QD-2336-2026-CTDT.pdf", "/QĐ-UBND", "quyet-dinh", ("2336",)),
        ("2352 ( 07-CT-UBND).signed_20250221_092046.pdf", "/CT-UBND", "chi-thi", ("7",)),
        ("575 UB.signed.pdf", "/UBND-KTTH", "cong-van", ("575",)),
        ("CV-813-Cuc.pdf", "/HC-CNHC", "cong-van", ("813",)),
        ("Quyết định số 12 thành lập.pdf", "/QĐ-UBND", "quyet-dinh", ("12",)),
        ("scan_20250510_124908.pdf", "/QĐ-UBND", "quyet-dinh", ()),
        ("04. Kế hoạch 2024.pdf", "/QĐ-UBND", "quyet-dinh", ()),
        ("Quyết định 2024.pdf", "/QĐ-UBND", "quyet-dinh", ()),
    ],
)
def test_numbers_stand_in_names_beside_code_or_type(
    name: str, symbol: str, slug: str, numbers: tuple[str, ...]
) -> None:
    assert numbers_in_name(name, symbol, slug) == numbers


def test_a_doubtful_day_leaves_month_and_year() -> None:
    found = header(day=(0.6, ("2024-12-15", "2024-12-25")))
    assert found.date is None
    assert found.partial_date == "2024-12"


def test_a_signature_soon_after_settles_the_day() -> None:
    signed = datetime(2024, 12, 16, 8, tzinfo=UTC)
    found = header(day=(0.6, ("2024-12-15", "2024-12-25")), signed=signed)
    assert found.date == date(2024, 12, 15)
    assert found.partial_date == ""


def test_a_signature_between_two_candidates_settles_nothing() -> None:
    signed = datetime(2024, 12, 16, 8, tzinfo=UTC)
    assert header(day=(0.6, ("2024-12-12", "2024-12-15")), signed=signed).date is None


def test_a_signature_weeks_later_is_only_a_bound() -> None:
    signed = datetime(2025, 2, 20, 8, tzinfo=UTC)
    assert header(day=(0.6, ("2024-12-15",)), signed=signed).date is None


def test_a_day_after_the_signature_is_doubtful_however_clear() -> None:
    said = "Số: /QĐ-UBND\tHàm Thắng, ngày 25 tháng 12 năm 2024"
    found = header(day=(0.97, ("2024-12-25",)), said=said, signed=datetime(2024, 12, 16, 8, tzinfo=UTC))
    assert found.date is None
    assert found.fields["date"].candidates == ("2024-12-25",)


def test_a_date_in_the_files_name_settles_the_day() -> None:
    found = header("QD ngay 15.12.2024.pdf", day=(0.6, ("2024-12-15", "2024-12-25")))
    assert found.date == date(2024, 12, 15)


def test_what_no_picture_told_is_left_as_it_is() -> None:
    found = header("QD-777.pdf", said="Số: 12/QĐ-UBND\tHàm Thắng, ngày 05 tháng 12 năm 2024")
    assert found.number_symbol == "12/QĐ-UBND"
    assert not any(reading.candidates for reading in found.fields.values())
