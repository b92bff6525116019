"""A real Chromium, and pages in it that are signed in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.serving import Running, Visit

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")


def missing(what: str) -> None:
    """Leave the test out on a desk; where no test may be left out, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


def browsers() -> Iterator[Any]:
    """The browser, started."""
    if PROGRAM is None:
        missing("Chromium")
    try:
        from playwright import sync_api
    except ModuleNotFoundError:
        missing("playwright")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def page_of(chromium: Any, running: Running, visit: Visit, **how: Any) -> Any:
    """A page of that visitor; ``how`` as for a context of playwright."""
    context = chromium.new_context(**how)
    name, _equals, value = visit.cookie.partition("=")
    if value:
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{running.port}"}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page
