"""The inbox on the page: taken in, proposed, filed, taken back; what attackers send is refused."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.archive import open_archive
from dossier.usecases import audit
from dossier.usecases.known import open_known
from dossier.usecases.standing import id_of
from dossier.web.roles import Role
from dossier.web.uploads import Upload, _Parts
from tests.usecases.archives import FOUNDING, SURVEY, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Reply, Running, Visit, running, scanned

A = "Xã Hàm Thắng/Mô hình/Camera an ninh"
OTHER = "Phường Mũi Né/Mô hình/Chợ bí ẩn"
MARK = "Zebra7381"
EDGE = "----x7Yz"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Running]:
    root = tmp_path / "kho"
    for folder, name in ((A, "Camera an ninh"), (OTHER, "Chợ bí ẩn")):
        write(root, f"{folder}/06 QĐ/qd.txt", FOUNDING.replace("Camera an ninh", name))
        write(root, f"{folder}/hoso.toml", f'unit = "{folder.split("/")[0]}"\n')
    write(root, "Hộp thư đến/scan0007.txt", SURVEY)
    write(root, "Hộp thư đến/Phường Mũi Né/kin.txt", SURVEY.replace("Camera an ninh", "Chợ bí ẩn"))
    scanned(root)
    with running(open_archive(root), DAY) as up:
        yield up


def form(token: str, *files: tuple[str, bytes]) -> bytes:
    """A body as a browser's form sends it."""
    parts = [f'--{EDGE}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'.encode()]
    for name, content in files:
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: text/plain\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


def send(visit: Visit, *files: tuple[str, bytes], token: str | None = None, **headers: str) -> Reply:
    body = form(visit.token if token is None else token, *files)
    kind = f"multipart/form-data; boundary={EDGE}"
    return visit.ask("POST", "/hop-thu-den", body, **{"content_type": kind, **headers})


def file_it(visit: Visit, path: str, dossier: str, **more: str) -> Reply:
    return visit.post("/hop-thu-den/xep", tep=id_of(path), ho_so=id_of(dossier), **more)


def paths(office: Running) -> list[str]:
    with open_known(office.archive) as catalogue:
        return catalogue.paths()


def root_of(office: Running) -> Path:
    return office.archive.root


def test_page_proposes_the_dossier_with_its_reason(office: Running) -> None:
    text = office.owner().get("/hop-thu-den").text
    assert "scan0007.txt" in text
    assert "Camera an ninh" in text
    assert "trích yếu nêu tên" in text


def test_file_is_filed_from_the_page_and_taken_back(office: Running) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    assert file_it(visit, "Hộp thư đến/scan0007.txt", A, muc="6a", lan="1").status == 303
    assert office.services.intents.settled(20)
    filed = root_of(office) / A / "06 QĐ/scan0007.txt"
    assert filed.read_text() == SURVEY
    assert not (root_of(office) / "Hộp thư đến/scan0007.txt").exists()
    text = visit.get("/hop-thu-den").text
    assert f"{A}/06 QĐ/scan0007.txt" in text
    visit.post("/hop-thu-den/hoan-tac", so="1")
    assert office.services.intents.settled(20)
    assert (root_of(office) / "Hộp thư đến/scan0007.txt").read_text() == SURVEY
    assert not filed.exists()
    acts = [entry.act for entry in audit.entries(office.archive)]
    assert acts[:2] == ["inbox-undo", "inbox-file"]


def test_pressed_twice_it_is_filed_once(office: Running) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    for _again in range(2):
        file_it(visit, "Hộp thư đến/scan0007.txt", A, lan="dup")
    assert office.services.intents.settled(20)
    assert sum(path.endswith("scan0007.txt") for path in paths(office)) == 1


def test_form_without_script_takes_files_in(office: Running) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    reply = send(visit, ("moi.txt", SURVEY.encode()), ("hai.txt", FOUNDING.encode()))
    assert reply.status == 303
    assert {"Hộp thư đến/moi.txt", "Hộp thư đến/hai.txt"} <= set(paths(office))
    text = visit.get("/hop-thu-den").text
    assert "Đã nhận “moi.txt”" in text
    assert "Đã nhận “moi.txt”" not in visit.get("/hop-thu-den").text, "it is told once"


def test_body_of_a_request_is_taken_in(office: Running) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    reply = visit.ask("PUT", "/api/v1/inbox/moi.txt", SURVEY.encode(), x_csrf_token=visit.token)
    assert reply.status == 202
    assert (root_of(office) / "Hộp thư đến/moi.txt").read_text() == SURVEY


def test_secret_file_is_refused_and_no_byte_stays(office: Running) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    send(visit, ("mat.txt", f"TUYỆT MẬT\n{SURVEY}\n{MARK}".encode()))
    assert "dấu chỉ độ mật" in visit.get("/hop-thu-den").text
    there = [path for path in root_of(office).rglob("*") if path.is_file()]
    assert not [path for path in there if MARK.encode() in path.read_bytes()]


def test_without_the_token_nothing_stays(office: Running) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    assert send(visit, ("a.txt", SURVEY.encode()), token="0" * 64).status == 403
    assert visit.ask("PUT", "/api/v1/inbox/a.txt", b"x").status == 403
    assert not (root_of(office) / "Hộp thư đến/a.txt").exists()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_site_is_refused_before_its_file_is_taken(office: Running, origin: str) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    assert send(visit, ("a.txt", SURVEY.encode()), origin=origin).status == 403


def test_stranger_is_told_so_before_a_byte_is_taken(office: Running) -> None:
    assert send(Visit(office.port), ("a.txt", b"x" * 100_000)).status == 401


@pytest.mark.parametrize(
    "name",
    [
        "../../../x.txt",
        "..%2f..%2fx.txt",
        "C:\\x.txt",
        "/etc/x.txt",
        "a/../x.txt",
        "x.txt\r\nSet-Cookie: a=b",
    ],
)
def test_name_that_leads_elsewhere_stays_in_the_inbox(office: Running, name: str) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    before = {path for path in root_of(office).parent.rglob("*") if ".dossier" not in path.parts}
    send(visit, (name.replace("\r", "%0D").replace("\n", "%0A"), SURVEY.encode()))
    after = {path for path in root_of(office).parent.rglob("*") if ".dossier" not in path.parts}
    assert {path.parent for path in after - before} == {root_of(office) / "Hộp thư đến"}


@pytest.mark.parametrize("name", ["hoso.toml", "dossier.toml", ".htaccess.tmp"])
def test_name_with_a_meaning_is_refused(office: Running, name: str) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    send(visit, (name, b"kind = 'mo-hinh'"))
    assert "không nhận" in visit.get("/hop-thu-den").text
    assert not (root_of(office) / "Hộp thư đến" / name).exists()


def test_hostile_name_is_shown_as_text(office: Running) -> None:
    visit = office.owner()
    write(root_of(office), "Hộp thư đến/<img src=x onerror=alert(1)>.txt", FOUNDING)
    scanned(root_of(office))
    text = visit.get("/hop-thu-den").text
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


@pytest.mark.parametrize(
    "body",
    [b"", b"--", b"x" * 5000, f"--{EDGE}".encode(), f"--{EDGE}\r\n".encode() + b"a" * 20_000,
     f'--{EDGE}\r\nContent-Disposition: form-data; name="tep"; filename="a.txt"\r\n\r\nnever ends'.encode()],
)  # fmt: skip
def test_broken_form_is_refused_and_leaves_nothing(office: Running, body: bytes) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    before = paths(office)
    reply = visit.ask("POST", "/hop-thu-den", body, content_type=f"multipart/form-data; boundary={EDGE}")
    assert reply.status in (403, 413, 422)
    assert paths(office) == before
    assert not list(office.archive.state.glob(".inbox-*"))


def test_too_large_body_is_cut_off(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    write(root, f"{A}/qd.txt", FOUNDING)
    write(root, "dossier.toml", "[inbox]\nmax_file_mb = 1\n")
    scanned(root)
    with running(open_archive(root), DAY) as up:
        visit = up.owner()
        visit.get("/hop-thu-den")
        body = bytes((1 << 20) + 1)
        answer = visit.ask("PUT", "/api/v1/inbox/a.pdf", body, x_csrf_token=visit.token)
        assert answer.status == 413
        assert "lớn hơn 1 MB" in json.loads(answer.text)["error"]
        assert not list(up.archive.state.glob(".inbox-*"))


def test_client_that_sends_a_too_large_body_to_its_end_reads_why_it_is_refused(office: Running) -> None:
    body = b"a" * (4 << 20)  # more than the buffers of a connection hold
    head = f"POST /ngon-ngu HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", office.port), timeout=30) as raw:
        raw.sendall(head.encode() + body)
        answer = b"".join(iter(lambda: raw.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 413")
    assert "Nội dung gửi lên quá dài; không nhận." in answer


def test_unit_puts_into_its_own_folder_sees_it_alone_and_files_nothing(office: Running) -> None:
    office.account("admin", Role.ADMIN)
    office.account("mui ne", Role.UNIT, "Phường Mũi Né")
    visit = office.signed_in("mui ne")
    text = visit.get("/hop-thu-den").text
    assert "kin.txt" in text
    assert "scan0007.txt" not in text
    assert "Camera" not in text
    send(visit, ("cua toi.txt", SURVEY.encode()))
    assert (root_of(office) / "Hộp thư đến/Phường Mũi Né/cua toi.txt").exists()
    assert "Camera an ninh</b>" not in visit.get("/hop-thu-den").text, "no foreign dossier is proposed"
    assert file_it(visit, "Hộp thư đến/Phường Mũi Né/kin.txt", OTHER).status == 403


@pytest.mark.parametrize(("role", "may"), [(Role.ARCHIVIST, True), (Role.CHIEF, True), (Role.AUDITOR, False)])
def test_who_may_file(office: Running, role: Role, may: bool) -> None:
    office.account("admin", Role.ADMIN)
    office.account(role.value, role)
    visit = office.signed_in(role.value)
    visit.get("/hop-thu-den")
    reply = file_it(visit, "Hộp thư đến/scan0007.txt", A)
    assert reply.status == (303 if may else 403)


@pytest.mark.parametrize(
    ("path", "dossier"),
    [(f"{A}/06 QĐ/qd.txt", OTHER), ("Hộp thư đến/khong-co.txt", A), ("Hộp thư đến/scan0007.txt", "khong/co")],
)
def test_only_what_waits_goes_only_into_a_dossier(office: Running, path: str, dossier: str) -> None:
    visit = office.owner()
    visit.get("/hop-thu-den")
    assert file_it(visit, path, dossier).status == 404


def test_who_files_second_is_told_who_was_first(office: Running) -> None:
    office.account("admin", Role.ADMIN)
    for name in ("mot", "hai"):
        office.account(name, Role.ARCHIVIST)
    first, second = office.signed_in("mot"), office.signed_in("hai")
    for visit in (first, second):
        visit.get("/hop-thu-den")
    assert file_it(first, "Hộp thư đến/scan0007.txt", A).status == 303
    assert office.services.intents.settled(20)
    late = file_it(second, "Hộp thư đến/scan0007.txt", A)
    assert late.status == 412 and "đã được mot xếp" in late.text


def test_two_people_never_file_the_same_twice(office: Running) -> None:
    office.account("admin", Role.ADMIN)
    names = ["mot", "hai"]
    for name in names:
        office.account(name, Role.ARCHIVIST)
    visits = [office.signed_in(name) for name in names]
    for visit in visits:
        visit.get("/hop-thu-den")
    replies: list[int] = []
    threads = [
        threading.Thread(
            target=lambda v=visit: replies.append(file_it(v, "Hộp thư đến/scan0007.txt", A).status)
        )
        for visit in visits
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert office.services.intents.settled(20)
    assert sum(path.endswith("scan0007.txt") for path in paths(office)) == 1
    assert (root_of(office) / A / "06 QĐ").exists()
    assert len(list(root_of(office).rglob("scan0007*.txt"))) == 1


@given(content=st.binary(max_size=300), cuts=st.lists(st.integers(0, 700), max_size=12))
def test_form_is_understood_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, cuts: list[int]
) -> None:
    body = form("t" * 64, ("a.txt", content), ("b.txt", b"\r\n--" + EDGE[:-1].encode()))
    folder = tmp_path_factory.mktemp("cut")
    upload = Upload()
    parts = _Parts(folder, upload, EDGE.encode())
    at = 0
    for cut in sorted({min(cut, len(body)) for cut in cuts} | {len(body)}):
        parts.feed(body[at:cut])
        at = cut
    parts.end()
    assert upload.form == {"csrf": "t" * 64}
    assert [file.name for file in upload.files] == ["a.txt", "b.txt"]
    assert upload.files[1].read_bytes() == b"\r\n--" + EDGE[:-1].encode()
    if b"\r\n--" + EDGE.encode() not in b"\r\n" + content:
        assert upload.files[0].read_bytes() == content
