"""What a stranger in the office's network tries: a colleague of another unit, an infected machine, a hostile
paper. Each case is one request or a few; all are sent to one server."""

# ruff: noqa: E501
from __future__ import annotations

import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from dossier.archive import open_archive
from dossier.usecases import audit
from dossier.usecases.decisions import decisions
from dossier.usecases.standing import id_of
from dossier.web.documents import address_of
from dossier.web.roles import Role
from tests.usecases.archives import FOUNDING, paper, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import PASSWORD, Reply, Running, Visit, running, scanned

OWN, FOREIGN = "Xã Hàm Thắng", "Phường Mũi Né"
SECRET = "Chợ bí ẩn"  # what the other unit's dossier is called, and nothing else
RLO = "\u202e"


def _place(unit: str, name: str) -> str:
    return f"{unit}/Mô hình/{name}"


FOREIGN_DOC = address_of(f"{_place(FOREIGN, SECRET)}/bc.txt")
FOREIGN_ID = id_of(_place(FOREIGN, SECRET))
OWN_DOC = address_of(f"{_place(OWN, 'Camera an ninh')}/bc.txt")
OWN_ID = id_of(_place(OWN, "Camera an ninh"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("strangers") / "kho"
    for unit, name in ((OWN, "Camera an ninh"), (FOREIGN, SECRET)):
        folder = _place(unit, name)
        write(root, f"{folder}/qd.txt", FOUNDING.replace("Camera an ninh", name))
        write(root, f"{folder}/bc.txt", paper("BÁO CÁO", "07/BC-UBND", f"Kết quả công tác ở {name}"))
        write(root, f"{folder}/hoso.toml", f'unit = "{unit}"\n')
    write(root, f"{_place(OWN, 'Camera an ninh')}/{RLO}fdp.cod.txt", FOUNDING)
    scanned(root)
    with running(open_archive(root), DAY) as up:
        up.account("quản trị", Role.ADMIN)
        up.account("an", Role.ARCHIVIST)
        up.account("bình", Role.CHIEF)
        up.account("kiểm", Role.AUDITOR)
        up.account("đơn vị", Role.UNIT, OWN)
        up.account("đơn vị khác", Role.UNIT, FOREIGN)
        yield up
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def unit(office: Running) -> Visit:
    return office.signed_in("đơn vị")


@pytest.fixture(scope="module")
def archivist(office: Running) -> Visit:
    return office.signed_in("an")


def _raw(office: Running, sent: bytes) -> bytes:
    """What comes back for exactly these bytes, up to the end of the connection or two seconds of silence."""
    with socket.create_connection(("127.0.0.1", office.port), timeout=5) as raw:
        raw.settimeout(2)
        held = b""
        try:
            raw.sendall(sent)
            while more := raw.recv(65536):
                held += more
        except OSError:
            pass
    return held


def _head(line: str, *headers: str, body: str = "") -> bytes:
    return "\r\n".join([line, *headers, "", body]).encode("utf-8", "surrogateescape")


# ------------------------------------------------------------------ other sites, by other ways

FORGED = {
    "plain text, as a form of another site can send": {"content_type": "text/plain", "origin": "http://evil"},
    "JSON": {"content_type": "application/json", "origin": "http://evil"},
    "multipart without a file": {"content_type": "multipart/form-data; boundary=x", "origin": "http://evil"},
    "no content type": {"content_type": "", "origin": "http://evil"},
    "our own address as a prefix": {"origin": "http://127.0.0.1.evil.example"},
    "our own port elsewhere": {"origin": "http://evil.example:{port}"},
    "another port here": {"origin": "http://127.0.0.1:1"},
    "another scheme": {"origin": "https://127.0.0.1:{port}"},
    "a user in front": {"origin": "http://127.0.0.1:{port}@evil.example"},
    "two origins": {"origin": "http://127.0.0.1:{port}, http://evil.example"},
    "a file": {"origin": "file://"},
    "same site, another origin": {"sec_fetch_site": "same-site"},
    "an unknown site": {"sec_fetch_site": "x"},
}


@pytest.mark.parametrize("how", FORGED)
def test_form_from_elsewhere_is_refused_even_with_the_token(
    office: Running, archivist: Visit, how: str
) -> None:
    headers = {name: value.replace("{port}", str(office.port)) for name, value in FORGED[how].items()}
    before = len(decisions(office.archive, history=True))
    reply = archivist.ask(
        "POST", f"/van-ban/{OWN_DOC}/muc", {"csrf": archivist.token, "muc": "6a"}, **headers
    )
    assert reply.status == 403 and office.services.intents.settled(20)
    assert len(decisions(office.archive, history=True)) == before


@pytest.mark.parametrize("header", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_method_in_a_header_changes_nothing(office: Running, archivist: Visit, header: str) -> None:
    before = len(decisions(office.archive, history=True))
    reply = archivist.ask(
        "GET", f"/van-ban/{OWN_DOC}/muc?muc=6a&_method=POST", **{header.replace("-", "_"): "POST"}
    )
    assert reply.status == 303 and reply.headers["location"] == f"/van-ban/{OWN_DOC}"  # its page, read
    assert len(decisions(office.archive, history=True)) == before


@pytest.mark.parametrize(
    "method", ["DELETE", "PATCH", "PUT", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post"]
)
def test_method_that_no_page_has_does_nothing(archivist: Visit, method: str) -> None:
    reply = archivist.ask(method, "/chap-nhan", b"", x_csrf_token=archivist.token)
    assert reply.status in (400, 404, 405, 501) and "access-control-allow-origin" not in reply.headers


def test_token_of_another_session_of_the_same_person_is_none(office: Running, archivist: Visit) -> None:
    other = office.signed_in("an")
    assert other.token != archivist.token
    assert other.ask("POST", "/ngon-ngu", {"csrf": archivist.token, "lang": "vi"}).status == 403


def test_token_in_the_address_counts_for_nothing(archivist: Visit) -> None:
    assert archivist.ask("POST", f"/ngon-ngu?csrf={archivist.token}", {"lang": "vi"}).status == 403


# ------------------------------------------------------------------ requests out of the ordinary

TWISTED = {
    "null byte in the path": _head("GET /\x00 HTTP/1.1", "Host: localhost"),
    "encoded null byte": _head("GET /tinh/%00 HTTP/1.1", "Host: localhost"),
    "dots in the path": _head("GET /tinh/../../etc/passwd HTTP/1.1", "Host: localhost"),
    "encoded dots": _head("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "Host: localhost"),
    "doubly encoded dots": _head("GET /tinh/%252e%252e%252fapp.py HTTP/1.1", "Host: localhost"),
    "backslashes": _head("GET /tinh\\..\\..\\app.py HTTP/1.1", "Host: localhost"),
    "overlong UTF-8": _head("GET /tinh/%c0%ae%c0%ae/app.py HTTP/1.1", "Host: localhost"),
    "two slashes": _head("GET //tinh//page.css HTTP/1.1", "Host: localhost"),
    "another site as the path": _head("GET //evil.example/%2f.. HTTP/1.1", "Host: localhost"),
    "no version": b"GET /\r\n\r\n",
    "HTTP/2 at once": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS at once": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "no host": _head("GET /healthz HTTP/1.1"),
    "an old version without host": _head("GET / HTTP/1.0"),
    "host of another one with our name in its user": _head("GET / HTTP/1.1", "Host: localhost@evil.example"),
    "host that ends in a dot": _head("GET / HTTP/1.1", "Host: localhost."),
    "host with a path": _head("GET / HTTP/1.1", "Host: localhost/evil"),
    "host with a space before the colon": _head("GET / HTTP/1.1", "Host : localhost"),
    "folded header": _head("GET / HTTP/1.1", "Host: localhost", "X: a", " b"),
    "ten thousand bytes of one header": _head("GET / HTTP/1.1", "Host: localhost", "X: " + "a" * 60_000),
    "a thousand headers": _head("GET / HTTP/1.1", "Host: localhost", *["X: " + "b" * 60] * 1000),
    "a header without name": _head("GET / HTTP/1.1", "Host: localhost", ": x"),
    "line feeds alone": b"GET /khong-co HTTP/1.1\nHost: localhost\n\n",
    "upgrade to a socket": _head(
        "GET /su-kien HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13",
    ),
    "negative length": _head("POST /dang-nhap HTTP/1.1", "Host: localhost", "Content-Length: -1"),
    "length that is no number": _head(
        "POST /dang-nhap HTTP/1.1", "Host: localhost", "Content-Length: 1_0", body="a" * 10
    ),
    "length of two values": _head(
        "POST /dang-nhap HTTP/1.1", "Host: localhost", "Content-Length: 3, 4", body="abc"
    ),
    "two lengths": _head(
        "POST /dang-nhap HTTP/1.1", "Host: localhost", "Content-Length: 3", "Content-Length: 30", body="abc"
    ),
    "chunked twice": _head(
        "POST /dang-nhap HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked, chunked", body="0\r\n\r\n"
    ),
    "an encoding nobody has": _head(
        "POST /dang-nhap HTTP/1.1", "Host: localhost", "Transfer-Encoding: xchunked", body="0\r\n\r\n"
    ),
    "chunk of a negative size": _head(
        "POST /dang-nhap HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked", body="-1\r\n\r\n"
    ),
    "a body with a page": _head("GET /dang-nhap HTTP/1.1", "Host: localhost", "Content-Length: 5", body="hello"),
    "forwarded headers": _head(
        "GET / HTTP/1.1", "Host: localhost", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-User: an",
        "X-Remote-User: an", "X-Original-URL: /quan-tri", "X-Rewrite-URL: /quan-tri",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TWISTED)
def test_request_out_of_the_ordinary_gives_nothing_away_and_breaks_nothing(
    office: Running, what: str
) -> None:
    answer = _raw(office, TWISTED[what])
    head, _end, body = answer.partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head else 0
    assert status in (0, 303, 400, 401, 404, 405, 408, 413, 414, 421, 431, 501, 200) and status != 500, answer
    if status == 200:  # only what everybody may have
        assert b"/dang-nhap" in body or body == b"ok\n" or what == "two slashes", answer[:500]
    assert b"root:" not in answer and b"Traceback" not in answer and b"evil" not in head
    assert Visit(office.port).ask("GET", "/healthz").status == 200


RANGES = (
    "bytes=0-0",
    "bytes=0-0,-1",
    "bytes=" + ",".join("0-0" for _ in range(800)),
    "bytes=9-1",
    "bytes=-",
    "x=1",
)


@pytest.mark.parametrize("asked", RANGES, ids=lambda text: text[:20])
def test_part_of_a_file_is_no_more_than_the_file(archivist: Visit, asked: str) -> None:
    whole = archivist.get(f"/van-ban/{OWN_DOC}/tep").body
    reply = archivist.ask("GET", f"/van-ban/{OWN_DOC}/tep", range=asked)
    assert reply.status in (200, 206, 400, 416) and len(reply.body) < 3 * len(whole) + 2000


# ------------------------------------------------------------------ one unit and another's dossiers

PEEKS = (
    f"/ho-so/{FOREIGN_ID}", f"/van-ban/{FOREIGN_DOC}", f"/van-ban/{FOREIGN_DOC}/trang/1",
    f"/van-ban/{FOREIGN_DOC}/trang/1.jpg", f"/van-ban/{FOREIGN_DOC}/tep", f"/can-xem?ho-so={FOREIGN_ID}",
    f"/can-xem?van-ban={FOREIGN_DOC}", f"/can-xem?sau={FOREIGN_DOC}", f"/nop-luu?ho-so={FOREIGN_ID}",
    f"/nop-luu?ten={quote('bí ẩn')}", f"/bao-cao/csv?ho-so={FOREIGN_ID}", "/bao-cao/json", "/bao-cao/html",
    "/bao-cao/txt", "/lich", "/lich?thang=2023-12", f"/lich?don-vi={quote(FOREIGN)}", "/lich.ics", "/don-vi",
    "/xu-huong", "/chap-nhan", "/nhat-ky", f"/nhat-ky?ve={quote('bí ẩn')}", "/nhat-ky?ai=an", "/hop-thu-den",
    f"/?don-vi={quote(FOREIGN)}", f"/?ten={quote('ẩn')}", f"/tim?q={quote('chợ')}", f"/tim?q={quote('cho bi an')}",
    f"/tim?q={quote('chợ')}&dang-go=1", f"/tim?q=ket+qua&ho-so={FOREIGN_ID}", "/tim?loai=bao-cao", "/tim?nam=2023",
    f"/tim?q={quote('dossier:bí')}", f"/tim?q={quote('unit:Mũi')}", "/tim?q=*", "/tim?q=a*", "/tim?q=chq",
    "/api/v1/summary", "/api/v1/dossiers", f"/api/v1/dossiers/{FOREIGN_ID}", f"/api/v1/documents/{FOREIGN_DOC}",
    f"/api/v1/documents/{FOREIGN_DOC}/pages/1/marks", "/api/v1/review/next", "/api/v1/dues", "/api/v1/waivers",
    "/api/v1/audit", "/api/v1/nights", "/api/v1/inbox", "/api/v1/adoptions", "/api/v1/decisions",
    "/api/v1/decisions/table", "/quyet-dinh/bang.csv", "/ho-so-moi",
)  # fmt: skip


@pytest.mark.parametrize("path", PEEKS)
def test_member_of_one_unit_learns_nothing_of_another(office: Running, unit: Visit, path: str) -> None:
    reply = unit.get(path)
    asked = path.partition("?")[2]
    text = re.sub(r'value="[^"]*"', "", reply.text).replace(quote("bí ẩn"), "")
    assert reply.status < 500 and SECRET not in text and "Mũi Né" not in text.replace(asked, ""), text[:800]


def test_no_link_that_a_member_of_one_unit_can_follow_tells_of_another(unit: Visit) -> None:
    left, seen = ["/"], set()
    while left:
        path = left.pop()
        if path in seen or len(seen) > 300:
            continue
        seen.add(path)
        reply = unit.get(path)
        assert SECRET not in reply.text and "Mũi Né" not in reply.text, path
        found = re.findall(r'href="(/[^"#]*)', reply.text)
        left += [each.replace("&amp;", "&") for each in found if not each.startswith("/tinh/")]
    assert len(seen) > 20


ACTS = {
    f"/van-ban/{FOREIGN_DOC}/muc": {"muc": "6a"},
    f"/van-ban/{FOREIGN_DOC}/truong": {"number": "1/QĐ"},
    f"/can-xem/{FOREIGN_DOC}": {"muc": "none"},
    f"/can-xem/{OWN_DOC}": {"muc": "none", "giong": FOREIGN_DOC},
    f"/ho-so/{FOREIGN_ID}/ghi": {"dieu": "fund", "gia-tri": "yes"},
    f"/ho-so/{OWN_ID}/ghi": {"dieu": "unit", "gia-tri": FOREIGN},
    f"/ho-so/{FOREIGN_ID}/bao-quan": {"dong": "x", "dieu-khoan": "Điều 1"},
    "/chap-nhan": {"ho-so": FOREIGN_ID, "quy-tac": "MH-01", "ly-do": "x"},
    "/chap-nhan/duyet": {"so": "1", "duyet": "co"},
    "/nop-luu": {"viec": "goi", "ho-so": FOREIGN_ID},
    "/hop-thu-den/xep": {"tep": "0" * 18, "ho-so": FOREIGN_ID},
    "/hop-thu-den/hoan-tac": {"so": "1"},
    "/ho-so-moi": {"loai": "mo-hinh", "ten": "X"},
    "/ho-so-moi/nhan": {"khac": FOREIGN},
    f"/van-ban/{FOREIGN_DOC}/niem-phong": {},
    "/quan-tri/nguoi-dung": {"ten": "đơn vị", "vai-tro": "archivist"},
    "/lich/ghi": {"viec": "TH-22/2026", "ngay": "2026-01-01"},
}


@pytest.mark.parametrize("path", ACTS)
def test_member_of_one_unit_changes_nothing_of_another(office: Running, unit: Visit, path: str) -> None:
    before = (
        len(decisions(office.archive, history=True)),
        office.services.storage.all("SELECT * FROM requests"),
    )
    reply = unit.ask("POST", path, {"csrf": unit.token, **ACTS[path]})
    assert reply.status in (403, 404, 422) and office.services.intents.settled(20), reply.text[:300]
    after = (
        len(decisions(office.archive, history=True)),
        office.services.storage.all("SELECT * FROM requests"),
    )
    assert len(before[1]) == len(after[1]) and before[0] == after[0]


def test_who_was_moved_to_another_unit_takes_nothing_back_in_the_old_one(office: Running) -> None:
    office.account("tạm", Role.UNIT, FOREIGN)
    visit = office.signed_in("tạm")
    assert visit.post(f"/van-ban/{FOREIGN_DOC}/muc", muc="6a", lan="1").status == 303
    assert office.services.intents.settled(20)
    office.account("tạm", Role.UNIT, OWN)
    visit = office.signed_in("tạm")
    reply = visit.post("/can-xem/hoan-tac")
    assert office.services.intents.settled(20)
    assert FOREIGN_DOC not in reply.headers.get("location", "")
    assert [found.decision.author for found in decisions(office.archive)] == ["tạm"]


# ------------------------------------------------------------------ machines, sessions, floods


@dataclass
class _Machine:
    token: str
    port: int

    def ask(self, method: str, path: str, **form: str) -> Reply:
        visit = Visit(self.port, extra={"authorization": f"Bearer {self.token}"})
        return visit.ask(method, path, {k.replace("_", "-"): v for k, v in form.items()} if form else None)


def test_token_to_read_changes_nothing_and_opens_no_page(office: Running) -> None:
    machine = _Machine(office.services.accounts.tokens.make("an", "đọc", reads_only=True), office.port)
    assert machine.ask("GET", "/api/v1/dossiers").status == 200
    for path in ("/api/v1/waivers", "/api/v1/dossiers", "/api/v1/adoptions", "/api/v1/review/undo"):
        assert machine.ask("POST", path, muc="6a", ten="x", loai="mo-hinh").status == 403, path
    assert machine.ask("PUT", "/api/v1/inbox/a.txt", a="b").status == 403
    assert machine.ask("PUT", "/api/v1/decisions/a.csv", a="b").status == 403
    for path in ("/", "/quan-tri", f"/ho-so/{OWN_ID}", "/su-kien", "/tai-khoan"):
        assert machine.ask("GET", path).status in (303, 401), path
    office.services.accounts.tokens.drop("an")


@pytest.mark.parametrize("said", [
    "Bearer ", "Bearer x", "bearer {0}", "Basic {0}", "Bearer {0}, Bearer {0}", "Bearer {0}\t", "Bearer dsr_",
    "Bearer %00", "Token {0}",
])  # fmt: skip
def test_what_is_no_token_opens_nothing(office: Running, said: str) -> None:
    token = office.services.accounts.tokens.make("an", "thử")
    visit = Visit(office.port, extra={"authorization": said.format(token)})
    status = visit.ask("GET", "/api/v1/dossiers").status
    assert status == (200 if said == "Bearer {0}\t" else 401)
    office.services.accounts.tokens.drop("an")


def test_cookie_that_somebody_else_set_is_not_the_session_after_signing_in(office: Running) -> None:
    planted = Visit(office.port, cookie="s=planted")
    reply = planted.ask("POST", "/dang-nhap", {"name": "an", "password": PASSWORD})
    assert reply.status == 303 and planted.cookie != "s=planted"
    assert Visit(office.port, cookie="s=planted").ask("GET", "/").status == 303


def test_signing_in_as_another_ends_the_session_before(office: Running) -> None:
    first = office.signed_in("an")
    held = first.cookie
    reply = first.ask("POST", "/dang-nhap", {"name": "bình", "password": PASSWORD, "csrf": first.token})
    assert reply.status == 303 and first.cookie != held
    assert Visit(office.port, cookie=held).ask("GET", "/").status == 303


@pytest.mark.parametrize("back", [
    "/\t/evil.example", "/%09/evil.example", "///evil.example", "/\u2028/evil.example", "/..//evil.example",
    "http:evil.example", "\\\\evil.example", "/\\/evil.example", "/%5cevil.example", "/.//evil.example", "//",
])  # fmt: skip
def test_nobody_is_sent_to_another_site_after_signing_in(office: Running, back: str) -> None:
    from urllib.parse import urljoin, urlsplit

    visit = Visit(office.port)
    reply = visit.ask("POST", "/dang-nhap", {"name": "kiểm", "password": PASSWORD, "ve": back})
    told = reply.headers["location"]
    assert reply.status == 303 and urlsplit(urljoin("http://here.example/", told)).hostname == "here.example"
    assert not told.startswith(("//", "/\\"))
    office.services.accounts.throttle._tries.clear()


def test_flood_of_wrong_passwords_does_not_fill_the_log(office: Running) -> None:
    def refused() -> int:
        return sum(entry.act == "sign-in-refused" for entry in audit.entries(office.archive))

    before = refused()
    office.services.accounts.throttle._tries.clear()
    for number in range(60):
        Visit(office.port).ask("POST", "/dang-nhap", {"name": f"ai đó {number}", "password": "x"})
    assert 30 <= refused() - before <= 31  # those that were looked at, and that there were too many
    office.services.accounts.throttle._tries.clear()


def test_one_session_has_three_lines_also_when_it_opens_them_at_once(
    office: Running, archivist: Visit
) -> None:
    begun, lines, lock = threading.Barrier(20), [], threading.Lock()

    def open_() -> None:
        begun.wait()
        raw = socket.create_connection(("127.0.0.1", office.port), timeout=10)
        raw.sendall(_head("GET /su-kien HTTP/1.1", "Host: localhost", f"Cookie: {archivist.cookie}"))
        with lock:
            lines.append((raw, raw.recv(200)))

    threads = [threading.Thread(target=open_) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for raw, _answer in lines:
        raw.close()
    assert sum(b" 200 " in head for _raw_, head in lines) == 3


def test_many_reports_at_once_leave_the_pages_to_everybody_else(
    office: Running, archivist: Visit, unit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier.web import making

    go_on, report_for = threading.Event(), making.report_for

    def slow(wanted: making.WantedReport) -> object:
        go_on.wait(30)
        return report_for(wanted)

    monkeypatch.setattr(making, "report_for", slow)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(unit.ask("GET", "/bao-cao/csv").status))
        for _ in range(12)
    ]
    for each in threads:
        each.start()
    try:
        assert archivist.ask("GET", "/lich").status == 200
    finally:
        go_on.set()
        for each in threads:
            each.join()
    assert set(answers) == {200, 503}


# ------------------------------------------------------------------ what is written into fields and names

WRITTEN = {
    "null byte": "a\x00b", "lone surrogate": "a%ED%A0%80b", "turned text": f"a{RLO}b", "escape": "a\x1b[2Jb",
    "markup": "<script>alert(1)</script>", "template": "{{ 7*7 }}{% raw %}", "formula": "=cmd|' /C calc'!A0",
    "line breaks": "a\r\nSet-Cookie: x=1\r\n\r\nb", "ten thousand letters": "x" * 10_000, "zero width": "a\u200bb",
}  # fmt: skip


@pytest.mark.parametrize("what", WRITTEN)
def test_whatever_is_written_as_a_reason_is_kept_shown_as_text_or_refused(
    office: Running, archivist: Visit, what: str
) -> None:
    text = WRITTEN[what]
    body = f"csrf={archivist.token}&ho-so={OWN_ID}&quy-tac=MH-01&ly-do=" + (
        text if what == "lone surrogate" else quote(text)
    )
    reply = archivist.ask("POST", "/chap-nhan", body.encode())
    assert reply.status in (303, 403, 422), reply.text[:500]
    page = archivist.get("/chap-nhan")
    assert page.status == 200 and "<script>alert(1)" not in page.text and ">49<" not in page.text
    assert "\x1b" not in page.text and "\x00" not in page.text and RLO not in page.text
    assert "x=1" not in page.headers.get("set-cookie", "")


def test_name_that_turns_the_text_around_does_not_turn_the_page(archivist: Visit) -> None:
    for path in (f"/ho-so/{OWN_ID}", f"/tim?q={quote('thành lập')}", "/can-xem"):
        assert RLO not in archivist.get(path).text, path


def test_saved_file_keeps_no_character_that_hides_what_it_is(archivist: Visit) -> None:
    doc = address_of(f"{_place(OWN, 'Camera an ninh')}/{RLO}fdp.cod.txt")
    told = archivist.get(f"/van-ban/{doc}/tep").headers["content-disposition"]
    assert quote(RLO) not in told and "\r" not in told


@pytest.mark.parametrize("name", [
    "/nop-luu", "/hop-thu-den/xep", "/lich/ghi", "/chap-nhan/duyet", "/tai-khoan/phien", "/ngon-ngu",
])  # fmt: skip
def test_field_sent_many_times_or_full_of_nothing_is_no_fault(archivist: Visit, name: str) -> None:
    for more in (
        b"&so=1" * 150,
        b"&ho-so=%00",
        b"&viec[]=goi",
        b"&=&&&;",
        "&so=٣".encode(),
        b"&so=1e9&nam=-1",
    ):
        reply = archivist.ask("POST", name, b"csrf=" + archivist.token.encode() + more)
        assert reply.status < 500, (more[:20], reply.text[:300])


NUMBERS = ("-1", "0", "99999999999999999999", "1e3", "٣", "0x10", "1;drop", "", "NaN", "１")


@pytest.mark.parametrize("name", ["trang", "muc", "nam", "w", "thang"])
def test_number_that_is_none_is_no_fault(archivist: Visit, name: str) -> None:
    for path in ("/", "/lich", "/tim", "/nhat-ky", "/hop-thu-den", "/quyet-dinh", "/api/v1/dossiers"):
        for number in NUMBERS:
            assert archivist.get(f"{path}?{name}={quote(number)}").status in (200, 422), (path, number)


def test_who_signed_in_nowhere_is_told_nothing_by_any_error(office: Running) -> None:
    for path in (
        "/api/v1/dossiers/x",
        "/van-ban/x-1/tep",
        "/khong-co",
        "/openapi.json",
        "/su-kien",
        "/mo?khoa=x",
    ):
        reply = Visit(office.port).ask("GET", path)
        assert reply.status in (303, 401, 403, 404)
        assert "Camera" not in reply.text and str(office.archive.root) not in reply.text
        assert "server" not in reply.headers
    assert json.loads(Visit(office.port).ask("GET", "/api/v1/summary").text)["error"]
