"""The words by which documents are recognised, and those an archive adds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.checklists import vocabulary
from dossier.errors import ConfigurationError
from dossier.scanner.recognise import types
from dossier.scanner.recognise.header import read_header
from dossier.vietnamese import fold


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / vocabulary.FILE_NAME
    vocabulary.use(None)


def test_names_slugs_and_codes_are_told_apart() -> None:
    shipped = vocabulary.current()
    assert len(shipped.names) == len(shipped.types)
    assert len(shipped.codes) == sum(bool(kind.code) for kind in shipped.types)
    assert vocabulary.name_of("quyet-dinh") == "Quyết định"
    assert vocabulary.name_of("giay-to-la") == "Giay to la"


def test_an_archive_adds_a_type_with_another_name_and_a_code(own: Path) -> None:
    own.write_text('types = [{ name = "Phiếu đề xuất", code = "PĐX", also = ["Tờ gợi ý"] }]', "utf-8")
    assert types.title("TỜ GỢI Ý", "to goi y") is None
    vocabulary.use(own)
    assert types.title("TỜ GỢI Ý", "to goi y") == ("phieu-de-xuat", 8)
    assert types.of_symbol("05/PĐX-CAX") == "phieu-de-xuat"
    assert types.of_symbol("05/QĐ-CAX") == "quyet-dinh"


def test_an_archive_adds_names_of_bodies_and_titles(own: Path) -> None:
    own.write_text('[bodies]\nbegin = ["liên gia"]\n[signatures]\ntitles = ["liên gia trưởng"]', "utf-8")
    vocabulary.use(own)
    text = "XÃ HÀM THẮNG\nLIÊN GIA SỐ 3\nSố: 02/BC-LG\n\nBÁO CÁO\nKết quả\n\nLIÊN GIA TRƯỞNG\n\nĐỗ Văn Tám\n"
    header = read_header(text)
    assert (header.issuing_body, header.signer_title) == ("LIÊN GIA SỐ 3", "LIÊN GIA TRƯỞNG")


def test_a_wrong_file_is_told_with_its_line(own: Path) -> None:
    own.write_text('types = [\n  { name = "Phiếu", kode = "P" },\n]', "utf-8")
    with pytest.raises(ConfigurationError, match="2"):
        vocabulary.use(own)


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("LUẬT", "luat"), ("NGHỊ ĐỊNH", "nghi-dinh"), ("THÔNG TƯ LIÊN TỊCH", "thong-tu-lien-tich"),
        ("GIẤY PHÉP", "giay-phep"), ("BẰNG KHEN", "bang-khen"), ("ĐIỀU LỆ", "dieu-le"),
        ("THƯ NGỎ", "thu-ngo"),
        ("GIAO ƯỚC THI ĐUA", "ban-giao-uoc"), ("TỘC ƯỚC", "toc-uoc"), ("HƯƠNG ƯỚC", "huong-uoc"),
        ("ĐƠN ĐỀ NGHỊ", "don"), ("PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", "phieu-trinh"),
        ("BIỂU THỐNG KÊ KẾT QUẢ", "bieu"),
    ],
)  # fmt: skip
def test_types_of_the_real_world(line: str, slug: str) -> None:
    found = types.title(line, fold(line))
    assert found is not None
    assert found[0] == slug


@pytest.mark.parametrize(
    "line",
    ["ĐƠN VỊ", "ĐƠN DƯƠNG", "LUẬT SƯ", "LUẬT GIA VIỆT NAM", "QUY ĐỊNH CHUNG", "LỆNH BÀI", "BIỂU DƯƠNG"],
)
def test_other_words_that_begin_so_are_no_types(line: str) -> None:
    assert types.title(line, fold(line)) is None
