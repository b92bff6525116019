"""New dossiers on the page, folders taken for dossiers, tables of decisions, papers sealed again: by who
speaks for the office, with what the command line would have done."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases import adopt, audit, correct, decisions, fact_entries
from dossier.usecases.standing import id_of
from dossier.web.documents import address_of
from dossier.web.roles import Role
from tests.usecases.archives import FOUNDING, PROPOSAL, SURVEY, put, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Reply, Running, Visit, running, scanned

HEAP = "Tài liệu 2023/Camera an ninh"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Running]:
    """One dossier, and a folder that looks like another one but lies where none is looked for."""
    root = tmp_path / "kho"
    put(root, qd_txt=FOUNDING.replace("Camera an ninh", "Chợ an toàn"))
    for name, text in {"qd": FOUNDING, "kh": SURVEY, "tt": PROPOSAL}.items():
        write(root, f"{HEAP}/{name}.txt", text)
    scanned(root)
    with running(open_archive(root), DAY) as up:
        yield up


def _done(office: Running) -> None:
    assert office.services.intents.settled(30) and office.services.rescan.settled(60)
    office.services.cache.changed()


def _acts(office: Running) -> list[str]:
    return [entry.act for entry in audit.entries(office.archive)]


def test_kinds_are_called_in_the_language_of_the_page(office: Running) -> None:
    visit = office.owner()
    visit.post("/ngon-ngu", lang="en")
    shown = visit.get("/ho-so-moi").text
    assert ">Model dossier</option>" in shown and "Hồ sơ mô hình" not in shown


def test_new_dossier_has_its_folders_and_stands_in_the_overview(office: Running) -> None:
    visit = office.owner()
    assert 'action="/ho-so-moi"' in visit.get("/ho-so-moi").text
    form = {"loai": "mo-hinh", "ten": "Xóm bình yên", "don_vi": "Xã Hàm Thắng", "lan": "1"}
    replies = [visit.post("/ho-so-moi", **form).status for _again in range(2)]
    assert replies[0] == 303
    _done(office)
    folder = office.archive.root / "mo-hinh" / "Xóm bình yên"
    assert (folder / "hoso.toml").is_file() and len(list(folder.iterdir())) == 17
    page = visit.get(f"/ho-so/{id_of('mo-hinh/Xóm bình yên')}")
    assert page.status == 200 and "Xã Hàm Thắng" in page.text
    assert fact_entries.entries_of(office.archive, "mo-hinh/Xóm bình yên")[0].value == "Xã Hàm Thắng"
    assert _acts(office).count("new") == 1


def test_name_that_cannot_be_a_new_folder_is_refused_and_nothing_is_made(office: Running) -> None:
    root, visit = office.archive.root, office.owner()
    before = sorted(path for path in root.rglob("*") if office.archive.state not in path.parents)
    for name in (
        "", "../../ngoài", "..", "CON", "a/b", "a\\b", ".ẩn", "a\u202eb", "tên.", "C:\\x", "A", "x" * 400,
    ):  # fmt: skip
        reply = visit.post("/ho-so-moi", loai="mo-hinh", ten=name)
        assert reply.status == 422, (name, reply.text)
    assert visit.post("/ho-so-moi", loai="không có", ten="X").status == 422
    assert sorted(path for path in root.rglob("*") if office.archive.state not in path.parents) == before


def test_folder_that_looks_like_a_dossier_is_taken_as_one_with_its_reasons_shown(office: Running) -> None:
    visit = office.owner()
    text = visit.get("/ho-so-moi").text
    assert HEAP in text and "có văn bản thành lập số 12/QĐ-UBND" in text
    assert "/ho-so-moi" in visit.get("/").text
    said = visit.post("/ho-so-moi/nhan", thu_muc=id_of(HEAP), loai="mo-hinh", ten="Camera an ninh", lan="1")
    assert said.status == 303
    _done(office)
    assert [(a.path, a.kind) for a in adopt.adoptions(office.archive)] == [(HEAP, "mo-hinh")]
    assert "12/QĐ-UBND" in visit.get(f"/ho-so/{id_of(HEAP)}").text
    assert (office.archive.root / HEAP / "qd.txt").read_text("utf-8") == FOUNDING
    assert visit.post("/ho-so-moi/bo", thu_muc=id_of(HEAP), lan="2").status == 303
    _done(office)
    assert adopt.adoptions(office.archive) == () and visit.get(f"/ho-so/{id_of(HEAP)}").status == 404
    assert _acts(office).count("adopt") == 1


def test_of_two_who_answer_for_a_folder_the_second_is_told(office: Running) -> None:
    for name in ("an", "bình"):
        office.account(name, Role.ADMIN if name == "an" else Role.CHIEF)
    office.account("chi", Role.CHIEF)
    binh, chi = office.signed_in("bình"), office.signed_in("chi")
    taken = {"thu_muc": id_of(HEAP), "loai": "mo-hinh", "ten": "Camera an ninh"}
    assert binh.post("/ho-so-moi/nhan", **taken, lan="1").status == 303
    _done(office)
    late = chi.post("/ho-so-moi/nhan", thu_muc=id_of(HEAP), khong="co", lan="1")
    assert late.status == 412 and "đã được bình trả lời" in late.text
    seen = re.search(r'action="/ho-so-moi/bo".*?name="ban" value="([^"]+)"', chi.get("/ho-so-moi").text)
    assert seen and binh.post("/ho-so-moi/bo", thu_muc=id_of(HEAP), ban=seen[1], lan="2").status == 303
    _done(office)
    late = chi.post("/ho-so-moi/bo", thu_muc=id_of(HEAP), ban=seen[1], lan="2")
    assert late.status == 412 and "đã được người khác bỏ" in late.text
    assert _acts(office).count("adopt") == 1 and adopt.adoptions(office.archive) == ()


def test_folder_that_is_no_dossier_is_not_offered_again(office: Running) -> None:
    visit = office.owner()
    visit.post("/ho-so-moi/nhan", thu_muc=id_of(HEAP), khong="co", lan="1")
    _done(office)
    assert adopt.proposals(office.archive) == () and "không phải hồ sơ" in visit.get("/ho-so-moi").text


def test_another_folder_is_taken_by_its_path_and_only_one_that_lies_outside(office: Running) -> None:
    visit = office.owner()
    for wrong in ("../..", "/etc", "mo-hinh/A", ".dossier", "Tài liệu 2023/không có"):
        assert visit.post("/ho-so-moi/nhan", khac=wrong).status == 422
    assert visit.post("/ho-so-moi/nhan", khac=f"{HEAP}/", ten="Mắt thần").status == 303
    _done(office)
    assert [a.name for a in adopt.adoptions(office.archive)] == ["Mắt thần"]


def test_machine_does_the_same(office: Running) -> None:
    visit = office.owner()
    found = json.loads(visit.get("/api/v1/adoptions").text)["proposals"]
    assert [each["path"] for each in found] == [HEAP] and found[0]["reasons"]
    assert visit.post("/api/v1/adoptions", thu_muc=found[0]["id"], lan="1").status == 202
    assert visit.post("/api/v1/dossiers", loai="dien-hinh", ten="Chị Lan", lan="2").status == 202
    _done(office)
    paths = {each["path"] for each in json.loads(visit.get("/api/v1/dossiers").text)["dossiers"]}
    assert {HEAP, "mo-hinh/A"} < paths and len(paths) == 3
    assert visit.post("/api/v1/adoptions/undo", thu_muc=found[0]["id"], lan="3").status == 202


def test_only_who_speaks_for_the_office_makes_dossiers_and_carries_decisions(
    office: Running,
) -> None:
    office.account("quản trị", Role.ADMIN)
    unit = office.services.cache.standing().rows[0].unit
    office.account("an", Role.ARCHIVIST)
    office.account("bình", Role.CHIEF)
    office.account("của một đơn vị", Role.ARCHIVIST, unit)
    office.account("đơn vị", Role.UNIT, unit)
    office.account("kiểm", Role.AUDITOR)
    for name in ("an", "bình", "của một đơn vị", "đơn vị", "kiểm", "quản trị"):
        visit, may = office.signed_in(name), name in ("an", "bình")
        for path in ("/ho-so-moi", "/quyet-dinh", "/quyet-dinh/bang.csv", "/api/v1/decisions"):
            assert visit.get(path).status == (200 if may else 403), (name, path)
        reply = visit.post("/ho-so-moi/nhan", thu_muc="0" * 18)
        assert reply.status == (404 if may else 403), name
        assert ("/ho-so-moi" in visit.get("/").text) is may


def _sent(visit: Visit, name: str, content: bytes) -> Reply:
    """As a browser sends the form with a file."""
    head = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    form = head.format("csrf", "") + visit.token + "\r\n" + head.format("tep", f'; filename="{name}"')
    body = form.encode() + content + b"\r\n--x--\r\n"
    return visit.ask("POST", "/quyet-dinh", body, content_type="multipart/form-data; boundary=x")


def test_decisions_go_out_as_a_table_and_come_back(office: Running) -> None:
    visit, doc = office.owner(), address_of("mo-hinh/A/qd.txt")
    assert visit.post(f"/van-ban/{doc}/muc", muc="6a", lan="1").status == 303
    _done(office)
    text = visit.get("/quyet-dinh").text
    assert "6a" in text and f"/van-ban/{doc}" in text
    table = visit.get("/quyet-dinh/bang.csv")
    assert table.headers["content-disposition"].startswith("attachment") and "6a" in table.text
    decisions.undo(office.archive, "mo-hinh/A/qd.txt")
    assert decisions.decisions(office.archive) == []
    assert _sent(visit, "bảng.csv", table.body).status == 303
    assert "nhận 1 quyết định" in visit.get("/quyet-dinh").text
    (made,) = decisions.decisions(office.archive)
    assert [place.part for place in made.decision.placements] == ["6a"]
    answer = visit.ask("PUT", "/api/v1/decisions/b.csv", table.body, x_csrf_token=visit.token)
    assert answer.status == 202 and json.loads(answer.text)["known"] == 1
    assert {"decisions-export", "decisions-import"} <= set(_acts(office))


def test_table_that_is_none_is_refused_in_a_sentence(office: Running) -> None:
    visit = office.owner()
    for content in (b"", b"\x00\xff\xfe" * 50, b"sha256;parts\r\n" + b"x;y\r\n" * 40, b"PK\x03\x04"):
        reply = _sent(visit, "b.csv", content)
        text = visit.get("/quyet-dinh").text if reply.status == 303 else reply.text
        assert reply.status in (303, 422) and "Traceback" not in text, (content[:9], text)
    assert decisions.decisions(office.archive) == []


def test_unsealed_paper_is_sealed_again_on_its_page(office: Running) -> None:
    write(office.archive.root, "mo-hinh/A/mat.txt", "TUYỆT MẬT\n" + FOUNDING)
    scanned(office.archive.root)
    office.services.cache.changed()
    visit, address = office.owner(), f"/van-ban/{address_of('mo-hinh/A/mat.txt')}"
    assert visit.post(f"{address}/niem-phong").status == 412  # nobody has unsealed it
    visit.post(f"{address}/mo-niem-phong", ly_do="đã giải mật", da_xem="co", lan="1")
    _done(office)
    text = visit.get(address).text
    assert "12/QĐ-UBND" in text and "đã giải mật" in text
    form = dict(re.findall(r'name="(ban|lan)" value="([^"]*)"', text[text.index("/niem-phong") :]))
    assert visit.post(f"{address}/niem-phong", ban="0" * 64).status == 412
    assert visit.post(f"{address}/niem-phong", **form).status == 303
    _done(office)
    assert "không hiển thị" in visit.get(address).text and correct.unsealed(office.archive) == []
    assert "seal" in _acts(office)
