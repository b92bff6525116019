"""The pages that only show: what is on them, and that nobody sees them who may not."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from dossier.checklists.sentence_case import body
from dossier.usecases import history
from dossier.usecases.assess import assess
from dossier.web.middleware import POLICY
from dossier.web.roles import Role
from dossier.web.routes import PAGES, ROUTES
from tests.web.serving import Running, Visit

SHOWN = [
    route.path
    for route in PAGES
    if route.method == "GET" and "{" not in route.path and not any(field.required for field in route.query)
]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "srcset", "style", "onclick", "onload"):
                self.found.append((name, value or ""))


def _links(text: str) -> list[tuple[str, str]]:
    parser = _Links()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("path", [p for p in SHOWN if p not in ("/mo", "/dang-nhap") and "." not in p])
def test_every_page_answers_its_owner(reading: Running, path: str) -> None:
    reply = reading.owner().get(path)
    assert reply.status == 200 and "</html>" in reply.text
    assert reply.headers["content-security-policy"] == POLICY
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_nobody_sees_anything_without_signing_in(reading: Running, route) -> None:
    path = re.sub(r"\{\w+\}", "1", route.path)
    reply = Visit(reading.port).ask(route.method, path, {} if route.method == "POST" else None)
    if route.right.value == "anyone":
        assert reply.status in (401, 403)
    else:
        assert reply.status == (401 if route.machine or route.changes else 303)
        assert "Camera" not in reply.text


def test_key_of_the_start_opens_the_page_once(reading: Running) -> None:
    key = reading.services.sessions.launch_key()
    assert Visit(reading.port).ask("GET", f"/mo?khoa={key}").status == 303
    assert Visit(reading.port).ask("GET", f"/mo?khoa={key}").status == 403


def test_cookie_is_strict_and_out_of_reach_of_scripts(reading: Running) -> None:
    reply = Visit(reading.port).ask("GET", f"/mo?khoa={reading.services.sessions.launch_key()}")
    said = reply.headers["set-cookie"].lower()
    assert "httponly" in said and "samesite=strict" in said


def test_nothing_on_a_page_points_outside_or_holds_style_or_script(reading: Running) -> None:
    visit = reading.owner()
    for path in ("/", "/can-xem", "/tim?q=quyet+dinh", "/lich", "/chap-nhan"):
        for name, value in _links(visit.get(path).text):
            assert name not in ("style", "onclick", "onload"), (path, value)
            here = not value or value.startswith(("/", "#"))  # empty: the page itself
            assert here and not value.startswith("//"), (path, value)


def test_overview_shows_every_dossier_as_the_command_line_judges_it(reading: Running) -> None:
    from dossier.usecases.assess import assess

    text = reading.owner().get("/").text
    report = assess(reading.archive, reading.services.cache.today)
    for dossier in report.dossiers:
        assert dossier.name in text
    assert f"{sum(d.complete for d in report.dossiers)}/{len(report.dossiers)}" in text


def test_filters_narrow_and_order_the_overview(reading: Running) -> None:
    visit = reading.owner()
    rows = json.loads(visit.get("/api/v1/dossiers").text)["dossiers"]
    lacking = json.loads(visit.get("/api/v1/dossiers?tinh-trang=thieu&sap=ten").text)
    assert lacking["total"] == sum(row["status"] == "incomplete" for row in rows)
    assert json.loads(visit.get("/api/v1/dossiers?don-vi=khong-co").text)["total"] == 0


def test_page_of_a_dossier_shows_checklist_and_papers(reading: Running) -> None:
    visit = reading.owner()
    row = json.loads(visit.get("/api/v1/dossiers").text)["dossiers"][0]
    text = visit.get(f"/ho-so/{row['id']}").text
    assert row["name"] in text and 'id="muc-1"' in text and "/van-ban/" in text


@pytest.mark.parametrize(
    "path",
    ["/ho-so/x", "/ho-so/..%2f..%2fetc", "/van-ban/1-1", "/van-ban/%00-1", "/van-ban/x-99999999999",
     "/van-ban/..%2f..%2fetc%2fpasswd-1", "/bao-cao/exe", "/bao-cao/..", "/tinh/..%2fapp.py",
     "/van-ban/aa-1/trang/1.jpg", "/api/v1/dossiers/zz", "/khong-co"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reading: Running, path: str) -> None:
    reply = reading.owner().get(path)
    assert reply.status == 404
    if path == "/khong-co":
        assert "Không có trang này." in reply.text and 'href="/"' in reply.text


def test_both_languages_are_served_at_once_and_kept_apart(reading: Running) -> None:
    english, vietnamese = reading.owner(), reading.owner()
    english.post("/ngon-ngu", lang="en", ve="/")
    seen: list[tuple[str, bool]] = []

    def look(visit: Visit, language: str) -> None:
        for _again in range(8):
            text = visit.get("/").text
            right = (
                ("Overview" in text) if language == "en" else ("Tổng quan" in text and "Overview" not in text)
            )
            seen.append((language, right))

    threads = [threading.Thread(target=look, args=args) for args in ((english, "en"), (vietnamese, "vi"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 16 and all(right for _language, right in seen)


def test_search_gives_what_the_command_line_gives(reading: Running) -> None:
    from dossier.index import Filters, SearchOptions
    from dossier.usecases.search import search

    found = json.loads(reading.owner().get("/api/v1/search?q=quyet+dinh+thanh+lap").text)
    known = search(reading.archive, "quyet dinh thanh lap", Filters(), SearchOptions(limit=20))
    assert (found["total"], [hit["path"] for hit in found["hits"]]) == (
        known.total, [hit.path for hit in known.hits]
    )  # fmt: skip
    assert found["total"] > 0


def test_hit_opens_its_document_at_its_page_with_the_words_marked(reading: Running) -> None:
    visit = reading.owner()
    text = visit.get("/tim?q=thanh+lap").text
    link = re.search(r'href="(/van-ban/[^"]+/trang/\d+\?q=[^"]+)"', text)
    assert link
    page = visit.get(link[1].replace("&amp;", "&"))
    assert page.status == 200 and "<mark>" in page.text


@pytest.mark.parametrize("format", ["html", "xlsx", "docx", "csv", "json", "txt"])
def test_reports_are_downloaded_with_their_names(reading: Running, format: str) -> None:
    reply = reading.owner().get(f"/bao-cao/{format}")
    assert reply.status == 200 and len(reply.body) > 200
    assert reply.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


def test_description_names_every_address_for_machines(reading: Running) -> None:
    described = json.loads(reading.owner().get("/openapi.json").text)
    assert described["openapi"].startswith("3.1")
    machines = {route.path for route in ROUTES if route.machine}
    assert set(described["paths"]) == machines


def test_assets_are_kept_for_good_and_known_by_their_content(reading: Running) -> None:
    text = reading.owner().get("/").text
    address = re.search(r'src="(/tinh/keys\.[0-9a-f]{12}\.js)"', text)
    assert address
    reply = Visit(reading.port).get(address[1])
    assert reply.status == 200 and "immutable" in reply.headers["cache-control"]


def test_own_scripts_are_small() -> None:
    from dossier.web.pages import assets

    assert sum(len(a.content) for name, a in assets().items() if name.endswith(".js")) < 20_000


def test_the_trend_is_drawn_from_two_nights_on(own: Running) -> None:
    archive = own.archive
    report = assess(archive)
    for day in (date(2026, 1, 1), date(2026, 1, 2)):
        history.record(archive, replace(report, today=day))
    said = own.owner().get("/xu-huong").text
    assert "<svg" in said and "<polyline" in said and "Chart(" not in said
    assert not [value for name, value in _links(said) if name == "style"]


def test_units_stand_side_by_side(own: Running) -> None:
    archive = own.archive
    units = {dossier.unit for dossier in assess(archive).dossiers}
    said = own.owner().get("/don-vi").text
    assert all(body(unit) in said for unit in units)  # the head's capitals are not the unit's name
    assert "Thiếu gì, ở đâu" in said


def test_unit_without_dossiers_is_told_no_share(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    own.account("binh", Role.UNIT, "Xã Khác")
    text = own.signed_in("binh").get("/").text
    assert "0/0" in text and "<b>–</b>" in text and "100 %" not in text


@pytest.mark.parametrize(
    ("form", "page"),
    [("/van-ban/x-1/truong", "/van-ban/x-1"), ("/can-xem/hoan-tac", "/can-xem"), ("/dang-xuat", "/")],
)
def test_address_of_a_form_reloaded_leads_to_its_page(reading: Running, form: str, page: str) -> None:
    reply = reading.owner().ask("GET", form)
    assert (reply.status, reply.headers["location"]) == (303, page)
