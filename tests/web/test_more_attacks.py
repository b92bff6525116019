"""A second list of what an attacker tries, each case against a server with accounts: on the wire, with names
and paths, with sessions and roles, with what is uploaded and with what is shown.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import socket
import statistics
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases import audit
from dossier.usecases.standing import id_of
from dossier.web.documents import address_of
from dossier.web.roles import Role
from tests.usecases.archives import FOUNDING, paper, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Reply, Running, Visit, running, scanned

OWN, FOREIGN = "Xã Hàm Thắng", "Phường Mũi Né"
NAMES = ("=cmd|' /C calc'!A0", "<svg onload=alert(1)>", "@SUM(1+1)*cmd", "{{7*7}} ${7*7} #{7*7}")
FOLDER = f"{OWN}/Mô hình/Camera an ninh"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("attacked") / "kho"
    for unit, name in ((OWN, "Camera an ninh"), (FOREIGN, "Chợ bí ẩn")):
        folder = f"{unit}/Mô hình/{name}"
        write(root, f"{folder}/qd.txt", FOUNDING.replace("Camera an ninh", name))
        write(root, f"{folder}/hoso.toml", f'unit = "{unit}"\n')
    for number, name in enumerate(NAMES):
        safe = name.replace("/", "∕")
        write(root, f"{FOLDER}/{safe}.txt", paper("BÁO CÁO", f"{number + 10}/BC-UBND", f"Kết quả {name}"))
    scanned(root)
    with running(open_archive(root), DAY) as up:
        for role in sorted(Role, key=lambda role: role is not Role.ADMIN):
            up.account(role.value, role, *((OWN,) if role is Role.UNIT else ()))
        yield up


@pytest.fixture(scope="module")
def archivist(office: Running) -> Visit:
    return office.signed_in("archivist")


def _raw(office: Running, sent: bytes, seconds: float = 5.0) -> bytes:
    """All that comes back on one connection."""
    got = b""
    with socket.create_connection(("127.0.0.1", office.port), timeout=seconds) as line:
        line.sendall(sent)
        try:
            while piece := line.recv(65536):
                got += piece
                if len(got) > 1 << 20:
                    break
        except (TimeoutError, ConnectionError):
            pass
    return got


def _log(office: Running) -> list[bytes]:
    """The lines of the log of acts."""
    return b"".join(path.read_bytes() for path in audit.files_in(office.archive.state)).splitlines()


# ------------------------------------------------------------ on the wire

_INNER = b"GET /quan-tri HTTP/1.1\r\nHost: localhost\r\n\r\n"
SMUGGLED = {
    "two lengths": b"Content-Length: 6\r\nContent-Length: 60\r\n",
    "two equal lengths and one more": b"Content-Length: 0, 60\r\n",
    "length and chunks": b"Content-Length: 60\r\nTransfer-Encoding: chunked\r\n",
    "chunks said twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "chunks with a tab": b"Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n",
    "coding nobody knows": b"Transfer-Encoding: xchunked\r\n",
    "signed length": b"Content-Length: +60\r\n",
    "length with a space": b"Content-Length : 60\r\n",
    "length in hexadecimal": b"Content-Length: 0x3c\r\n",
    "negative length": b"Content-Length: -1\r\n",
    "folded header": b"X-A: b\r\n Content-Length: 60\r\nContent-Length: 0\r\n",
    "length that is no number": b"Content-Length: 6\xc2\xb2\r\n",
}


@pytest.mark.parametrize("head", SMUGGLED.values(), ids=SMUGGLED)
def test_nothing_is_smuggled_behind_a_request(office: Running, head: bytes) -> None:
    sent = b"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n0\r\n\r\n" + _INNER
    got = _raw(office, sent, 3)
    said = [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", got)]
    assert said and said[0] >= 400 and all(status == 400 for status in said[1:]), got[:300]


LINES = (
    b"GET / HTTP/1.1\nHost: localhost\n\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET  /  HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"A" * 60 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(5000)) + b"\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: localhost\r\nCookie: s=geheim\r\n\r\n",
)


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_what_is_hardly_a_request_gives_no_page(office: Running, line: bytes) -> None:
    got = _raw(office, line, 3)
    assert b"<main" not in got and b"geheim" not in got and b"Traceback" not in got
    assert not got or got.split()[1] in (b"303", b"400", b"404", b"405", b"421", b"431", b"501", b"505"), got[
        :80
    ]


def test_upgrade_to_another_protocol_is_not_taken(office: Running) -> None:
    sent = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" \
           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"  # fmt: skip
    assert b" 101 " not in _raw(office, sent, 2)[:40]


# ------------------------------------------------------------ paths

PATHS = (
    "/quan-tri%2fnguoi-dung", "/quan-tri;x=1", "/QUAN-TRI", "/quan-tri/", "//quan-tri", "/./quan-tri",
    "/tinh/..%2fquan-tri", "/%71uan-tri", "/tinh/../quan-tri", "/quan-tri%00", "/quan-tri%20",
    "/quan-tri.json",
    "/van-ban/x/../../quan-tri", "/quan-tri?x=/healthz", "/api/v1/../../quan-tri", "/quan-tri%3f",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_way_of_writing_an_address_opens_what_the_role_may_not(archivist: Visit, path: str) -> None:
    reply = archivist.get(path)
    assert reply.status in (303, 400, 403, 404, 405), reply.text[:300]
    assert "Tình trạng máy</h1>" not in reply.text


@pytest.mark.parametrize(
    "name", ["..%2f..%2fetc%2fpasswd", "C:%5cWindows%5cwin.ini", "%5c%5cevil%5cshare", "page.css"]
)
def test_assets_are_known_by_their_exact_name_only(office: Running, name: str) -> None:
    assert Visit(office.port).ask("GET", f"/tinh/{name}").status == 404


# ------------------------------------------------------------ sessions


def _cookie(visit: Visit) -> str:
    return visit.cookie.partition("=")[2]


@pytest.mark.parametrize("tossed", ["s=x; {own}", "{own}; s=x", "s=x; s=y; {own}"])
def test_cookie_tossed_from_another_port_opens_nothing_of_its_own(office: Running, tossed: str) -> None:
    """A page on another port of the same machine can set cookies for us."""
    own, other = office.signed_in("archivist"), Visit(office.port)
    other.cookie = tossed.format(own=own.cookie)
    assert other.ask("GET", "/").status in (200, 303)
    other.cookie = "s=x; s=y"
    assert other.ask("GET", "/").status == 303


def test_session_chosen_by_somebody_else_is_not_the_one_after_signing_in(office: Running) -> None:
    victim = Visit(office.port, cookie="s=" + "A" * 43)
    victim.ask("POST", "/dang-nhap", {"name": "archivist", "password": "bốn con trâu cày ruộng"})
    assert victim.cookie and "A" * 43 not in victim.cookie
    assert Visit(office.port, cookie="s=" + "A" * 43).ask("GET", "/").status == 303


def test_role_that_changes_meanwhile_counts_from_the_next_request(office: Running) -> None:
    office.account("moved", Role.CHIEF)
    visit = office.signed_in("moved")
    assert visit.get("/moc").status == 200
    office.account("moved", Role.UNIT, OWN)
    assert visit.get("/moc").status in (303, 403)
    assert visit.post("/moc").status in (401, 403)
    assert not [entry for entry in audit.entries(office.archive, 30) if entry.act == "baseline"]


@pytest.mark.parametrize("way", ["?s={s}", "?token={s}", ";s={s}", "?csrf={t}", "?access_token={s}"])
def test_nothing_secret_in_an_address_counts(office: Running, archivist: Visit, way: str) -> None:
    address = "/" + way.format(s=_cookie(archivist), t=archivist.token)
    assert Visit(office.port).ask("GET", address).status in (303, 404)


def test_no_page_tells_the_session_nor_puts_the_token_into_a_link(archivist: Visit) -> None:
    for path in ("/", "/tai-khoan", "/chap-nhan", "/nop-luu", f"/ho-so/{id_of(FOLDER)}"):
        page = archivist.get(path).text
        assert _cookie(archivist) not in page
        assert not re.search(rf'(?:href|src|action)="[^"]*{archivist.token}', page)


def test_sessions_of_one_account_are_bounded_and_leave_the_rest_alone(
    office: Running, archivist: Visit
) -> None:
    used = office.signed_in("auditor")
    for _again in range(80):
        office.services.sessions.begin("auditor", "vi")
        office.services.storage.change("UPDATE sessions SET seen = seen - 60 WHERE account = 'auditor'")
        used.ask("GET", "/tai-khoan")
    began = time.thread_time()
    assert archivist.get("/").status == 200
    assert len(office.services.sessions.of("auditor")) <= 50
    assert used.get("/").status == 200
    assert time.thread_time() - began < 2


def test_unknown_account_takes_as_long_as_a_wrong_password(office: Running) -> None:
    def took(name: str) -> float:
        began = time.thread_time()
        assert not office.services.accounts.verify(name, "sai hoàn toàn rồi nhé", f"10.0.0.{len(name)}")
        return time.thread_time() - began

    known = statistics.median(took("chief") for _ in range(3))
    unknown = statistics.median(took("nobody-here") for _ in range(3))
    assert 0.4 < unknown / known < 2.5


@pytest.mark.parametrize(
    "name",
    ["*", "*)(uid=*", "archivist)(|(a=b", "archivist\x00", "ARCHIVIST\u200b", "admin'--"],
)
def test_name_made_for_another_language_signs_nobody_in(office: Running, name: str) -> None:
    reply = Visit(office.port).ask("POST", "/dang-nhap", {"name": name, "password": "bốn con trâu cày ruộng"})
    assert reply.status in (401, 422, 429) and "set-cookie" not in reply.headers


HEADERS = (
    "X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Forwarded-For", "X-Real-IP", "Forwarded",
    "X-Authenticated-User", "X-Forwarded-Proto", "X-Client-Cert", "X-Amzn-Oidc-Identity",
)  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_header_of_a_proxy_that_is_not_there_is_not_believed(office: Running, header: str) -> None:
    visit = Visit(office.port, extra={header: "admin"})
    assert visit.ask("GET", "/quan-tri").status == 303
    visit.ask("POST", "/dang-nhap", {"name": "x", "password": "sai"})
    assert b"admin" not in _log(office)[-1]


# ------------------------------------------------------------ what is shown


def _errors(office: Running, visit: Visit) -> dict[str, Reply]:
    return {
        "404": visit.get("/khong-co"), "405": visit.ask("DELETE", "/"), "403": visit.get("/quan-tri"),
        "412": visit.post(f"/can-xem/{address_of(FOLDER + '/qd.txt')}", muc="2", ban="x"),
        "413": visit.ask("POST", "/ngon-ngu", b"a=" + b"x" * 70_000),
        "414": visit.ask("GET", "/?q=" + "x" * 5000), "421": visit.ask("GET", "/", host="evil.example"),
        "422": visit.post("/chap-nhan", ho_so=id_of(FOLDER), quy_tac="MH-01"),
        "asset": visit.ask("GET", "/tinh/khong-co.js"), "health": visit.ask("GET", "/healthz"),
    }  # fmt: skip


def test_every_error_has_the_headers_of_a_page(office: Running, archivist: Visit) -> None:
    for name, reply in _errors(office, archivist).items():
        assert reply.headers.get("x-frame-options") == "DENY", name
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"], name
        assert reply.headers.get("x-content-type-options") == "nosniff", name
        assert "no-store" in reply.headers.get("cache-control", ""), name
        assert "server" not in reply.headers and "Traceback" not in reply.text, name


def test_private_pages_are_kept_by_no_cache_and_gone_after_signing_out(office: Running) -> None:
    visit = office.signed_in("archivist")
    paper_ = address_of(f"{FOLDER}/qd.txt")
    for path in (
        "/",
        f"/ho-so/{id_of(FOLDER)}",
        f"/van-ban/{paper_}",
        f"/van-ban/{paper_}/tep",
        "/api/v1/summary",
    ):
        assert "no-store" in visit.get(path).headers["cache-control"], path
    out = visit.post("/dang-xuat")
    assert '"cache"' in out.headers.get("clear-site-data", ""), out.headers
    assert visit.get("/").status == 303


@pytest.mark.parametrize(
    "asked", ["bytes=0-4", "bytes=99999999-", "bytes=-1", "bytes=0-0,2-2,4-4", "bytes=5-1"]
)
def test_part_of_an_original_is_saved_never_shown(archivist: Visit, asked: str) -> None:
    reply = archivist.get(f"/van-ban/{address_of(FOLDER + '/qd.txt')}/tep", range=asked)
    assert reply.status in (200, 206, 400, 416)
    if reply.status in (200, 206):
        assert (
            "attachment" in reply.headers["content-disposition"]
            or "multipart" in reply.headers["content-type"]
        )


def test_names_made_of_markup_and_formulas_are_text_on_pages_and_in_tables(archivist: Visit) -> None:
    page = archivist.get(f"/ho-so/{id_of(FOLDER)}").text
    assert "<svg onload" not in page and "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", page)
    table = archivist.get(f"/bao-cao/csv?ho-so={id_of(FOLDER)}").text
    cells = [cell for line in table.splitlines() for cell in re.split(r"[,;\t]", line)]
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "@", "+"))], table[:500]


@pytest.mark.parametrize(
    "said", ["a\r\n127.0.0.1 forged line", "\x1b[2J", "%0d%0aSet-Cookie: s=1", '\u2028{"act":"x"}']
)
def test_reason_never_makes_a_line_of_its_own_in_the_log(
    office: Running, archivist: Visit, said: str
) -> None:
    before = len(_log(office))
    archivist.post("/chap-nhan", ho_so=id_of(FOLDER), quy_tac="MH-01", ly_do=said)
    lines = _log(office)
    assert len(lines) - before <= 1 and b"\x1b" not in lines[-1]
    assert isinstance(json.loads(lines[-1]), dict)


# ------------------------------------------------------------ what is uploaded


def _put(visit: Visit, name: str, body: bytes, **headers: str) -> Reply:
    return visit.ask("PUT", f"/api/v1/inbox/{name}", body, x_csrf_token=visit.token, **headers)


def _digest(body: bytes, kind: str = "sha256") -> str:
    return base64.b64encode(hashlib.new(kind, body).digest()).decode()


TEXT = paper("THÔNG BÁO", "91/TB-UBND", "Về việc trực lễ").encode()
DIGESTS = {
    "right": (f"sha-256=:{_digest(TEXT)}:", True),
    "both right": (f"sha-512=:{_digest(TEXT, 'sha512')}:, sha-256=:{_digest(TEXT)}:", True),
    "of another file": (f"sha-256=:{_digest(b'x')}:", False),
    "one right one wrong": (f"sha-256=:{_digest(TEXT)}:, sha-512=:{_digest(b'x', 'sha512')}:", False),
    "unknown function": ("unixsum=:AAAA:", True),
    "not readable": ("sha-256=" + _digest(TEXT), False),
    "without padding": (f"sha-256=:{_digest(b'y').rstrip('=')}:", False),
}


@pytest.mark.parametrize(("said", "taken"), DIGESTS.values(), ids=DIGESTS)
def test_file_that_is_not_what_was_sent_is_not_taken(
    office: Running, archivist: Visit, said: str, taken: bool
) -> None:
    inbox = office.archive.root / "Hộp thư đến"
    before = set(inbox.iterdir()) if inbox.exists() else set()
    reply = _put(archivist, "truc-le.txt", TEXT, content_digest=said)
    after = set(inbox.iterdir()) if inbox.exists() else set()
    assert (reply.status < 300) is taken, reply.text
    if not taken:
        assert reply.status == 422 and after == before


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<a>" + b"\0" * (30 << 20))
    return made.getvalue()


def _head(path: Path) -> bytes:
    return path.read_bytes()[: 1 << 20] if path.stat().st_size < 1 << 20 else b""


UPLOADS = {
    "bomb.docx": _bomb(),
    "polyglot.pdf": b"%PDF-1.4\n<script>alert(1)</script>\nPK\x03\x04" + b"GIF89a",
    "page.html": b"<html><script>fetch('//evil.example')</script>",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "entities.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "zlib.pdf": b"%PDF-1.5\n1 0 obj<</Length 9/Filter/FlateDecode>>stream\n"
    + zlib.compress(b"\0" * (20 << 20)),
    "%2e%2e%2fout.txt": b"x",
    "CON.txt": b"x",
    "a.txt:ads": b"x",
    "x%00.pdf": b"x",
}


@pytest.mark.parametrize("name", UPLOADS)
def test_hostile_upload_stays_a_file_in_the_inbox_or_is_refused(
    office: Running, archivist: Visit, name: str
) -> None:
    root = office.archive.root
    outside = set(root.parent.iterdir())
    reply = _put(archivist, name, UPLOADS[name])
    assert reply.status < 500, reply.text
    assert set(root.parent.iterdir()) == outside
    assert not [
        path for path in office.archive.state.rglob("*") if path.is_file() and UPLOADS[name] == _head(path)
    ]
    assert "root:" not in archivist.get("/hop-thu-den").text and archivist.get("/").status == 200


# ------------------------------------------------------------ how long and how many


def test_lines_that_stay_open_are_few_for_one_session_and_pages_go_on(office: Running) -> None:
    visit = office.signed_in("auditor")
    lines = []
    for _again in range(12):
        line = socket.create_connection(("127.0.0.1", office.port), timeout=5)
        line.sendall(f"GET /su-kien HTTP/1.1\r\nHost: localhost\r\nCookie: {visit.cookie}\r\n\r\n".encode())
        lines.append(line)
    said = [line.recv(60) for line in lines]
    assert sum(b" 200 " in each for each in said) <= 3
    assert visit.get("/").status == 200
    for line in lines:
        line.close()


@pytest.mark.parametrize("piece", [b"GET / HTTP/1.1\r\nHost: local", b"", b"\r\n\r\n\r\n", b"GET"])
def test_line_that_says_nothing_is_let_go(
    office: Running, monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    from dossier.web import server

    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", office.port), timeout=10) as line:
        line.sendall(piece)
        began = time.monotonic()
        try:
            while line.recv(100):
                pass
        except ConnectionError:
            pass
        assert time.monotonic() - began < 8
