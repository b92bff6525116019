"""One question to several archives: what comes back is put together, who is silent is named."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import ConfigurationError, UsageError
from dossier.index import Filters, Sort
from dossier.usecases.everywhere import Everywhere, search_everywhere
from dossier.web.roles import Role
from dossier.web.server import own_certificate
from tests.usecases.archives import FOUNDING, paper, put
from tests.web.serving import Running, scanned


def asking(root: Path, others: dict[str, str], tokens: dict[str, str] | None = None) -> Archive:
    """An archive of one decision, which knows the others."""
    put(root, a_txt=FOUNDING)
    lines = [f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(url)}" for name, url in others.items()]
    written = '[search]\nseconds = 2\ntokens = ".tokens"\n[search.others]\n' + "\n".join(lines)
    config = root / "dossier.toml"
    config.write_text(written + "\n", encoding="utf-8")
    config.chmod(0o600)
    (root / ".tokens").mkdir(exist_ok=True)
    for name, token in (tokens or {}).items():
        (root / ".tokens" / f"{name}.token").write_text(token)
        (root / ".tokens" / f"{name}.token").chmod(0o600)
    return scanned(root)


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def ask(archive: Archive, query: str, **more: object) -> Everywhere:
    return search_everywhere(archive, query, Filters(), **more)  # type: ignore[arg-type]


@contextmanager
def stranger(answer: bytes, status: int = 200, **headers: str) -> Iterator[str]:
    """Something else that speaks HTTP; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(answer)
            except OSError:
                return

        def log_message(self, *_args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def other(own: Running) -> tuple[str, str]:
    """The page of an archive, with a token for it."""
    own.account("chu", Role.ADMIN)
    own.account("bo", Role.AUDITOR)
    return f"http://127.0.0.1:{own.port}", own.services.accounts.tokens.make("bo", "tìm chung")


def test_hits_of_both_archives_come_with_their_names(tmp_path: Path, other: tuple[str, str]) -> None:
    address, token = other
    archive = asking(tmp_path / "đây", {"Tỉnh B": address}, {"Tỉnh B": token})
    found = ask(archive, "thanh lap mo hinh camera")
    assert {name for name, _hit in found.hits} == {"đây", "Tỉnh B"}
    assert (found.silent, found.asked) == ({}, 2)
    here, there = (next(hit for name, hit in found.hits if name == each) for each in ("đây", "Tỉnh B"))
    assert (here.number_symbol, here.abstract, here.parts) == (
        there.number_symbol,
        there.abstract,
        there.parts,
    )
    assert there.dossier_name


def test_without_its_token_an_archive_tells_nothing(tmp_path: Path, other: tuple[str, str]) -> None:
    archive = asking(tmp_path / "đây", {"Tỉnh B": other[0]}, {"Tỉnh B": "sai"})
    found = ask(archive, "camera")
    assert {name for name, _hit in found.hits} == {"đây"}
    assert "mã truy cập" in found.silent["Tỉnh B"]


def test_conditions_reach_the_others(tmp_path: Path, other: tuple[str, str]) -> None:
    from datetime import date

    archive = asking(tmp_path / "đây", {"Tỉnh B": other[0]}, {"Tỉnh B": other[1]})
    for conditions in (Filters(item="6a"), Filters(type="bao-cao"), Filters(date_from=date(2024, 1, 1))):
        there = search_everywhere(archive, "", conditions).totals["Tỉnh B"]
        everything = ask(archive, "xa").totals["Tỉnh B"]
        assert there < everything
    assert search_everywhere(archive, "", Filters(item="6a")).totals["Tỉnh B"] == 1


def test_of_a_number_its_paper_stands_first_wherever_it_is(tmp_path: Path, other: tuple[str, str]) -> None:
    root = tmp_path / "đây"
    put(root, x_txt=paper("BÁO CÁO", "31/BC-UBND", "Kết quả theo Quyết định số 09/QĐ-UBND"))
    archive = asking(root, {"Tỉnh B": other[0]}, {"Tỉnh B": other[1]})
    name, hit = ask(archive, "09/QĐ-UBND").hits[0]
    assert (name, hit.number_symbol) == ("Tỉnh B", "09/QĐ-UBND")


def test_by_date_the_newest_stands_first(tmp_path: Path, other: tuple[str, str]) -> None:
    root = tmp_path / "đây"
    put(root, x_txt=paper("BÁO CÁO", "31/BC-UBND", "Kết quả", day="05 tháng 3 năm 2024"))
    archive = asking(root, {"Tỉnh B": other[0]}, {"Tỉnh B": other[1]})
    days = [hit.date for _name, hit in ask(archive, "xa", sort=Sort.DATE, limit=20).hits]
    assert len(days) > 2
    assert days == sorted(days, reverse=True)


def test_who_does_not_answer_in_time_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        archive = asking(tmp_path / "đây", {"Tỉnh C": f"http://127.0.0.1:{silent.getsockname()[1]}"})
        found = ask(archive, "camera")
    assert found.silent == {"Tỉnh C": "không trả lời trong 2 giây"}
    assert (len(found.totals), found.asked) == (1, 2)


@pytest.mark.parametrize(
    ("scheme", "drop"), [("http", b"H"), ("http", b"HTTP/1.1 200 OK\r\nX: "), ("https", b"\x16")]
)
def test_who_answers_by_drops_is_named_in_time(tmp_path: Path, scheme: str, drop: bytes) -> None:
    def drip(listening: socket.socket) -> None:
        with suppress(OSError):
            taken = listening.accept()[0]
            taken.sendall(drop)
            for _second in range(60):
                time.sleep(0.2)
                taken.sendall(b"x" if scheme == "http" else b"\x03")

    with socket.create_server(("127.0.0.1", 0)) as slow:
        threading.Thread(target=drip, args=(slow,), daemon=True).start()
        archive = asking(tmp_path / "đây", {"Tỉnh C": f"{scheme}://127.0.0.1:{slow.getsockname()[1]}"})
        began = time.monotonic()
        found = ask(archive, "camera")
        took = time.monotonic() - began
    assert set(found.silent) == {"Tỉnh C"}
    assert took < 8
    if drop != b"\x16":
        assert found.silent == {"Tỉnh C": "không trả lời trong 2 giây"}


def test_many_that_do_not_answer_are_waited_for_together(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        archive = asking(tmp_path / "đây", {f"Tỉnh {n}": address for n in range(34)})
        began = time.monotonic()
        found = ask(archive, "camera")
        took = time.monotonic() - began
    assert (len(found.silent), len(found.totals), found.asked) == (34, 1, 35)
    assert took < 5.5  # not three times two seconds


def test_who_answers_in_another_form_is_told_apart_from_other_pages(tmp_path: Path) -> None:
    told = {"query": "", "total": 1, "took_ms": 1, "hits": [{"file": "a", "document": 1}]}
    with stranger(json.dumps(told).encode()) as address:
        found = ask(asking(tmp_path / "đây", {"Tỉnh C": address}), "camera")
    assert found.silent == {"Tỉnh C": "trả lời ở dạng khác; có thể là phiên bản dossier khác"}


def test_who_is_not_there_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    found = ask(asking(tmp_path / "đây", {"Tỉnh C": f"http://127.0.0.1:{port}"}), "camera")
    assert set(found.silent) == {"Tỉnh C"}
    assert found.hits


_HIT = {"path": "a", "ordinal": 1, "score": 1.0, "snippet": ""}


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"<html>", b"[" * 100_000, b'{"hits": 3}', b"[]",
        json.dumps({"query": "", "total": 0, "took_ms": 1, "hits": [_HIT]}).encode(),
        json.dumps({"query": "", "total": 1, "took_ms": 1, "hits": [{**_HIT, "date": "hôm nay"}]}).encode(),
        json.dumps({"query": "", "total": 1, "took_ms": 1, "hits": [{**_HIT, "path": 7}]}).encode(),
        json.dumps({"query": "", "total": "1", "took_ms": 1, "hits": [_HIT]}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_answer_counts_as_none(tmp_path: Path, answer: bytes) -> None:
    with stranger(answer) as address:
        found = ask(asking(tmp_path / "đây", {"Tỉnh C": address}), "camera")
    assert found.silent == {"Tỉnh C": "không phải trang của dossier"}


def test_an_endless_answer_is_cut_off(tmp_path: Path) -> None:
    with stranger(b" " * (6 << 20)) as address:
        found = ask(asking(tmp_path / "đây", {"Tỉnh C": address}), "camera")
    assert found.silent == {"Tỉnh C": "câu trả lời quá lớn"}


def test_nobody_is_followed_elsewhere(tmp_path: Path) -> None:
    answer = json.dumps({"query": "", "total": 1, "took_ms": 1, "hits": [_HIT]}).encode()
    with stranger(answer) as second, stranger(b"", 302, Location=second) as first:
        found = ask(asking(tmp_path / "đây", {"Tỉnh C": first}), "camera")
    assert found.silent == {"Tỉnh C": "trả lời mã 302"}


@pytest.mark.parametrize("address", ["http://may-chu/", "ftp://a", "/srv/kho", "https://", "http://10.0.0.1"])
def test_a_token_is_never_sent_in_the_clear_to_another_machine(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigurationError, match="không dùng được"):
        ask(asking(tmp_path / "đây", {"Tỉnh C": address}), "camera")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with stranger(b"") as address:
        found = ask(asking(tmp_path / "đây", {"Tỉnh C": address.replace("http:", "https:")}), "camera")
    assert set(found.silent) == {"Tỉnh C"}


@pytest.mark.skipif(not hasattr(Path, "owner") or __import__("os").name == "nt", reason="modes of POSIX")
def test_a_certificate_that_was_changed_is_told_before_the_token_is_sent(tmp_path: Path) -> None:
    known, new = (own_certificate(folder(tmp_path / name), ("localhost",)) for name in ("cũ", "mới"))
    heard: list[bytes] = []

    def serve(listening: socket.socket, context: ssl.SSLContext) -> None:
        with suppress(OSError):
            heard.append(context.wrap_socket(listening.accept()[0], server_side=True).recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as page:
        address = f"https://localhost:{page.getsockname()[1]}"
        archive = asking(tmp_path / "đây", {"Tỉnh C": address}, {"Tỉnh C": "bi-mat"})
        shutil.copy(str(known.authority), archive.root / ".tokens/Tỉnh C.pem")
        for used in (known, new):
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(used.chain, used.key)
            threading.Thread(target=serve, args=(page, context), daemon=True).start()
            found = ask(archive, "camera")
    assert len(heard) == 1
    assert b"Bearer" in heard[0]
    assert found.silent == {"Tỉnh C": "chứng chỉ không đúng: không do nơi được tin cấp, có thể vừa được thay"}


def test_names_that_nobody_looks_up_in_time_do_not_hold_up_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = asking(
        tmp_path / "đây", {"Tỉnh C": "https://hoso.tinh-c.vn", "Tỉnh D": "https://hoso.tinh-d.vn"}
    )
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: ended.wait(20) or [])
    before = set(threading.enumerate())
    began = time.monotonic()
    found = ask(archive, "camera")
    took = time.monotonic() - began
    left = set(threading.enumerate()) - before
    ended.set()
    assert found.silent == dict.fromkeys(("Tỉnh C", "Tỉnh D"), "không trả lời trong 2 giây")
    assert (took < 4, all(thread.daemon for thread in left)) == (True, True)


def test_a_name_that_nobody_has_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    archive = asking(tmp_path / "đây", {"Tỉnh C": "https://hoso.tinh-c.vn"})
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask(archive, "camera").silent == {"Tỉnh C": "không tìm được máy chủ có tên ấy"}


def test_addresses_that_anybody_could_have_written_are_not_asked(tmp_path: Path) -> None:
    archive = asking(tmp_path / "đây", {"Tỉnh C": "https://a.vn"})
    (archive.root / "dossier.toml").chmod(0o666)
    with pytest.raises(ConfigurationError, match="ai khác cũng sửa được"):
        ask(open_archive(archive.root), "camera")


@pytest.mark.skipif(__import__("os").name == "nt", reason="modes of POSIX")
def test_a_token_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    archive = asking(tmp_path / "đây", {"Tỉnh C": "https://a.vn"}, {"Tỉnh C": "x"})
    (archive.root / ".tokens" / "Tỉnh C.token").chmod(0o644)
    with pytest.raises(ConfigurationError, match="người khác cũng đọc được"):
        ask(archive, "camera")


def test_others_are_not_asked_for_a_dossier_of_this_archive(tmp_path: Path) -> None:
    archive = asking(tmp_path / "đây", {"Tỉnh C": "https://a.vn"})
    with pytest.raises(UsageError, match="theo hồ sơ"):
        search_everywhere(archive, "x", Filters(dossier="A"))


def test_a_name_from_elsewhere_is_not_obeyed_by_the_screen(tmp_path: Path) -> None:
    from rich.console import Console

    from dossier.cli.found import everywhere_table

    bad = {
        **_HIT,
        "path": "\x1b[2Jx",
        "abstract": "\x1b]0;x\x07",
        "number_symbol": "\x1b[31m",
        "type": "\x1b[1m",
    }
    answer = json.dumps({"query": "", "total": 1, "took_ms": 1, "hits": [bad]}).encode()
    with stranger(answer) as address:
        archive = asking(tmp_path / "đây", {"Tỉnh C": address})
        found = ask(archive, "khongcogi")
    from io import StringIO

    out = StringIO()
    Console(file=out, width=100, color_system=None).print(everywhere_table(found, archive.checklists))
    assert "\x1b" not in out.getvalue()
    shutil.rmtree(archive.root)
