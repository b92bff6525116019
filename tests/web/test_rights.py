"""Every role at every address, with what is its own, what is another unit's and what is not there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping

import pytest

from dossier.archive import open_archive
from dossier.web.documents import address_of
from dossier.web.roles import Right, Role, Visitor
from dossier.web.routes import ROUTES, Route
from tests.usecases.archives import FOUNDING, paper, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Running, Visit, running, scanned

OWN, FOREIGN = "Xã Hàm Thắng", "Phường Mũi Né"
_PAPERS = {OWN: "Camera an ninh", FOREIGN: "Chợ bí ẩn"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("rights") / "kho"
    for unit, name in _PAPERS.items():
        folder = f"{unit}/Mô hình/{name}"
        write(root, f"{folder}/qd.txt", FOUNDING.replace("Camera an ninh", name))
        write(root, f"{folder}/bc.txt", paper("BÁO CÁO", "07/BC-UBND", f"Kết quả thực hiện {name}"))
        write(root, f"{folder}/hoso.toml", f'unit = "{unit}"\n')
    scanned(root)
    with running(open_archive(root), DAY) as up:
        up.account("quản trị", Role.ADMIN)
        for role in Role:
            if role is not Role.ADMIN:
                up.account(role.value, role, *((OWN,) if role is Role.UNIT else ()))
        yield up
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def visits(office: Running) -> dict[Role, Visit]:
    names = {role: "quản trị" if role is Role.ADMIN else role.value for role in Role}
    return {role: office.signed_in(name) for role, name in names.items()}


def test_unit_is_known_however_its_account_spells_it(office: Running) -> None:
    office.account("viết hoa", Role.UNIT, OWN.upper())
    visit = office.signed_in("viết hoa")
    seen = visit.get("/").text
    assert _PAPERS[OWN] in seen
    assert _PAPERS[FOREIGN] not in seen
    report = visit.ask("GET", "/api/v1/dossiers").text
    assert _PAPERS[OWN] in report
    assert _PAPERS[FOREIGN] not in report


def _objects(office: Running) -> dict[str, dict[str, str]]:
    from dossier.usecases.standing import id_of

    found = {}
    for unit, name in _PAPERS.items():
        folder = f"{unit}/Mô hình/{name}"
        found[unit] = {
            "id": id_of(folder),
            "doc": address_of(f"{folder}/bc.txt"),
            "page": "1",
            "format": "csv",
            "name": "moi.txt",
        }
    found["none"] = {
        "id": "0" * 18,
        "doc": f"{'0' * 18}-1",
        "page": "1",
        "format": "exe",
        "name": "hoso.toml",
    }
    return found


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.path != "/dang-xuat"], ids=lambda route: f"{route.method} {route.path}"
)
def test_role_gets_what_the_table_allows_and_no_more(
    office: Running, visits: dict[Role, Visit], route: Route
) -> None:
    objects = _objects(office)
    for role in Role:
        for whose, told in objects.items():
            _gets_what_the_table_allows(visits[role], route, role, whose, told)
            if "{" not in route.path and route.method == "GET":
                break  # an address without a name in it is the same whosever


def _gets_what_the_table_allows(
    visit: Visit, route: Route, role: Role, whose: str, told: Mapping[str, str]
) -> None:
    path = re.sub(r"\{(\w+)\}", lambda name: told[name[1]], route.path)
    sees = whose == OWN or (whose == FOREIGN and role is not Role.UNIT)
    may = Visitor("x", role).may(route.right)
    if route.method == "GET":
        reply = visit.get(path)
    else:  # without what the form needs: it is refused later than the rights are looked at
        form = {"ho-so": told["id"], "quy-tac": "MH-01", "lang": "vi"}
        reply = visit.ask(route.method, path, {"csrf": visit.token, **form}, x_csrf_token=visit.token)
    case = (role, whose, reply.status, reply.text[:300])
    if not may:
        led = reply.status == 303 and reply.headers["location"] == Visitor("x", role).home
        assert reply.status == 403 or (route.path == "/" and led), case
    elif re.search(r"\{(id|doc)\}", route.path) and not sees:
        assert reply.status == 404, case
    else:
        refused = reply.status >= 500 or reply.status in (401, 403)
        assert not refused or route.right.value == "anyone", case
    if role is Role.UNIT or (
        role is Role.ADMIN and route.right is not Right.LOG
    ):  # who checks sees what was done
        assert "Chợ bí ẩn" not in reply.text, case


def test_foreign_dossier_answers_as_one_that_is_not_there(office: Running, visits: dict[Role, Visit]) -> None:
    told, visit = _objects(office), visits[Role.UNIT]
    for path in ("/ho-so/{id}", "/van-ban/{doc}", "/api/v1/documents/{doc}"):
        foreign, none = (visit.get(path.format(**told[whose])) for whose in (FOREIGN, "none"))
        strip = re.compile(r'value="[^"]*"')
        assert (foreign.status, strip.sub("", foreign.text)) == (none.status, strip.sub("", none.text))


@pytest.mark.parametrize("query", ["bí ẩn", "07/BC-UBND", "thuc hien", "Mũi Né"])
def test_search_of_a_unit_finds_and_counts_only_its_own(
    office: Running, visits: dict[Role, Visit], query: str
) -> None:
    from urllib.parse import quote

    reply = visits[Role.UNIT].get(f"/api/v1/search?q={quote(query)}")
    assert reply.status == 200 and "Chợ" not in reply.text.replace(query, "")
    assert f'"total":{reply.text.count(chr(34) + "ordinal" + chr(34))}' in reply.text


def test_machine_acts_with_the_rights_of_its_account_only(office: Running) -> None:
    token = office.services.accounts.tokens.make("unit", "thử")
    visit = Visit(office.port, extra={"authorization": f"Bearer {token}"})
    reply = visit.get("/api/v1/dossiers")
    assert reply.status == 200 and "Camera an ninh" in reply.text and "bí ẩn" not in reply.text
    assert visit.ask("GET", "/").status == 303  # pages are for people
    office.services.accounts.tokens.drop("unit")
    assert visit.get("/api/v1/dossiers").status == 401


def test_last_administrator_stays(office: Running) -> None:
    from dossier.errors import UsageError

    with pytest.raises(UsageError):
        office.services.accounts.remove("quản trị")


@pytest.mark.parametrize(
    "password", ["ngắn", "123456789012", "matkhau12345", "aaaaaaaaaaaaaaa", "quản trị quản trị"]
)
def test_password_that_is_guessed_at_once_is_refused(office: Running, password: str) -> None:
    from dossier.errors import UsageError

    with pytest.raises(UsageError):
        office.services.accounts.put("quản trị", Role.ADMIN, None, password)
