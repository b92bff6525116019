"""What an attacker sends: other hosts, other sites, large and slow requests."""

from __future__ import annotations

import socket
import time

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


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: f"{route.method} {route.path}")
@pytest.mark.parametrize("how", WAYS)
def test_change_that_another_site_asks_for_is_refused(reading: Running, route, how: str) -> None:
    visit = reading.owner()
    path = route.path.replace("{doc}", "x-1")
    token = {"no token": "", "foreign token": "0" * 64}.get(how, visit.token)
    headers = {
        "foreign origin": {"origin": "http://evil.example"},
        "null origin": {"origin": "null"},
        "no origin": {"origin": ""},
        "other site": {"sec_fetch_site": "cross-site"},
    }.get(how, {})
    assert visit.ask(route.method, path, {"csrf": token}, **headers).status == 403


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: route.path)
def test_change_is_never_made_by_following_a_link(reading: Running, route) -> None:
    path = route.path.replace("{doc}", "x-1")
    with_get = any(r.path == route.path and r.method == "GET" for r in ROUTES)
    assert reading.owner().ask("GET", path).status in ((200,) if with_get else (404, 405))


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
