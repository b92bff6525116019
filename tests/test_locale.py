"""The translations are whole, current and compiled."""

from __future__ import annotations

import string

import pytest

from dossier import i18n

build = pytest.importorskip("dossier.locale.build", reason="Babel is a development dependency")


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_message_has_an_english_text() -> None:
    kept = {message.id: message.string for message in build.read(build.ENGLISH)}
    wanted = [message.id for message in build.extracted() if message.id]
    assert [message for message in wanted if not kept.get(message)] == []


def test_english_texts_have_the_fields_of_the_vietnamese_ones() -> None:
    pairs = [(m.id, m.string) for m in build.read(build.ENGLISH) if m.id]
    assert [vi for vi, en in pairs if fields(vi) != fields(en)] == []


@pytest.mark.parametrize("path", [build.ENGLISH, build.CLICK])
def test_compiled_catalogue_is_current(path: object) -> None:
    assert build.compiled(build.read(path)) == path.with_suffix(".mo").read_bytes()  # type: ignore[attr-defined]


def test_english_is_spoken_when_asked_for() -> None:
    i18n.use("en")
    assert i18n._("Các lệnh") == "Commands"
    i18n.use("vi")
    assert i18n._("Các lệnh") == "Các lệnh"


def test_unknown_language_is_vietnamese() -> None:
    i18n.use("xx")
    assert i18n.language() == "vi"
