"""What bears a secrecy stamp, or was read by nobody, is shown by no address to anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.usecases import audit
from dossier.usecases.correct import unsealed
from dossier.usecases.standing import id_of
from dossier.web.roles import Role
from tests.web.serving import Reply, Running, Visit, running, scanned

_HEAD = "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
_BODY = """Hàm Thắng, ngày 05 tháng 3 năm 2023
QUYẾT ĐỊNH
Về việc thành lập mô hình “Kim Cương 77”
Chuyên án Kim Cương 77 tại đồi Bạch Mã.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
"""
WORDS = ("Kim Cương 77", "Bạch Mã", "Kim C&#", "QD bi mat ten")


FIRST = (
    "/can-xem", "/tim?q=Kim+Cuong+77", "/tim?q=QD", "/lich", "/nhat-ky", "/chap-nhan", "/api/v1/dossiers",
    "/api/v1/search?q=bach+ma", "/api/v1/review/next", "/api/v1/dues", "/bao-cao/json", "/bao-cao/csv",
)  # fmt: skip


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Running]:
    root = tmp_path / "kho"
    folder = root / "mo-hinh" / "A"
    folder.mkdir(parents=True)
    (folder / "QD bi mat ten.txt").write_text(f"{_HEAD}Số: 12/QĐ-UBND\nTỐI MẬT\n{_BODY}", "utf-8")
    (folder / "KH.txt").write_text(
        f"{_HEAD}Số: 3/KH-UBND\nHàm Thắng, ngày 01 tháng 02 năm 2023\nKẾ HOẠCH\nKhảo sát xây dựng mô hình\n",
        "utf-8",
    )
    (folder / "anh.png").write_bytes(_png())
    with running(scanned(root)) as up:
        yield up


def _png() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    return out.getvalue()


def _crawl(visit: Visit, start: str = "/") -> dict[str, str]:
    """Every page that links lead to, and what machines are given of it."""
    seen: dict[str, str] = {}
    todo = [start, *FIRST]
    while todo:
        path = todo.pop()
        if path in seen or len(seen) > 300:
            continue
        reply = visit.get(path)
        seen[path] = reply.text
        todo += [link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"#]*)', reply.text)]
        todo += [f"/api/v1/dossiers/{name}" for name in re.findall(r"/ho-so/([0-9a-f]{18})", reply.text)]
    return seen


def _doc(running: Running, name: str) -> str:
    from dossier.web.documents import address_of

    return address_of(f"mo-hinh/A/{name}", 1)


def test_no_page_tells_what_a_secret_paper_says(sealed: Running) -> None:
    for path, text in _crawl(sealed.owner()).items():
        for word in WORDS[:2]:
            told = text.replace(path, "").replace('value="Kim Cuong 77"', "")
            assert word not in told, path


@pytest.mark.parametrize("tail", ["/trang/1.jpg", "/tep", "/muc"])
def test_secret_paper_has_no_picture_no_file_and_no_place(sealed: Running, tail: str) -> None:
    visit, doc = sealed.owner(), _doc(sealed, "QD bi mat ten.txt")
    reply = (
        visit.post(f"/van-ban/{doc}{tail}", muc="6a")
        if tail == "/muc"
        else visit.get(f"/van-ban/{doc}{tail}")
    )
    assert reply.status == 404


def test_secret_paper_is_told_of_with_what_to_do(sealed: Running) -> None:
    text = sealed.owner().get(f"/van-ban/{_doc(sealed, 'QD bi mat ten.txt')}").text
    assert "117/2025" in text and "không hiển thị" in text


def test_name_of_a_secret_file_is_told_only_to_who_must_deal_with_it(sealed: Running) -> None:
    sealed.account("quản trị", Role.ADMIN)
    sealed.account("an", Role.ARCHIVIST)
    sealed.account("kiểm", Role.AUDITOR)
    doc = _doc(sealed, "QD bi mat ten.txt")
    assert "QD bi mat ten" in sealed.signed_in("an").get(f"/van-ban/{doc}").text
    for path, text in _crawl(sealed.signed_in("kiểm")).items():
        assert "QD bi mat ten" not in text, path


def test_scan_that_nothing_has_read_is_not_pictured(sealed: Running) -> None:
    visit, doc = sealed.owner(), _doc(sealed, "anh.png")
    assert visit.get(f"/van-ban/{doc}/trang/1.jpg").status == 404
    assert visit.get(f"/van-ban/{doc}/tep").status in (200, 404)
    assert ".jpg" not in visit.get(f"/van-ban/{doc}").text


def test_file_that_has_changed_since_it_was_read_is_not_shown(sealed: Running) -> None:
    file = sealed.archive.root / "mo-hinh" / "A" / "KH.txt"
    visit, doc = sealed.owner(), _doc(sealed, "KH.txt")
    assert visit.get(f"/van-ban/{doc}/tep").status == 200
    file.write_text("TUYỆT MẬT\nkhác hẳn", "utf-8")
    reply = visit.get(f"/van-ban/{doc}/tep")
    assert reply.status == 500 and "đã thay đổi" in reply.text and "khác hẳn" not in reply.text


def _unseal(running: Running, visit: Visit, **form: str) -> Reply:
    said = {"ly_do": "đã xem bản gốc: khung đỏ là dấu đến", "da_xem": "co", **form}
    return visit.post(f"/van-ban/{_doc(running, 'QD bi mat ten.txt')}/mo-niem-phong", **said)


def test_sealed_paper_is_unsealed_by_who_saw_it_with_a_reason_and_the_log_tells(sealed: Running) -> None:
    visit, address = sealed.owner(), f"/van-ban/{_doc(sealed, 'QD bi mat ten.txt')}"
    assert address in visit.get(f"/ho-so/{id_of('mo-hinh/A')}").text
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', visit.get(address).text))
    sent = {**form, "ly-do": "khung đỏ là dấu đến", "da-xem": "co"}
    replies = [visit.ask("POST", f"{address}/mo-niem-phong", sent).status for _again in range(2)]
    assert replies[0] == 303 and replies[1] in (303, 412)
    assert sealed.services.intents.settled(60)
    assert "12/QĐ-UBND" in visit.get(address).text
    (said,) = unsealed(sealed.archive, history=True)
    assert said.reason == "khung đỏ là dấu đến"
    assert [entry.act for entry in audit.entries(sealed.archive)].count("unseal") == 1


@pytest.mark.parametrize(("form", "status"), [
    ({"ly_do": " "}, 422), ({"da_xem": ""}, 422), ({"ban": "0" * 64}, 412), ({"csrf": "0" * 64}, 403),
])  # fmt: skip
def test_sealed_paper_stays_sealed_without_reason_look_or_proof(
    sealed: Running, form: dict[str, str], status: int
) -> None:
    assert _unseal(sealed, sealed.owner(), **form).status == status
    assert sealed.services.intents.waiting() == 0 and unsealed(sealed.archive) == []


@pytest.mark.parametrize(("role", "status"), [
    (Role.ARCHIVIST, 303), (Role.CHIEF, 403), (Role.UNIT, 403), (Role.AUDITOR, 403), (Role.ADMIN, 403),
])  # fmt: skip
def test_only_who_deals_with_secret_papers_for_the_office_unseals(
    sealed: Running, role: Role, status: int
) -> None:
    sealed.account("quản trị", Role.ADMIN)
    sealed.account("an", role, *(sealed.services.cache.standing().rows[0].unit,) * (role is Role.UNIT))
    visit = sealed.signed_in("an")
    offered = "mo-niem-phong" in visit.get(f"/van-ban/{_doc(sealed, 'QD bi mat ten.txt')}").text
    assert (offered, _unseal(sealed, visit).status) == (status == 303, status)


def test_archivist_of_single_units_does_not_unseal(sealed: Running) -> None:
    sealed.account("quản trị", Role.ADMIN)
    sealed.account("an", Role.ARCHIVIST, sealed.services.cache.standing().rows[0].unit)
    assert _unseal(sealed, sealed.signed_in("an")).status == 403


def test_paper_that_is_not_sealed_cannot_be_unsealed(sealed: Running) -> None:
    visit = sealed.owner()
    reply = visit.post(f"/van-ban/{_doc(sealed, 'KH.txt')}/mo-niem-phong", ly_do="x", da_xem="co")
    assert reply.status == 412 and unsealed(sealed.archive) == []
