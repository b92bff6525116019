"""Sentences remember what they say: one stored text answers in both languages."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import i18n
from dossier.i18n import Sentence, _, joined, packed, say, unpacked


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    yield
    i18n.use("vi")


def kept(text: str) -> object:
    return json.loads(json.dumps(packed(text), ensure_ascii=False))


def in_english(text: str) -> str:
    i18n.use("en")
    return say(text)


def test_a_sentence_is_the_text_it_shows() -> None:
    told = _("trích yếu có “{found}”").format(found="quy chế")
    assert told == "trích yếu có “quy chế”"
    assert isinstance(told, str)


def test_a_sentence_said_again_is_in_the_readers_language() -> None:
    told = _("loại văn bản: {found}").format(found="quy chế")
    assert "quy chế" in in_english(told)
    assert in_english(told) != told


def test_what_json_kept_comes_back_in_the_readers_language() -> None:
    stored = kept(_("Chỉ đọc {read} trên {all} trang.").format(read=3, all=7))
    i18n.use("en")
    assert unpacked(stored) == _("Chỉ đọc {read} trên {all} trang.").format(read=3, all=7)


def test_a_sentence_inside_a_sentence_is_translated_too() -> None:
    why = _("dữ liệu của chữ ký bị hỏng")
    stored = kept(_("Chữ ký số không còn nguyên vẹn: {why}.").format(why=why))
    i18n.use("en")
    assert why not in unpacked(stored)


def test_dates_keep_their_form() -> None:
    stored = kept(_("tháng {month:%m/%Y}").format(month=date(2024, 3, 5)))
    assert unpacked(stored) == "tháng 03/2024"


def test_sentences_set_together_stay_sentences() -> None:
    told = _("Tệp Word không có chữ nào.") + " " + _("Tệp không có chữ nào.")
    stored = kept(told)
    i18n.use("en")
    both = _("Tệp Word không có chữ nào.") + " " + _("Tệp không có chữ nào.")
    assert unpacked(stored) == both
    assert say(told) == both
    assert joined(["a", "b"]) == "a b"


def test_texts_that_are_no_sentences_are_kept_as_they_stand() -> None:
    assert kept("{says}") == "{says}"
    assert unpacked("{says}") == "{says}"


@given(st.text(), st.integers(), st.dates())
def test_arguments_survive_a_worker_and_the_catalogue(text: str, number: int, day: date) -> None:
    told = Sentence("{text} {number} {day:%d/%m/%Y}", {"text": text, "number": number, "day": day})
    assert pickle.loads(pickle.dumps(told)) == told
    assert unpacked(kept(told)) == told


@pytest.mark.parametrize("message", ["{a.__class__}", "{a[0]}", "{a:99999999999}", "{a!r:>999999999}", "{"])
def test_a_hostile_message_is_shown_and_never_carried_out(message: str) -> None:
    assert unpacked({"says": message, "with": {"a": "x"}}) == message


def test_a_stored_message_without_its_arguments_is_shown_as_it_stands() -> None:
    assert unpacked({"says": "{a}", "with": {}}) == "{a}"
    assert unpacked({"says": "{a} {b}", "with": {"a": 1}}) == "{a} {b}"
