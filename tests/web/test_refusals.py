"""What a refused visitor is told: what happened, what to do, and what was typed is still there."""

from __future__ import annotations

from typing import Any

from dossier.usecases.decide import waivers
from dossier.usecases.standing import id_of
from tests.web.browsing import page_of
from tests.web.serving import Running

_NO_RIGHT = "Tài khoản này không được làm việc đó"


def test_request_of_another_site_is_told_as_such(reading: Running) -> None:
    visit = reading.owner()
    told = visit.ask("POST", "/ngon-ngu", {"csrf": visit.token, "lang": "vi"}, origin="http://evil.example")
    assert told.status == 403 and _NO_RIGHT not in told.text
    assert "do một trang khác gửi tới" in told.text and "dossier serve" in told.text


def test_page_of_an_earlier_sign_in_is_told_as_such_with_the_way_back(staffed: Running) -> None:
    visit = staffed.signed_in("archivist")
    stale, visit = visit.token, staffed.signed_in("archivist")
    came = f"http://127.0.0.1:{staffed.port}/tai-khoan"
    told = visit.ask("POST", "/ngon-ngu", {"csrf": stale, "lang": "vi"}, referer=came)
    assert told.status == 403 and _NO_RIGHT not in told.text
    assert "mở từ trước lần đăng nhập này" in told.text and '<a href="/tai-khoan">' in told.text


def test_program_that_sends_json_to_a_form_is_told_so(staffed: Running) -> None:
    visit = staffed.signed_in("archivist")
    told = visit.ask("POST", "/chap-nhan", b'{"quy-tac": "MH-07"}', content_type="application/json")
    assert told.status == 422 and "không phải biểu mẫu" in told.text and "/api/v1" in told.text


def test_administrator_is_led_from_the_overview_to_the_own_page(staffed: Running) -> None:
    visit = staffed.signed_in("admin")
    led = visit.ask("GET", "/")
    assert (led.status, led.headers["location"]) == (303, "/quan-tri")
    assert "live.js" not in visit.get("/quan-tri").text  # its news are of dossiers


def test_machine_is_told_that_its_request_names_another_site(reading: Running) -> None:
    told = reading.owner().ask("POST", "/api/v1/waivers", b"", origin="http://evil.example")
    assert told.status == 403 and "do một trang khác gửi tới" in told.text


def test_refused_form_leads_back_to_its_page(own: Running) -> None:
    visit, row = own.owner(), own.services.cache.standing().rows[0]
    at = f"/ho-so/{id_of(row.path)}"
    form = {
        "csrf": visit.token,
        "ho-so": id_of(row.path),
        "quy-tac": "MH-04",
        "ly-do": "x",
        "den": "2020-01-01",
    }
    told = visit.ask("POST", "/chap-nhan", form, referer=f"http://127.0.0.1:{own.port}{at}")
    assert told.status == 422 and f'<a href="{at}">Về lại trang vừa dùng</a>' in told.text


def test_page_beyond_the_results_shows_the_last_one(reading: Running) -> None:
    told = reading.owner().get("/tim?q=mo+hinh&trang=45")
    assert "data-hit" in told.text and "Không tìm thấy" not in told.text


def test_long_reason_is_refused_and_not_cut(own: Running) -> None:
    visit, row = own.owner(), own.services.cache.standing().rows[0]
    told = visit.post("/chap-nhan", ho_so=id_of(row.path), quy_tac="MH-04", ly_do="dài " * 200)
    assert told.status == 422 and "dài quá 500 ký tự" in told.text
    assert own.services.intents.settled(20) and not waivers(own.archive)


def test_typed_reason_is_still_there_after_a_refusal(chromium: Any, own: Running) -> None:
    page = page_of(chromium, own, own.owner())
    dossier = f"http://127.0.0.1:{own.port}/ho-so/{id_of(own.services.cache.standing().rows[0].path)}"
    page.goto(dossier)
    form = page.locator("details.accept:has(input[name=quy-tac])").last
    form.locator("summary").click()
    form.locator("input[name=ly-do]").fill("lý do dài đã gõ")
    form.locator("input[name=csrf]").evaluate("field => { field.value = '0'.repeat(64); }")
    with page.expect_navigation():
        form.locator("button").click()
    page.locator("main >> text=Về lại trang vừa dùng").click()
    page.wait_for_url(dossier)
    field = page.locator("details.accept input[name=ly-do]").last
    assert field.input_value() == "lý do dài đã gõ" and field.is_visible()
    page.context.close()
