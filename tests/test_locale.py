"""The translations are whole, current and compiled."""

from __future__ import annotations

import re
import string

import pytest

from dossier import i18n

build = pytest.importorskip("dossier.locale.build", reason="Babel is a development dependency")
Catalog = build.Catalog


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    """Every message of the source, looked for once."""
    return build.extracted()


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_message_has_an_english_text(extracted: Catalog) -> None:
    kept = {message.id: message.string for message in build.read(build.ENGLISH)}
    wanted = [message.id for message in extracted if message.id]
    assert [message for message in wanted if not kept.get(message)] == []


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("Việc đến hạn của hồ sơ", id="within an f-string"),
        pytest.param(
            "Tệp nén .rar và .7z chưa mở được; hoặc giải nén vào hồ sơ.", id="in a folder with an underscore"
        ),
        pytest.param("Mức đầy đủ theo thời gian", id="in a template"),
    ],
)
def test_messages_are_found_wherever_they_are_said(extracted: Catalog, message: str) -> None:
    assert message in extracted


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


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 files are gone"), (1, "1 file is gone"), (2, "2 files are gone")]
)
def test_english_has_one_and_many(count: int, said: str) -> None:
    i18n.use("en")
    assert i18n._("{count} tệp không còn").format(count=count) == said
    i18n.use("vi")
    assert i18n._("{count} tệp không còn").format(count=count) == f"{count} tệp không còn"


def test_plural_survives_being_put_together() -> None:
    i18n.use("en")
    said = "! " + i18n._("{count} tệp không còn") + "."
    assert said.format(count=1) == "! 1 file is gone."


def test_number_beside_a_noun_chooses_its_plural() -> None:
    nouns = r"\{\w+\} (files|documents|results|findings|dossiers|decisions|waivers|rows|years|pages)\b"
    said = [str(m.string) for m in build.read(build.ENGLISH) if m.id]
    assert [text for text in said if re.search(nouns, text)] == []


def test_number_in_a_sentence_has_the_decimal_sign_of_the_language() -> None:
    share = i18n._("{share:g} %").format(share=89.9)
    assert share == "89,9 %"
    with i18n.speaking("en"):
        assert i18n.say(share) == "89.9 %"
