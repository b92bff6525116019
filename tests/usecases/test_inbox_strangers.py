"""What a stranger drops into the inbox: no wrong dossier is ever proposed as certain.

Written before the first of them was tried; the names of files and the words of the papers are a stranger's.
"""

# ruff: noqa: E501  a case is one line

from __future__ import annotations

from collections import Counter

import pytest

from dossier.archive import open_archive
from dossier.usecases.inbox.proposing import CERTAIN, FilingProposal, Proposer
from dossier.usecases.inbox.waiting import files_waiting
from dossier.usecases.known import open_known
from dossier.usecases.reading import processor_for
from dossier.usecases.scan import scan
from tests.usecases.archives import paper, write

_CAMERA, _MARKET, _SCHOOL, _TEMPLE, _DEBT, _DEBT_B = (
    "Xã Hàm Thắng/Mô hình/Camera an ninh",
    "Xã Hàm Thắng/Mô hình/Chợ an toàn",
    "Xã Hàm Thắng/Mô hình/Trường học không ma túy",
    "Xã Hàm Thắng/Mô hình/Tiếng kẻng an ninh",
    "Xã Hàm Thắng/Mô hình/Tổ tự quản thu hồi nợ",
    "Xã Sơn Mỹ/Mô hình/Camera an ninh",
)
_NONE = ""


def _of(name: str) -> str:
    return f"mô hình “{name}”"


# name of the file, its text, the dossier (empty: none of these)
CASES = [
    ("scan0001.txt", paper("KẾ HOẠCH", "21/KH-UBND", f"Triển khai {_of('Chợ an toàn')} năm 2023"), _MARKET),
    ("IMG_20230401.txt", paper("BÁO CÁO", "31/BC-UBND", f"Kết quả 6 tháng thực hiện {_of('Trường học không ma túy')}"), _SCHOOL),
    ("Bao cao tieng keng quy 1.txt", paper("BÁO CÁO", "32/BC-UBND", "Kết quả thực hiện mô hình Tiếng kẻng an ninh quý I"), _TEMPLE),
    ("BC camera.txt", paper("BÁO CÁO", "33/BC-UBND", "Tình hình hoạt động hệ thống camera an ninh trên địa bàn xã"), _CAMERA),
    ("cong van den 45.txt", paper("CÔNG VĂN", "45/UBND-VP", "V/v chuẩn bị hội nghị tổng kết công tác cải cách hành chính"), _NONE),
    ("giay moi hop.txt", paper("GIẤY MỜI", "46/GM-UBND", "Họp giao ban tháng 4"), _NONE),
    ("Document1.txt", paper("QUYẾT ĐỊNH", "47/QĐ-UBND", "Kiện toàn Ban Chủ nhiệm mô hình", body="Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2023 của Ủy ban nhân dân xã Hàm Thắng về việc thành lập mô hình."), _CAMERA),
    ("kien toan.txt", paper("QUYẾT ĐỊNH", "48/QĐ-UBND", "Kiện toàn Ban Chủ nhiệm mô hình", body="Căn cứ Quyết định số 14/QĐ-UBND ngày 05 tháng 3 năm 2023 của UBND xã;"), _SCHOOL),
    ("so 13.txt", paper("THÔNG BÁO", "49/TB-UBND", "Kết luận cuộc họp Ban Chủ nhiệm", body="Thực hiện Quyết định số 13/QĐ-UBND ngày 05/03/2023, Ban Chủ nhiệm họp ngày 20/3/2023."), _MARKET),
    ("Camera an ninh.txt", paper("BÁO CÁO", "50/BC-UBND", "Kết quả thực hiện công tác tháng 3", body="Mô hình hoạt động ổn định, có 12 mắt camera."), _CAMERA),
    ("camera.txt", paper("TỜ TRÌNH", "51/TTr-UBND", "Xin kinh phí mua máy ảnh phục vụ tuyên truyền"), _NONE),
    ("bao gia.txt", "BÁO GIÁ\nCamera an ninh Hikvision 2MP\n12 chiếc x 1.500.000 đồng\nCửa hàng Minh Phát\n", _NONE),
    ("cho.txt", paper("KẾ HOẠCH", "52/KH-UBND", "Sửa chữa, nâng cấp chợ Hàm Thắng"), _NONE),
    ("vs attp.txt", paper("KẾ HOẠCH", "53/KH-UBND", "Kiểm tra vệ sinh an toàn thực phẩm tại chợ"), _NONE),
    ("khen thuong.txt", paper("QUYẾT ĐỊNH", "54/QĐ-UBND", f"Khen thưởng tập thể, cá nhân trong thực hiện {_of('Tiếng kẻng an ninh')}"), _TEMPLE),
    ("hai mo hinh.txt", paper("BÁO CÁO", "55/BC-UBND", f"Kết quả thực hiện {_of('Camera an ninh')} và {_of('Chợ an toàn')}"), _NONE),
    ("tong hop.txt", paper("BÁO CÁO", "56/BC-UBND", "Kết quả phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2022", body="Toàn xã có 5 mô hình: Camera an ninh; Chợ an toàn; Trường học không ma túy; Tiếng kẻng an ninh; Tổ tự quản thu hồi nợ."), _NONE),
    ("son my.txt", paper("BÁO CÁO", "57/BC-UBND", f"Kết quả thực hiện {_of('Camera an ninh')}").replace("HÀM THẮNG", "SƠN MỸ").replace("Hàm Thắng", "Sơn Mỹ"), _DEBT_B),
    ("xa khac.txt", paper("BÁO CÁO", "58/BC-UBND", f"Kết quả thực hiện {_of('Camera an ninh')}").replace("HÀM THẮNG", "TÂN LẬP").replace("Hàm Thắng", "Tân Lập"), _NONE),
    ("ma tuy.txt", paper("KẾ HOẠCH", "59/KH-UBND", "Phòng, chống ma túy trong trường học năm 2023"), _NONE),
    ("mo hinh moi.txt", paper("QUYẾT ĐỊNH", "60/QĐ-UBND", f"Về việc thành lập {_of('Cổng trường an toàn giao thông')}"), _NONE),
    ("mo hinh dai hon.txt", paper("QUYẾT ĐỊNH", "61/QĐ-UBND", f"Về việc thành lập {_of('Camera an ninh trong trường học')}"), _NONE),
    ("no.txt", paper("KẾ HOẠCH", "62/KH-UBND", "Tổ tự quản thu hồi nợ quý II năm 2023"), _DEBT),
    ("Trường học không ma túy/anh.txt", "Ảnh buổi ra mắt ngày 05/3/2023", _SCHOOL),
    ("cho an toan/thu 1.txt", paper("GIẤY MỜI", "63/GM-UBND", "Họp Ban Chủ nhiệm"), _MARKET),
    ("TRUONG HOC KHONG MA TUY - bien ban.txt", "BIÊN BẢN\nHọp Ban Chủ nhiệm ngày 10/3/2023\nThành phần: 7 thành viên\nNội dung: phân công nhiệm vụ\n", _SCHOOL),
    ("rong.txt", "1 2 3", _NONE),
    ("lich truc.txt", "LỊCH TRỰC CAMERA AN NINH\nThứ hai: An\nThứ ba: Bình\n", _NONE),
    ("vi tinh.txt", paper("QUYẾT ĐỊNH", "64/QĐ-UBND", "Giải thể mô hình", body="Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2019 của UBND huyện; xét đề nghị của Công an xã."), _NONE),
    ("dau nhay.txt", paper("BÁO CÁO", "65/BC-UBND", "Kết quả thực hiện mô hình 'Chợ an toàn' giai đoạn 2022-2023"), _MARKET),
]  # fmt: skip


@pytest.fixture(scope="module")
def proposals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FilingProposal]:
    root = tmp_path_factory.mktemp("strangers") / "kho"
    for number, dossier in enumerate((_CAMERA, _MARKET, _SCHOOL, _TEMPLE, _DEBT, _DEBT_B), 12):
        name = dossier.rpartition("/")[2]
        text = paper("QUYẾT ĐỊNH", f"{number}/QĐ-UBND", f"Về việc thành lập {_of(name)}")
        if dossier == _DEBT_B:
            text = text.replace("HÀM THẮNG", "SƠN MỸ").replace("Hàm Thắng", "Sơn Mỹ")
        write(root, f"{dossier}/06 Quyết định thành lập/qd.txt", text)
    for name, text, _dossier in CASES:
        write(root, f"Hộp thư đến/{name}", text)
    scan(open_archive(root), workers=1)
    archive = open_archive(root)
    with open_known(archive) as catalogue:
        proposer = Proposer(archive, catalogue, processor_for(archive))
        return {file.name: proposer.propose(file) for file in files_waiting(archive, catalogue)}


def said(proposal: FilingProposal) -> str:
    """The dossier that is proposed without doubt; empty: a person is asked."""
    first = proposal.choices[0] if proposal.choices else None
    return first.folder.path if first and first.named and first.confidence >= CERTAIN else ""


@pytest.mark.parametrize(("name", "dossier"), [(name, dossier) for name, _text, dossier in CASES])
def test_proposal_is_right_or_in_doubt(proposals: dict[str, FilingProposal], name: str, dossier: str) -> None:
    assert said(proposals[name]) in ("", dossier)


def test_most_papers_that_name_their_dossier_are_proposed_to_it_first(
    proposals: dict[str, FilingProposal],
) -> None:
    first = Counter(
        bool(proposals[name].choices) and proposals[name].choices[0].folder.path == dossier
        for name, _text, dossier in CASES
        if dossier
    )
    assert first[True] >= 0.85 * first.total()
