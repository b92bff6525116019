"""axe over every page, in both languages, at three widths: nothing to complain of."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from dossier.archive import open_archive
from dossier.i18n import speaking
from dossier.usecases.standing import id_of
from dossier.web.documents import address_of
from dossier.web.roles import Role
from dossier.web.routes import PAGES
from tests.web.browsing import missing, page_of
from tests.web.serving import PASSWORD, Running, Visit, running

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WIDTHS = (390, 1280, 3840)
_NOT_SHOWN = ("/mo", "/lich.ics", "/quyet-dinh/bang.csv", "/viec/{id}/tep", "/bao-cao/{format}", "/dang-nhap")


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        missing("axe-core")
        raise


@pytest.fixture(scope="module")
def office(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With people, a request for a waiver, a waiver and a job."""
    import shutil

    root = tmp_path_factory.mktemp("axe") / "kho"
    shutil.copytree(sample, root)
    with running(open_archive(root)) as up:
        row = up.services.cache.standing().rows[0]
        for role in (Role.ADMIN, Role.CHIEF, Role.ARCHIVIST):
            up.account(role.value, role)
        up.account("lan", Role.UNIT, row.unit)
        asks = up.signed_in("archivist")
        for _again in range(2):
            form = {"ho-so": id_of(row.path), "quy-tac": "MH-04", "ly-do": "đang xin ý kiến"}
            asks.post("/chap-nhan", **form)
        up.signed_in("chief").post("/chap-nhan/duyet", so="1", duyet="1")
        yield up


def _addresses(up: Running) -> list[str]:
    standing = up.services.cache.standing()
    row = standing.rows[0]
    asked = standing.questions[0].document if standing.questions else None
    paper = (
        asked.path
        if asked
        else next(iter(up.archive.root.rglob("*.pdf"))).relative_to(up.archive.root).as_posix()
    )
    told = {"id": id_of(row.path), "doc": address_of(paper), "page": "1"}
    found = [
        route.path.format(**told)
        for route in PAGES
        if route.method == "GET" and route.path not in _NOT_SHOWN
        and not route.path.endswith((".jpg", "/tep")) and not any(field.required for field in route.query)
    ]  # fmt: skip
    return [*found, f"/ho-so/{told['id']}?ghi=founded", f"/ho-so/{told['id']}?ghi=fund",
            "/lich?ghi=TH-23/2026", "/tim?q=quyet+dinh",
            f"/nop-luu?ho-so={told['id']}", "/quan-tri/nguoi-dung/sua?ten=lan",
            "/khong-co-trang-nay", "/ho-so/khong-co"]  # fmt: skip


def _complaints(page: Any, axe: str) -> list[str]:
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe)
    found = page.evaluate(
        "async (tags) => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']})).violations"
        ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))",
        _TAGS,
    )
    return list(found)


@pytest.mark.parametrize("name", ["chief", "admin"])  # between them they see every page
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_accessible_at_every_width(
    chromium: Any, office: Running, axe: str, language: str, name: str
) -> None:
    told: dict[tuple[str, int], list[str]] = {}
    visit = office.signed_in(name)
    visit.post("/ngon-ngu", lang=language)
    with speaking(language):  # until then its page loads itself anew, also on the way to the next one
        office.services.checkup.latest(120.0)
    page = page_of(chromium, office, visit)
    looked_at = 0
    for address in _addresses(office):
        reply = page.goto(f"http://127.0.0.1:{office.port}{address}")
        if reply.status == 403 or "text/html" not in reply.headers.get("content-type", ""):
            continue
        assert page.locator("html").get_attribute("lang") == language
        looked_at += 1
        for width in _WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if complaints := _complaints(page, axe):
                told[address, width] = complaints
    page.context.close()
    assert told == {} and looked_at >= 5


@pytest.mark.parametrize("name", ["archivist", "lan"])
def test_what_other_roles_see_besides_is_accessible_on_a_telephone(
    chromium: Any, office: Running, axe: str, name: str
) -> None:
    page = page_of(chromium, office, office.signed_in(name), viewport={"width": 390, "height": 800})
    told = {}
    for address in ("/", "/hop-thu-den", "/can-xem", "/ho-so-moi", "/quyet-dinh", "/chap-nhan", "/nop-luu"):
        page.goto(f"http://127.0.0.1:{office.port}{address}")
        if complaints := _complaints(page, axe):
            told[address] = complaints
    page.context.close()
    assert told == {}


def test_pages_before_signing_in_are_accessible(chromium: Any, office: Running, axe: str) -> None:
    page = page_of(chromium, office, Visit(office.port))
    page.goto(f"http://127.0.0.1:{office.port}/dang-nhap")
    assert _complaints(page, axe) == []
    page.locator("input[name=name]").fill("chief")
    page.locator("input[name=password]").fill("sai rồi")
    page.locator("button.main").click()
    page.locator("[role=alert]").wait_for()
    assert _complaints(page, axe) == []


def test_pages_shown_once_are_accessible(chromium: Any, office: Running, axe: str) -> None:
    visit = office.signed_in("admin")
    page = page_of(chromium, office, visit)
    base = f"http://127.0.0.1:{office.port}"
    page.goto(f"{base}/tai-khoan")
    page.locator("button[value=bat]").click()
    page.locator("svg.square").wait_for()
    assert _complaints(page, axe) == []
    page.goto(f"{base}/quan-tri/nguoi-dung/sua?ten=lan")
    page.locator("input[name=nhan]").fill("bảng điện tử")
    page.locator("form:has(input[name=nhan]) button").last.click()
    page.locator(".once").wait_for()
    assert _complaints(page, axe) == []
    assert PASSWORD not in page.content()
