"""Papers that their own words tell to be other work, and that the dossier's name claims: a women's club."""

from __future__ import annotations

from pathlib import Path

from archives import again, put, run

from dossier.archive import open_archive
from dossier.model import Document

NAME = "Phụ nữ nói không với tín dụng đen"
UNION = "HỘI LHPN HUYỆN GIA LÂM\nHỘI LIÊN HIỆP PHỤ NỮ XÃ ĐẠI ĐỒNG"
CLUB = f"HỘI LHPN XÃ ĐẠI ĐỒNG\nCÂU LẠC BỘ {NAME.upper()}"


def said(body: str, kind: str, number: str, day: str, title: str, text: str) -> str:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    return f"{body}\n{motto}\nSố: {number}\nĐại Đồng, ngày {day}\n{kind}\n{title}\n{text}\n"


PAPERS = {
    "c_txt": said(
        UNION, "TỜ TRÌNH", "18/TTr-BTV", "05 tháng 8 năm 2020", f"Đề nghị ra mắt điểm {NAME}",
        f"Kính gửi: Đảng ủy, UBND xã. Hội đề xuất xây dựng mô hình {NAME} tại thôn Thượng.",
    ),
    "e_txt": said(
        UNION, "KẾ HOẠCH", "09/KH-BTV", "20 tháng 8 năm 2020", f"Triển khai {NAME} ở thôn Thượng",
        "Tháng 8 tuyên truyền; tháng 9 thành lập; mời Ngân hàng Chính sách xã hội nói chuyện.",
    ),
    "f_txt": said(
        UNION, "QUYẾT ĐỊNH", "12/QĐ-BTV", "07 tháng 9 năm 2020", f"Về việc thành lập Câu lạc bộ {NAME}",
        "Điều 1. Thành lập Câu lạc bộ tại thôn Thượng gồm 60 thành viên.\n"
        "Điều 2. Chỉ định Ban Chủ nhiệm: bà Đỗ Thị Hạnh, Chủ nhiệm; bà Phí Thị Lụa, Phó Chủ nhiệm.",
    ),
    "g_txt": said(
        CLUB, "QUY CHẾ", "01/QC-CLB", "10 tháng 9 năm 2020", "Sinh hoạt câu lạc bộ",
        "Họp tối ngày 15; đóng quỹ 30.000đ; không rủ nhau vay nóng.",
    ),
    "q_txt": said(
        UNION, "BÁO CÁO", "41/BC-BTV", "25 tháng 11 năm 2022", "Công tác Hội và phong trào phụ nữ năm 2022",
        "Phát triển 35 hội viên; 5 không 3 sạch; ủy thác vay vốn 14 tỷ; duy trì các câu lạc bộ.",
    ),
}  # fmt: skip


def parts(root: Path) -> dict[str, list[str]]:
    return {name_of(document): [place.part for place in document.placements] for document in known(root)}


def known(root: Path) -> list[Document]:
    return list(again(open_archive(root)).documents)


def name_of(document: Document) -> str:
    return Path(document.path).stem


def test_what_gives_the_dossiers_name_is_weighed_by_its_surroundings_though_it_seemed_other_work(
    tmp_path: Path,
) -> None:
    put(tmp_path, **PAPERS)
    run(tmp_path)
    found = parts(tmp_path)
    assert (found["e"], found["f"]) == (["5"], ["6a", "6b"])
    assert found["q"] == []


def test_a_body_that_has_the_dossiers_name_is_its_own(tmp_path: Path) -> None:
    put(tmp_path, **PAPERS)
    run(tmp_path)
    assert parts(tmp_path)["g"] == ["7b"]


def test_a_request_to_launch_is_a_proposal_and_not_the_launch(tmp_path: Path) -> None:
    put(tmp_path, **PAPERS)
    run(tmp_path)
    assert parts(tmp_path)["c"] == ["3"]


def test_claimed_papers_keep_their_places_when_weighed_again(tmp_path: Path) -> None:
    put(tmp_path, **PAPERS)
    run(tmp_path)
    before = parts(tmp_path)
    run(tmp_path)
    assert parts(tmp_path) == before
    run(tmp_path, full=True)
    assert parts(tmp_path) == before
    put(tmp_path, note_txt="Ghi chép của cán bộ.")
    run(tmp_path)
    assert parts(tmp_path) == before | {"note": []}
