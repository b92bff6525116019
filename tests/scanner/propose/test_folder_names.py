"""What names of folders and abstracts say of the dossiers they belong to."""

from __future__ import annotations

import pytest

from dossier.checklists import load
from dossier.scanner.propose.names import FolderNames, best_spelt

NAMES = FolderNames(load())


@pytest.mark.parametrize(
    "name",
    [
        "2024", "Năm 2024", "HO SO 2024", "năm học 2023 - 2024", "Quý III", "Tháng 3", "6 tháng đầu năm 2024",
        "Bước 1", "Giai đoạn 2", "Mục 6", "06", "06 Quyết định thành lập", "16 XD, NR, KT", "02 BC khảo sát",
        "Quyết định", "KH", "Kế hoạch", "QĐ thành lập", "KH của xã", "1. Ho so thanh lap",
        "2. Hồ sơ hoạt động", "Văn bản cấp trên", "Ảnh", "Hình ảnh ra mắt", "Bản scan", "Khác", "Tài liệu",
        "Sơ kết, tổng kết", "Buoc 1 - Khao sat", "Bước 2. Xin chủ trương cấp ủy", "Bước 3: Thành lập mô hình",
        "Năm 2024 - hoạt động", "T6-2023", "I. Công tác khảo sát", "Năm thứ nhất", "Incoming",
        "New folder (2)", "Step 1",
    ],
)  # fmt: skip
def test_name_that_only_divides(name: str) -> None:
    assert NAMES.divides(name)


@pytest.mark.parametrize(
    "name",
    [
        "Chợ an toàn", "cho an toan", "Camera an ninh", "Đơn vị an toàn", "Chung tay vì bình yên",
        "Đi chợ an toàn", "việc của tổ 3", "MH Camera", "Mô hình Tổ tự quản", "Tổ tự quản thôn 3", "3 không",
        "Phong trào TDBVANTQ", "CA xã", "Tự quản thôn 3", "T3 an toàn", "Bước chân an toàn", "Số 5 bình yên",
        "Zalo an ninh thôn 3",
    ],
)  # fmt: skip
def test_name_that_says_something(name: str) -> None:
    assert not NAMES.divides(name)


@pytest.mark.parametrize(
    ("name", "kind", "left", "sure"),
    [
        ("MH cho an toan", "mo-hinh", "cho an toan", True),
        ("Mô hình Camera an ninh", "mo-hinh", "Camera an ninh", True),
        ("01. Hồ sơ mô hình Cổng rào", "mo-hinh", "Cổng rào", True),
        ("mo_hinh_Camera_an_ninh", "mo-hinh", "Camera an ninh", True),
        ("HS MH Tổ liên gia", "mo-hinh", "Tổ liên gia", True),
        ("Tổ tự quản thôn 3", "mo-hinh", "Tổ tự quản thôn 3", False),
        ("ĐH Nguyễn Văn An", "dien-hinh", "Nguyễn Văn An", False),
        ("Điển hình tiên tiến Nguyễn Văn An", "dien-hinh", "Nguyễn Văn An", True),
    ],
)
def test_name_that_claims_a_dossier(name: str, kind: str, left: str, sure: bool) -> None:
    claim = NAMES.claim(name)
    assert claim is not None
    # A code is as sure as the word where it can mean nothing else.
    assert (claim.kind, claim.name) == (kind, left)
    assert claim.sure is sure or name.startswith(("MH", "HS MH"))


@pytest.mark.parametrize(
    "name",
    [
        "Mô hình",
        "Các mô hình",
        "Mô hình năm 2024",
        "ĐH Chi bộ 2025",
        "ĐH Y Hà Nội",
        "Kế hoạch mô hình",
        "An ninh",
    ],
)
def test_name_that_claims_none(name: str) -> None:
    assert NAMES.claim(name) is None


@pytest.mark.parametrize(
    ("kind", "abstract", "name"),
    [
        ("mo-hinh", "Về việc thành lập mô hình “Camera an ninh” trên địa bàn xã", "Camera an ninh"),
        ("mo-hinh", "Về việc thành lập mô hình Chợ an toàn tại xã Hàm Liêm", "Chợ an toàn"),
        ("mo-hinh", "V/v thành lập Tổ tự quản tuyến đường thôn 3 năm 2024", "Tổ tự quản tuyến đường thôn 3"),
        ("dien-hinh", "Công nhận điển hình tiên tiến ông Nguyễn Văn An năm 2024", "Ông Nguyễn Văn An"),
        (
            "mo-hinh",
            "Thành lập Tổ liên gia an toàn phòng cháy, chữa cháy khu phố 5, phường Long Bình",
            "Tổ liên gia an toàn phòng cháy, chữa cháy khu phố 5",
        ),
        (
            "mo-hinh",
            "Thành lập dòng họ Lê tự quản về an ninh, trật tự",
            "Dòng họ Lê tự quản về an ninh, trật tự",
        ),
        ("mo-hinh", "Thành lập Tổ tự quản đường Lê Lợi, ban hành quy chế", "Tổ tự quản đường Lê Lợi"),
        ("mo-hinh", "Thành lập Tổ xe ôm tự quản bến xe Kỳ Lĩnh", "Tổ xe ôm tự quản bến xe Kỳ Lĩnh"),
        ("dien-hinh", "Khảo sát, lựa chọn đơn vị xây dựng điển hình khối doanh nghiệp", ""),
        ("dien-hinh", "Công nhận điển hình tiên tiến trong phong trào", ""),
        ("mo-hinh", "Về việc nâng lương trước thời hạn", ""),
        ("mo-hinh", "Báo cáo kết quả xây dựng mô hình năm 2024", ""),
    ],
)
def test_paper_names_the_model_it_speaks_of(kind: str, abstract: str, name: str) -> None:
    assert NAMES.named(kind, abstract) == name


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Zalo ket noi binh yen (P.Thach Hoa cu)", "Zalo kết nối bình yên"),
        ("Zalo kết nối bình yên (2025)", "Zalo kết nối bình yên"),
        ("Zalo kết nối bình yên (thôn 2)", "Zalo kết nối bình yên (thôn 2)"),
        ("Zalo an ninh (2025)", "Zalo an ninh (2025)"),
    ],
)
def test_remark_in_brackets_is_no_part_of_a_name_that_papers_spell(folder: str, name: str) -> None:
    assert best_spelt(folder, ["Camera an ninh", "Zalo kết nối bình yên"]) == name


def test_year_after_the_word_for_the_kind_is_no_part_of_the_name() -> None:
    claim = NAMES.claim("ĐIỂN HÌNH 2024 - Tổ BV ANTT Phú Lâm")
    assert claim is not None
    assert claim.name == "Tổ BV ANTT Phú Lâm"


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("Xây dựng, bồi dưỡng điển hình tiên tiến đối với ông Lò Văn Pâng", "Ông Lò Văn Pâng"),
        ("Về việc công nhận điển hình tiên tiến và khen thưởng bà Lê Thị Tám, thôn 2", "Bà Lê Thị Tám"),
        ("Đánh giá kết quả xây dựng điển hình tiên tiến tập thể lớp 8/2 năm học 2023", "Tập thể lớp 8/2"),
        ("Về việc công nhận Hợp tác xã Đà Thành là điển hình tiên tiến", "Hợp tác xã Đà Thành"),
        ("Lựa chọn tập thể Công an phường Hải Tân để xây dựng điển hình", "Tập thể Công an phường Hải Tân"),
        ("Công nhận cá nhân điển hình tiên tiến trong phong trào toàn dân", ""),
        ("Khen thưởng đối với các tập thể, cá nhân điển hình tiên tiến năm 2024", ""),
        ("Công nhận 05 tập thể, 12 cá nhân điển hình tiên tiến", ""),
        ("Tiêu chí xây dựng điển hình tiên tiến đối với Công an các xã", ""),
    ],
)
def test_exemplar_named_in_an_abstract(abstract: str, name: str) -> None:
    assert NAMES.named("dien-hinh", abstract) == name


def test_exemplar_is_the_same_with_and_without_a_form_of_address() -> None:
    assert NAMES.key("dien-hinh", "Ông Lò Văn Pâng") == NAMES.key("dien-hinh", "Lò Văn Pâng")


def test_comma_in_the_name_of_a_border_model_does_not_end_it() -> None:
    said = "Kết quả hoạt động Tổ tự quản đường biên, cột mốc năm 2023"
    assert NAMES.named("mo-hinh", said) == "Tổ tự quản đường biên, cột mốc"


def test_squad_of_young_people_is_called_as_models_are() -> None:
    said = "Về việc thành lập Đội thanh niên xung kích an ninh trường học"
    assert NAMES.named("mo-hinh", said) == "Đội thanh niên xung kích an ninh trường học"


def test_folder_name_with_abbreviations_is_spelt_as_in_its_papers() -> None:
    model = "Tổ liên gia an toàn phòng cháy, chữa cháy"
    full = NAMES.spelt_out("mo-hinh", "To lien gia PCCC")
    assert best_spelt("To lien gia PCCC", [model, "Tổ liên gia tự quản"], full) == model
    assert best_spelt("To lien gia PCCC", [model, f"{model} ngõ 4"], full) == "To lien gia PCCC"
