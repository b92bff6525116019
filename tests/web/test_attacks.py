"""What an attacker sends: other hosts, other sites, large and slow requests."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path

import pytest

from dossier.web.routes import ROUTES
from tests.web.serving import Running, Visit

CHANGING = [route for route in ROUTES if route.changes and route.right.value != "anyone"]
WAYS = ("no token", "foreign token", "foreign origin", "null origin", "no origin", "other site")


HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "",
    "localhost@evil",
    "a b",
    "[::2]",
    "127.0.0.1:8:8",
    "[x",
)


@pytest.mark.parametrize("host", HOSTS)
def test_name_that_is_not_ours_is_turned_away(reading: Running, host: str) -> None:
    with socket.create_connection(("127.0.0.1", reading.port), timeout=5) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: localhost\r\n\r\n".encode())
        assert raw.recv(100).split()[1] in (b"421", b"400")


def test_two_hosts_in_one_request_are_turned_away(reading: Running) -> None:
    with socket.create_connection(("127.0.0.1", reading.port), timeout=5) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert raw.recv(100).split()[1] in (b"421", b"400")


@pytest.mark.parametrize("how", WAYS)
def test_change_that_another_site_asks_for_is_refused(reading: Running, how: str) -> None:
    visit = reading.owner()
    token = {"no token": "", "foreign token": "0" * 64}.get(how, visit.token)
    headers = {
        "foreign origin": {"origin": "http://evil.example"},
        "null origin": {"origin": "null"},
        "no origin": {"origin": ""},
        "other site": {"sec_fetch_site": "cross-site"},
    }.get(how, {})
    for route in CHANGING:
        path = route.path.replace("{doc}", "x-1")
        assert visit.ask(route.method, path, {"csrf": token}, **headers).status == 403, route


def test_change_is_never_made_by_following_a_link(reading: Running) -> None:
    visit = reading.owner()
    for route in CHANGING:
        path = route.path.replace("{doc}", "x-1")
        with_get = any(r.path == route.path and r.method == "GET" for r in ROUTES)
        assert visit.ask("GET", path).status in ((200,) if with_get else (303, 404)), route


@pytest.mark.parametrize(
    "body", [b"a=" + b"x" * 70_000, b"&".join(b"a=1" for _ in range(1000)), b"\xff\xfe=1"]
)
def test_large_or_broken_form_is_refused(reading: Running, body: bytes) -> None:
    assert reading.owner().ask("POST", "/ngon-ngu", body).status in (403, 413, 422)


def test_body_without_end_is_cut_off(reading: Running) -> None:
    with socket.create_connection(("127.0.0.1", reading.port), timeout=10) as raw:
        raw.sendall(b"POST /ngon-ngu HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _again in range(40):
                raw.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            answer = raw.recv(100)
        except OSError:
            answer = b"HTTP/1.1 413"
        assert b"413" in answer


def test_long_address_is_refused(reading: Running) -> None:
    assert reading.owner().ask("GET", "/tim?q=" + "x" * 5000).status == 414


@pytest.mark.parametrize(
    ("address", "host", "said"),
    [
        ("/tim?q=" + "x" * 5000, "localhost", ("ít từ hơn", "fewer words")),
        ("/", "may-chu", ("--name TÊN", "--name NAME")),
    ],
)
def test_what_is_refused_before_anybody_is_known_is_told_in_both_languages(
    reading: Running, address: str, host: str, said: tuple[str, str]
) -> None:
    reply = reading.owner().ask("GET", address, host=host)
    assert all(words in reply.text for words in said)


def test_slow_connections_are_dropped_and_others_served(
    reading: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier.web import server

    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.5)
    slow = [socket.create_connection(("127.0.0.1", reading.port), timeout=5) for _ in range(200)]
    try:
        for raw in slow:
            raw.sendall(b"GET / HTTP/1.1\r\nX: ")
        started = time.monotonic()
        assert Visit(reading.port).ask("GET", "/healthz").status == 200
        assert time.monotonic() - started < 5
        time.sleep(1.5)
        assert all(raw.recv(10) == b"" for raw in slow)
    finally:
        for raw in slow:
            raw.close()


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_way_back_never_leads_to_another_site(reading: Running, back: str) -> None:
    reply = reading.owner().post("/ngon-ngu", lang="vi", ve=back)
    assert reply.status == 303 and reply.headers["location"] == "/"


def test_query_of_any_length_and_kind_is_answered(reading: Running) -> None:
    visit = reading.owner()
    for query in ("%22" * 200, "a*+*b", "%28" * 100, "+".join(["x"] * 400), "%F0%9F%98%80", "%00"):
        assert visit.get(f"/tim?q={query}").status == 200


PATHS = (
    "..", "../..", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "..%5c..%5c", "....//", "/etc/passwd",
    "%2fetc%2fpasswd", "C:%5cwindows", "%5c%5cevil%5cshare", "%5c%5c%3f%5cC:", "a.pdf:x", "CON", "NUL.txt",
    "x%00.pdf", "%c0%ae%c0%ae", ".dossier", ".dossier%2fweb.sqlite", "dossier.toml", "hoso.toml",
    "web.sqlite-wal", "-1", "0-1", "x-99999999999", "x-%D9%A1", "x-1e5", "1;ls", "%24(id)",
    "%7B%7B7*7%7D%7D", "' OR 1=1--", "%F0%9F%98%80", "a" * 3000, "%", "%zz", "~", " ",
)  # fmt: skip


def test_no_name_in_an_address_leads_to_a_file(reading: Running) -> None:
    from urllib.parse import quote

    visit = reading.owner()
    asked = [route for route in ROUTES if route.method == "GET" and "{" in route.path]
    for route in asked:
        for name in PATHS:
            path = re.sub(r"\{\w+\}", lambda _name, name=name: quote(name, safe="%*"), route.path)
            reply = visit.ask("GET", path)
            assert reply.status in (400, 404, 414, 422), (path, reply.status)
            assert "root:" not in reply.text and "SQLite" not in reply.text


ACTIVE = {
    "trang.html": "<!doctype html><script>alert(1)</script>",
    "hinh.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gia.pdf": "%PDF-1.7\n<script>alert(1)</script>",
    'ten\r\nset-cookie: a=1"; x.txt': "BÁO CÁO\nKết quả",
    "vb.txt": "BÁO CÁO\nKết quả",
}


def test_original_is_saved_and_never_opened_by_the_browser(tmp_path: Path) -> None:
    from dossier.archive import open_archive
    from dossier.web.documents import address_of
    from tests.usecases.archives import FOUNDING, TODAY, write
    from tests.web.serving import running, scanned

    root = tmp_path / "kho"
    for name, content in ACTIVE.items():
        write(root, f"mo-hinh/A/{name}", f"{FOUNDING}\n{content}" if "txt" in name else content)
    os.symlink("/etc/passwd", root / "mo-hinh/A/lien-ket.txt")
    scanned(root)
    with running(open_archive(root), TODAY) as up:
        visit, saved = up.owner(), 0
        for path in [*map("mo-hinh/A/{}".format, ACTIVE), "mo-hinh/A/lien-ket.txt"]:
            reply = visit.get(f"/van-ban/{address_of(path)}/tep")
            assert "root:" not in reply.text
            if reply.status != 200:
                continue
            saved += 1
            assert reply.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
            assert "set-cookie" not in reply.headers and "text/html" not in reply.headers["content-type"]
            assert "svg" not in reply.headers["content-type"]
            assert reply.headers["x-content-type-options"] == "nosniff"
            assert reply.headers["content-security-policy"].startswith("sandbox")
            assert reply.headers["cross-origin-resource-policy"] == "same-origin"
        assert saved


@pytest.mark.parametrize(
    "target", ["http://evil.example/", "//evil.example/", "@evil.example/", "http://127.0.0.1:9/"]
)
def test_address_with_a_host_of_its_own_names_none(reading: Running, target: str) -> None:
    with socket.create_connection(("127.0.0.1", reading.port), timeout=5) as raw:
        raw.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = raw.recv(4000).split(b"\r\n\r\n")[0]
    assert head.split()[1] in (b"303", b"400", b"404") and b"evil" not in head


def test_every_answer_but_kept_assets_and_pictures_is_stored_nowhere(reading: Running) -> None:
    visit = reading.owner()
    for path in ("/", "/tim?q=a", "/api/v1/summary", "/khong-co", "/dang-nhap", "/bao-cao/csv", "/lich.ics"):
        headers = visit.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY" and headers["referrer-policy"] == "same-origin"


def test_time_does_not_tell_whether_an_account_is_there(own: Running) -> None:
    from dossier.web.roles import Role

    own.account("quản trị", Role.ADMIN)
    accounts, took = own.services.accounts, {}
    for name in ("quản trị", "không ai"):
        accounts.verify(name, "sai", "1")  # the first one makes what it compares with
    for name in ("quản trị", "không ai"):
        spent = []
        for _again in range(4):
            started = time.thread_time()
            accounts.verify(name, "sai", "1")
            spent.append(time.thread_time() - started)
            accounts.throttle.right(name)
        took[name] = min(spent)
    assert 0.7 < took["quản trị"] / took["không ai"] < 1.4, took


def test_sheet_and_scripts_are_understood_by_the_browser_of_windows_7() -> None:
    from dossier.web.pages import assets

    css = assets()["page.css"].content.decode()
    assert not re.search(r"@layer|@container|popover|color-mix|:is\(.*\{[^}]*\{", css)
    assert not re.search(
        r"\{[^{}@]*[;{]\s*[.&#][\w-]+[^:{};]*\{", re.sub(r"@media[^{]+\{", "", css)
    )  # nesting
    for name, asset in assets().items():
        if name.endswith(".js"):
            assert not re.search(
                r"popover|Promise\.withResolvers|Object\.groupBy|\bimport\s", asset.content.decode()
            ), name


@pytest.mark.parametrize(
    "head",
    ["Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 0"],
)
def test_request_of_two_lengths_is_refused_with_its_connection(reading: Running, head: str) -> None:
    with socket.create_connection(("127.0.0.1", reading.port), timeout=5) as raw:
        second = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        raw.sendall(
            f"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n0\r\n\r\n".encode() + second
        )
        answer = b"".join(iter(lambda: raw.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 400") and answer.count(b"HTTP/1.1") == 1


def test_slow_forms_leave_room_and_count_as_no_try(own: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from dossier.usecases import audit
    from dossier.web import middleware, server
    from dossier.web.roles import Role

    own.account("quản trị", Role.ADMIN)
    monkeypatch.setattr(middleware, "_BODY_SECONDS", 1.0)
    monkeypatch.setattr(server, "_FROM_ONE", 60)
    start = b"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Length: 600\r\n\r\nname="
    slow = [socket.create_connection(("127.0.0.1", own.port), timeout=10) for _ in range(80)]
    try:
        for raw in slow:
            try:
                raw.sendall(start)
            except OSError:
                continue  # one of those too many
        answers = []
        for raw in slow:
            try:
                answers.append(raw.recv(100)[:12])
            except OSError:
                answers.append(b"")
        assert answers.count(b"HTTP/1.1 408") == 60 and answers.count(b"") == 20
    finally:
        for raw in slow:
            raw.close()
    own.signed_in("quản trị")
    assert not [entry for entry in audit.entries(own.archive) if entry.act == "sign-in-refused"]


def test_who_does_not_take_what_was_sent_is_let_go(own: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from dossier.web import pages, server

    monkeypatch.setattr(server, "_WRITE_SECONDS", 0.5)
    name = max(pages.by_name(), key=lambda name: len(pages.by_name()[name].content))
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        raw.settimeout(10)
        raw.connect(("127.0.0.1", own.port))
        raw.sendall(f"GET /tinh/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 1500)
        time.sleep(2)
        with pytest.raises(ConnectionError):
            for _again in range(10_000):
                if not raw.recv(65536):
                    raise ConnectionResetError


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31/12/9999", "٢٠٢٦-٠١-٠١", "2026-02-30"])
def test_day_that_nobody_means_is_refused(reading: Running, day: str) -> None:
    from urllib.parse import quote

    visit = reading.owner()
    for path in ("/nhat-ky?tu=", "/nhat-ky?den=", "/tim?q=a&tu=", "/lich?thang="):
        assert visit.get(path + quote(day)).status in (200, 422)


def test_name_of_control_characters_is_no_line_of_the_log(own: Running) -> None:
    from dossier.web.roles import Role

    own.account("quản trị", Role.ADMIN)
    Visit(own.port).ask("POST", "/dang-nhap", {"name": "x\n1\x1b[2J\u202eabc", "password": "y"})
    text = own.signed_in("quản trị").get("/nhat-ky").text
    assert "[2J" in text and "\x1b" not in text and "\u202e" not in text
