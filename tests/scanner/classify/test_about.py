"""Whether a paper is about the dossier's model, another one, or something else altogether."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import checklists
from dossier.model import Header, Level, Placement, Reference
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import Names, agreed, quoted_names
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.kinds import Kinds
from dossier.scanner.classify.papers import ContextPaper
from dossier.vietnamese import marked_words

CHECKLIST = checklists.load()["mo-hinh"]
MODEL = Classifier(CHECKLIST)
assert CHECKLIST.about is not None
KINDS = Kinds(CHECKLIST.about, CHECKLIST.called)
FILLER = "Các ngành có liên quan căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện theo quy định. " * 4


def place(
    kind: str, abstract: str, body: str = "", *, dossier: str = "Mô hình/Tổ tự quản tuyến đường Lê Lợi",
    level: Level | None = None, issuer: str = "ỦY BAN NHÂN DÂN XÃ AN THUẬN",
) -> Classification:  # fmt: skip
    header = Header(
        type=kind, abstract=abstract, date=date(2023, 6, 1), issuing_body=issuer, issuer_level=level
    )
    return MODEL.classify(header, f"{abstract}\n{body}\n{FILLER}", "van ban.docx", (), dossier=dossier)


@pytest.mark.parametrize(
    ("field", "spelt"),
    [
        ("thành lập tổ tự quản", "thành lập mô hình"),
        ("thành lập câu lạc bộ phòng chống tội phạm", "thành lập mô hình"),
        ("công nhận dòng họ nguyễn hữu tự quản về an ninh trật tự", "công nhận mô hình"),
        ("ra mắt giáo xứ phước hải bình yên", "ra mắt mô hình"),
        ("hoạt động của đội công nhân xung kích tự quản năm 2023", "hoạt động của mô hình năm 2023"),
        ("quy chế ban chủ nhiệm câu lạc bộ phòng chống tội phạm", "quy chế ban chỉ đạo mô hình"),
        ("ra mat cong truong an toan", "ra mat mo hinh"),
        ("tổ chức lễ ra mắt cụm liên kết", "tổ chức lễ ra mắt mô hình"),
        ("tổ bảo vệ an ninh trật tự", "tổ bảo vệ an ninh trật tự"),
        ("khu dân cư đạt tiêu chuẩn an toàn về an ninh trật tự",) * 2,
        ("cơ sở an toàn thực phẩm", "cơ sở an toàn thực phẩm"),
        ("tình hình an ninh trật tự thôn nam sơn", "tình hình an ninh trật tự thôn nam sơn"),
    ],
)
def test_other_names_of_the_kind_are_read_as_it(field: str, spelt: str) -> None:
    assert KINDS.spelt(f" {field} ") == f" {spelt} "


@given(st.text(max_size=80))
def test_any_text_keeps_its_words_apart(text: str) -> None:
    spelt = KINDS.spelt(f" {marked_words(text)} ")
    assert spelt.startswith(" ") and spelt.endswith(" ") and "  " not in spelt.strip()


@pytest.mark.parametrize(
    ("kind", "abstract"),
    [
        ("quyet-dinh", "Phê duyệt Điều lệ (sửa đổi, bổ sung) của Hội Sinh vật cảnh"),
        ("quyet-dinh", "Thành lập Ban Chỉ đạo tổng kiểm kê tài sản công"),
        ("quy-che", "Làm việc của Ban Chấp hành Đảng bộ xã nhiệm kỳ 2025 - 2030"),
        ("ke-hoach", "Công tác văn thư năm 2024"),
        ("bao-cao", "Kết quả hoạt động 6 tháng đầu năm của trạm thủy nông"),
        ("thong-bao", "Giải thể chi hội nghề cá"),
    ],
)
def test_without_a_word_of_the_movement_nothing_is_placed(kind: str, abstract: str) -> None:
    found = place(kind, abstract)
    assert found.review or not found.placements


@pytest.mark.parametrize(
    ("kind", "abstract", "level"),
    [
        ("ke-hoach", "Công tác xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2024", Level.DISTRICT),
        ("bao-cao", "Kết quả công tác Mặt trận năm 2023, có nội dung an ninh trật tự", Level.FRONT),
        ("quyet-dinh", "Kiện toàn Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội", Level.COMMUNE),
        ("ke-hoach", "Khu dân cư đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2024", Level.COMMUNE),
        ("ke-hoach", "Chuyển hóa địa bàn phức tạp về an ninh trật tự năm 2024", Level.COMMUNE),
        ("quyet-dinh", "Thành lập Tổ bảo vệ an ninh, trật tự thôn 4", Level.COMMUNE),
    ],
)
def test_papers_of_the_movement_at_large_are_not_placed(kind: str, abstract: str, level: Level) -> None:
    found = place(kind, abstract, "Nhân rộng các mô hình tự quản.", level=level)
    assert found.review or not found.placements


def test_a_decision_that_cites_an_amended_law_changes_nothing_of_the_model() -> None:
    body = "Căn cứ Luật Đất đai (đã được sửa đổi, bổ sung năm 2018);\nĐiều 1. Giao đất."
    found = place("quyet-dinh", "Giao đất cho hộ ông Trần Văn A", body)
    assert "14" not in [each.part for each in found.placements]


def test_founding_decision_of_another_model_is_not_this_ones() -> None:
    assert place("quyet-dinh", "Thành lập mô hình “Tiếng kẻng an ninh”").review
    own = place("quyet-dinh", "Thành lập mô hình “Tổ tự quản tuyến đường Lê Lợi”")
    assert own.placements[0].part == "6a" and own.placements[0].confidence > 0.95


def test_only_what_ties_a_paper_to_the_dossier_makes_it_certain() -> None:
    found = place("ke-hoach", "Hoạt động của Câu lạc bộ phòng, chống tội phạm năm 2023")
    assert all(each.confidence < 0.9 for each in found.placements)


def test_ranking_decision_that_lists_the_models_of_the_commune_counts_for_each() -> None:
    body = "Điều 1. Xếp loại: Tổ tự quản tuyến đường Lê Lợi: Tốt; Camera an ninh thôn 2: Khá."
    found = place("quyet-dinh", "Công nhận mức xếp loại các mô hình năm 2023", body)
    assert not found.review and [each.part for each in found.placements] == ["13b"]


@pytest.mark.parametrize(
    ("kind", "abstract", "body", "parts"),
    [
        ("ke-hoach", "Xây dựng và ra mắt Tổ tự quản tuyến đường Lê Lợi", "", {"5", "8a"}),
        ("ke-hoach", "Khảo sát và xây dựng Tổ tự quản tuyến đường Lê Lợi", "", {"1", "5"}),
        ("bao-cao", "Tình hình an ninh và đề nghị thành lập Tổ tự quản tuyến đường Lê Lợi", "", {"2", "3"}),
        (
            "quyet-dinh", "Thành lập Tổ tự quản tuyến đường Lê Lợi",
            "Điều 1. Thành lập Tổ tự quản tuyến đường Lê Lợi gồm các ông, bà có tên sau: 1. Ông A.",
            {"6a", "6c"},
        ),
        (
            "quyet-dinh", "Công nhận Tổ tự quản tuyến đường Lê Lợi",
            "Điều 1. Công nhận Tổ tự quản tuyến đường Lê Lợi.\nĐiều 2. Ban điều hành gồm 5 ông, bà.",
            {"6a", "6b"},
        ),
    ],
)  # fmt: skip
def test_combined_papers_fill_all_their_parts(kind: str, abstract: str, body: str, parts: set[str]) -> None:
    found = place(kind, abstract, body)
    assert not found.review and {each.part for each in found.placements} == parts


def test_quoted_names_are_read_and_names_that_papers_agree_on_are_the_dossiers() -> None:
    assert quoted_names('mô hình “Cổng trường an toàn” và "Camera"') == ("cong truong an toan", "camera")
    names = agreed([{"cong truong an toan"}] * 4 + [{"camera an ninh"}])
    assert names.sure and names.among("cong truong an toan") and not names.among("camera an ninh")
    assert not agreed([{"a b c"}, {"d e f"}]).own
    assert Names(("cum lien ket an ninh kcn phu an",)).are_in(" cum lien ket an ninh trat tu o kcn phu an ")


def paper(number: str, part: str = "", *, cites: str = "", certain: bool = True) -> ContextPaper:
    kind = "quyet-dinh" if part == "6a" else "bao-cao"
    references = (Reference("quyet-dinh", cites),) if cites else ()
    header = Header(type=kind, number_symbol=number, references=references)
    places = (Placement(6 if part == "6a" else 10, part, 0.8),) if part else ()
    return ContextPaper(number, 1, f"{number}.docx", (), None, places, certain, header)


def test_the_decision_that_later_papers_cite_is_the_founding_one() -> None:
    true, other = paper("61/QĐ-UBND", "6a", certain=False), paper("88/QĐ-UBND", "6a", certain=False)
    reports = [paper(f"{at}/BC-BĐH", "10b", cites="61/QĐ-UBND") for at in range(3)]
    around = Around(CHECKLIST, [true, other, *reports], {})
    (speaks,) = around.seen_from(true).weigh(6, "6a", "")
    (against,) = around.seen_from(other).weigh(6, "6a", "")
    assert speaks[0] > 0 > against[0] and "61/QĐ-UBND" in against[2]


def test_a_name_of_one_word_again_and_again_takes_no_time() -> None:
    started = time.perf_counter()
    Names((" ".join(["to"] * 40 + ["quan"]),)).are_in(f" {'to ' * 900}")
    assert time.perf_counter() - started < 1
