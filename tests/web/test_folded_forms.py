"""Forms that unfold on a page, by keys alone: each opens, is walked in sight, closes with Escape, gives
the focus back and keeps what was typed; unfolded or refused it is as accessible as the page."""

from __future__ import annotations

from typing import Any

import pytest

from dossier.usecases.standing import id_of
from tests.web.browsing import page_of
from tests.web.serving import Running
from tests.web.test_accessible import _complaints, axe
from tests.web.test_two_people import _paper

__all__ = ["axe"]  # a fixture
_RINGED = """() => {
  const s = getComputedStyle(document.activeElement);
  return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1;
}"""
_INSIDE = "() => Boolean(document.activeElement.closest('details[open]'))"


def _at(up: Running, path: str) -> str:
    return f"http://127.0.0.1:{up.port}{path}"


@pytest.mark.parametrize("where", ["paper", "dossier"])
def test_unfolded_form_is_walked_and_closed_by_keys(
    chromium: Any, own: Running, axe: str, where: str
) -> None:
    visit = own.owner()
    row = own.services.cache.standing().rows[0]
    path = _paper(visit) if where == "paper" else f"/ho-so/{id_of(row.path)}"
    page = page_of(chromium, own, visit)
    page.goto(_at(own, path))
    forms = page.locator("main details.accept:visible")
    assert forms.count() >= 2
    for number in range(min(forms.count(), 4)):
        form = forms.nth(number)
        form.locator("summary").focus()
        page.keyboard.press("Enter")
        assert form.evaluate("form => form.open")
        walked = 0
        page.keyboard.press("Tab")
        while page.evaluate(_INSIDE):
            assert page.evaluate(_RINGED), page.evaluate("document.activeElement.outerHTML")
            walked += 1
            page.keyboard.press("Tab")
        assert walked >= form.locator("input:visible, select, textarea, button").count() > 0
        assert _complaints(page, axe) == []
        field = form.locator("input:not([type=hidden]), textarea, select").last
        field.focus()
        if field.evaluate("field => field.type === 'text'"):
            field.fill("đã gõ")
        page.keyboard.press("Escape")
        assert not form.evaluate("form => form.open")
        assert form.locator("summary").evaluate("summary => summary === document.activeElement")
        assert field.evaluate("field => field.type !== 'text' || field.value === 'đã gõ'")
    page.context.close()


def test_refused_correction_stands_in_sight_with_the_keys_in_it(
    chromium: Any, own: Running, axe: str
) -> None:
    visit = own.owner()
    page = page_of(chromium, own, visit)
    page.goto(_at(own, _paper(visit)))
    form = page.locator("details.accept:has([name=date])")
    form.locator("summary").click()
    form.locator("[name=number]").fill("99/BC-UBND")
    form.locator("[name=date]").fill("31/02/2023")
    with page.expect_navigation():
        form.locator("[name=date]").press("Enter")
    assert form.locator("[role=alert]").is_visible()
    assert form.locator("[name=number]").input_value() == "99/BC-UBND"
    assert page.evaluate("document.activeElement.name") == "number"
    assert _complaints(page, axe) == []
    page.context.close()


def test_skip_link_is_the_first_stop_and_leads_past_the_menu(chromium: Any, own: Running) -> None:
    page = page_of(chromium, own, own.owner())
    page.goto(_at(own, "/"))
    page.keyboard.press("Tab")
    link = page.evaluate("(() => { const e = document.activeElement; return [e.className, e.hash]; })()")
    assert link[0] == "skip" and page.locator(link[1]).count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")
    page.context.close()


def test_list_of_keys_closes_with_escape_and_gives_the_focus_back(chromium: Any, own: Running) -> None:
    page = page_of(chromium, own, own.owner())
    page.goto(_at(own, "/"))
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    assert page.locator("#phim").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#phim").is_visible()
    assert page.evaluate("document.activeElement.className") == "skip"
    page.context.close()
