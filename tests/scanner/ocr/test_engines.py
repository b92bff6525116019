"""Every engine for printed text reads the same page alike."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PIL import Image

from dossier import engines
from dossier.scanner import ocr
from dossier.scanner.ocr.interface import EngineError, Recogniser

pytestmark = pytest.mark.slow  # OCR by each engine


@pytest.fixture(params=engines.OCR.values())
def engine(request: pytest.FixtureRequest) -> Recogniser:
    """Each engine; skips where it is not installed, for which there is no excuse where CI is set."""
    found: Recogniser = engines.load(ocr.__name__, request.param)()
    if not found.available():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{found.name} with Vietnamese must be installed in CI")
        pytest.skip(f"{found.name} with Vietnamese is not installed")
    return found


def test_words_stand_where_they_are_printed(engine: Recogniser, head: Callable[..., Image.Image]) -> None:
    seen = engine.recognise(head("23", "05").convert("L"), 200, 60)
    words = {word.text: word for line in seen.lines for word in line.words}
    assert {"NHÂN", "Camera", "QUYẾT"} <= set(words)
    assert 0.4 < words["QUYẾT"].box.left < 0.46 and 0.19 < words["QUYẾT"].box.top < 0.23
    assert seen.confidence > 0.8


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_told(engine: Recogniser, head: Callable[..., Image.Image], degrees: int) -> None:
    page = head("23", "05").convert("L")
    assert engine.quarter_turn(page, 60) == 0
    assert engine.quarter_turn(page.rotate(degrees, expand=True), 60) in (0, degrees)


def test_a_blank_page_has_no_words(engine: Recogniser) -> None:
    assert engine.recognise(Image.new("L", (800, 1100), 255), 200, 60).lines == ()


def test_a_page_that_takes_too_long_is_given_up(engine: Recogniser, head: Callable[..., Image.Image]) -> None:
    with pytest.raises(EngineError):
        engine.recognise(head("23", "05").convert("L").resize((3300, 4600)), 400, 0.01)
