"""Signing in by the office's own directory or through its proxy, and by what pretends to be them."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.errors import ConfigurationError
from dossier.usecases import audit
from dossier.web.identity import Proxy, directory_of, proxy_of
from dossier.web.roles import Role
from tests.ldap_server import BASE, PROGRAM, Ldap, directory
from tests.usecases.archives import TODAY as DAY
from tests.web.browsing import missing
from tests.web.serving import PASSWORD, Running, Visit, running

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX; slapd")
THERE = "mật khẩu ở thư mục"


@pytest.fixture(scope="module")
def ldap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ldap]:
    if not PROGRAM.exists():
        missing("slapd")
    people = {"lan": THERE, "tâm": THERE, "chủ": THERE, "lạ": THERE}
    with directory(tmp_path_factory.mktemp("ldap"), people) as up:
        yield up


Office = Callable[[str], "contextmanager[Running]"]


@pytest.fixture
def office(doubtful: Path, tmp_path: Path) -> Office:
    """A server with settings for signing in; its accounts: lan has no password here, chủ has."""
    import shutil

    @contextmanager
    def opened(settings: str) -> Iterator[Running]:
        root = tmp_path / "kho"
        shutil.copytree(doubtful, root)
        (root / "dossier.toml").write_text(f"[sign_in]\n{settings}\n", "utf-8")
        (root / "dossier.toml").chmod(0o600)
        with running(open_archive(root), DAY) as up:
            up.account("chủ", Role.ADMIN)
            up.services.accounts.put("lan", Role.ARCHIVIST, None, None, elsewhere=True)
            yield up

    return opened  # type: ignore[return-value]


def by_ldap(
    ldap: Ldap, *, start: bool = False, authority: Path | None = None, host: str = "localhost"
) -> str:
    address = f"ldap://{host}:{ldap.plain}" if start else f"ldaps://{host}:{ldap.encrypted}"
    return (
        f'ldap = "{address}"\nldap_user = "uid={{name}},{BASE}"\n'
        f'ldap_authority = "{authority or ldap.authority}"'
    )


def sign_in(up: Running, name: str, password: str) -> tuple[int, str]:
    reply = Visit(up.port).ask("POST", "/dang-nhap", {"name": name, "password": password})
    return reply.status, reply.text


@pytest.mark.parametrize("start", [False, True], ids=["TLS", "StartTLS"])
def test_directory_proves_who_somebody_is_and_the_account_says_what_they_may(
    office: Office, ldap: Ldap, start: bool
) -> None:
    with office(by_ldap(ldap, start=start)) as up:
        assert sign_in(up, "lan", THERE)[0] == 303
        assert sign_in(up, "lan", "sai")[0] == 401
        assert sign_in(up, "lạ", THERE)[0] == 401  # known there, without an account here
        assert sign_in(up, "chủ", THERE)[0] == 401  # has a password of its own, which alone counts
        assert sign_in(up, "chủ", PASSWORD)[0] == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("lan", ""),
        ("lan", "\0"),
        ("*", THERE),
        (f"lan,{BASE}", THERE),
        ("*)(uid=*", THERE),
        ("", THERE),
        ("", ""),
    ],
)
def test_directory_is_fooled_by_nothing(office: Office, ldap: Ldap, name: str, password: str) -> None:
    with office(by_ldap(ldap)) as up:
        up.services.accounts.put("*", Role.ARCHIVIST, None, None, elsewhere=True)
        up.services.accounts.put(f"lan,{BASE}", Role.ARCHIVIST, None, None, elsewhere=True)
        up.services.accounts.put("*)(uid=*", Role.ARCHIVIST, None, None, elsewhere=True)
        assert sign_in(up, name, password)[0] == 401


def test_locked_account_is_shut_out_though_the_directory_knows_its_password(
    office: Office, ldap: Ldap
) -> None:
    with office(by_ldap(ldap)) as up:
        up.services.accounts.lock("lan")
        assert sign_in(up, "lan", THERE)[0] == 401


def test_directory_that_nobody_vouches_for_is_told_no_password(
    office: Office, ldap: Ldap, tmp_path: Path
) -> None:
    from dossier.usecases import certificates

    (tmp_path / "other").mkdir()
    other = certificates.own(tmp_path / "other", ("localhost",)).authority
    with office(by_ldap(ldap, authority=other)) as up:
        status, told = sign_in(up, "lan", THERE)
        assert status == 401 and "Không hỏi được máy chủ thư mục" in told
        assert sign_in(up, "chủ", PASSWORD)[0] == 303  # who has a password here needs no directory


def test_directory_that_is_not_called_so_is_told_no_password(office: Office, ldap: Ldap) -> None:
    with office(by_ldap(ldap, host="127.0.0.2")) as up:
        assert "Không hỏi được máy chủ thư mục" in sign_in(up, "lan", THERE)[1]


def test_directory_that_hangs_is_given_up(
    office: Office, ldap: Ldap, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier.web import identity

    monkeypatch.setattr(identity, "_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        silent = Ldap(deaf.getsockname()[1], 0, ldap.authority)
        with office(by_ldap(silent)) as up:
            assert "Không hỏi được máy chủ thư mục" in sign_in(up, "lan", THERE)[1]


def test_password_that_is_kept_elsewhere_is_not_changed_here(office: Office, ldap: Ldap) -> None:
    with office(by_ldap(ldap)) as up:
        visit = Visit(up.port)
        visit.ask("POST", "/dang-nhap", {"name": "lan", "password": THERE})
        page = visit.get("/tai-khoan")
        assert 'name="cu"' not in page.text
        assert visit.post("/tai-khoan/mat-khau", cu=THERE, moi=PASSWORD, lai=PASSWORD).status == 422
        admin = up.signed_in("chủ")
        assert admin.post("/quan-tri/nguoi-dung/mat-khau", ten="lan").status == 422
        assert sign_in(up, "lan", THERE)[0] == 303
        made = {"ten": "mới", "vai-tro": "auditor", "moi": "1", "noi-khac": "1"}
        assert admin.post("/quan-tri/nguoi-dung", **made).status == 200
        account = up.services.accounts.of("mới")
        assert account is not None and account.elsewhere and not account.fresh


PROXY = 'proxy_from = ["127.0.0.1"]\nproxy_address = "http://hoso.congan.vn"'


def through(up: Running, name: str, **more: str) -> Visit:
    """A visitor whom the proxy has let in."""
    headers = {"host": "hoso.congan.vn", "x-remote-user": name.encode().decode("latin-1"), **more}
    return Visit(up.port, extra=headers)


def test_proxy_lets_in_whom_it_names(office: Office) -> None:
    with office(PROXY) as up:
        visit = through(up, "lan")
        assert visit.get("/").headers["location"].startswith("/dang-nhap")
        assert visit.get("/dang-nhap?ve=%2Ftim").headers["location"] == "/tim"
        assert visit.get("/").status == 200
        origin = {"origin": "http://hoso.congan.vn"}
        reply = visit.ask("POST", "/ngon-ngu", {"csrf": visit.token, "lang": "en"}, **origin)
        assert reply.status == 303
        assert [entry.act for entry in audit.entries(up.archive, 5)].count("sign-in") == 1


def test_session_of_one_is_none_of_whom_the_proxy_names_next(office: Office) -> None:
    with office(PROXY) as up:
        visit = through(up, "lan")
        visit.get("/dang-nhap")
        assert visit.get("/").status == 200
        visit.extra["x-remote-user"] = "chủ".encode().decode("latin-1")
        assert visit.get("/").status == 303
        visit.extra.pop("x-remote-user")  # past the proxy
        assert visit.get("/").status == 303
        assert visit.ask("GET", "/su-kien").status == 401


@pytest.mark.parametrize("name", ["lạ", "", " ", "chủ, lan", "../lan", "LAN", "lan\t"])
def test_whom_nobody_knows_is_not_let_in(office: Office, name: str) -> None:
    with office(PROXY) as up:
        visit = through(up, name)
        assert visit.get("/dang-nhap").status == 403 or name == "lan\t"
        assert visit.get("/").status == 303 or name == "lan\t"


def test_header_from_elsewhere_twice_or_under_another_name_counts_for_nothing(office: Office) -> None:
    with office(PROXY.replace("127.0.0.1", "127.0.0.9")) as up:  # this machine is not the proxy
        assert through(up, "lan").get("/dang-nhap").status == 403
        assert sign_in(up, "chủ", PASSWORD)[0] == 403  # nor is there another door
        refused = [entry for entry in audit.entries(up.archive, 5) if entry.act == "sign-in-refused"]
        assert refused
    proxy = Proxy(frozenset({"10.0.0.5"}), b"x-remote-user", "https://hoso.congan.vn")
    said = (b"x-remote-user", b"lan")
    assert proxy.named("10.0.0.5", [said]) == "lan"
    assert proxy.named("10.0.0.5", [(b"X-Remote-User", b"lan")]) == "lan"
    assert proxy.named("::ffff:10.0.0.5", [said]) == "lan"
    for peer in ("10.0.0.50", "10.0.0.4", "::10.0.0.5", "", "10.0.0.5.evil", "64:ff9b::10.0.0.5"):
        assert proxy.named(peer, [said]) == "", peer
    for headers in ([said, said], [said, (b"X-REMOTE-USER", b"chu")], [(b"x_remote_user", b"lan")],
                    [(b"x-forwarded-user", b"lan")], [(b"x-remote-user", b"\xff")], []):  # fmt: skip
        assert proxy.named("10.0.0.5", headers) == "", headers


def test_cookie_belongs_to_the_proxys_address(office: Office) -> None:
    with office(PROXY.replace("http://", "https://")) as up:
        kept = through(up, "lan").get("/dang-nhap").headers["set-cookie"]
        assert kept.startswith("__Host-s=") and "Secure" in kept and "SameSite=strict" in kept


@pytest.mark.parametrize(
    "settings",
    [
        'ldap = "ldaps://a"\nldap_user = "uid={name},dc=a"\n' + PROXY,
        'ldap = "http://a"\nldap_user = "uid={name}"',
        'ldap = "ldaps://a"\nldap_user = "uid=lan"',
        'ldap = "ldaps://a"',
        'ldap = "ldaps://a:x"\nldap_user = "{name}"',
        'proxy_from = ["10.0.0.0/8"]\nproxy_address = "https://a"',
        'proxy_from = ["0.0.0.0"]\nproxy_address = "https://a"',
        'proxy_from = ["10.0.0.5"]',
        'proxy_from = ["10.0.0.5"]\nproxy_address = "a"',
        'proxy_from = ["10.0.0.5"]\nproxy_address = "https://a"\nproxy_header = "Cookie"',
        'proxy_from = ["10.0.0.5"]\nproxy_address = "https://a"\nproxy_header = "a b"',
    ],
)
def test_settings_that_cannot_be_meant_stop_the_page(tmp_path: Path, settings: str) -> None:
    (tmp_path / "dossier.toml").write_text(f"[sign_in]\n{settings}\n", "utf-8")
    (tmp_path / "dossier.toml").chmod(0o600)
    archive = open_archive(tmp_path)
    with pytest.raises(ConfigurationError):
        (directory_of(archive), proxy_of(archive))


def test_settings_that_others_may_have_written_stop_the_page(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text(f"[sign_in]\n{PROXY}\n", "utf-8")
    (tmp_path / "dossier.toml").chmod(0o666)
    with pytest.raises(ConfigurationError, match="ai khác cũng sửa được"):
        proxy_of(open_archive(tmp_path))
