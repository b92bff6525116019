"""Recognise copies by the stamp that names the kind of copy, or by the certification form below the copied
text, which has the copier's own number, date and signature.

Source: Nghị định 30/2020/NĐ-CP, annex I part III (sao y, sao lục, trích sao); Nghị định 23/2015/NĐ-CP
(chứng thực bản sao từ bản chính).
"""

from __future__ import annotations

import re

from dossier.scanner.recognise.lines import is_upper, last_lines
from dossier.vietnamese import fold

_KINDS = {"sao y": "sao-y", "sao luc": "sao-luc", "trich sao": "trich-sao", "chung thuc ban sao": "sao-y"}
_STAMP = re.compile(rf"(?<![a-z])({'|'.join(_KINDS)})\b")
_CODES = {"sy": "sao-y", "sl": "sao-luc", "trs": "trich-sao", "btrs": "trich-sao", "bs": "sao-luc"}
# By the state (45/SY-UBND) and by the Party (214-BS/TU, 06-BTrS/ĐU)
_NUMBER = re.compile(
    r"(?<![a-z])so\s?:?\s?[\d.…_ ]{0,12}(?:/\s?(sy|sl|trs)\s?-|(?<=[\d.…_ ])-\s?(bs|b?trs|sy|sl)\s?/)"
)
_SYMBOL = re.compile(r"[\d.]*(?:/(?:sy|sl|trs)-|-(?:bs|b?trs|sy|sl)/)")
_HINTS = ("sao", "/sy", "/ sy", "/sl", "/ sl", "-bs", "- bs", "trs")  # every form contains one
_TAIL = 30  # non-empty lines at the end of a document searched for the form
_LONGEST = 130  # characters of a line of the form


def kind_of_copy(folded: str) -> str:
    """Return the kind of copy named by a stamp (``SAO Y BẢN CHÍNH``), or an empty string."""
    found = _STAMP.search(folded)
    return _KINDS[found[1]] if found and folded[: found.start()].strip(" \t*-(") in ("", "ban") else ""


def is_of_copy(number: str) -> bool:
    """Whether a number was given by the copying office: ``918/SY-VP``."""
    return _SYMBOL.match(number.lower()) is not None


def kind_in_form(text: str, folded: str) -> str:
    """Return the kind of copy that a line of the form names in its own column, or an empty string."""
    if len(text) > _LONGEST:
        return ""
    if found := _NUMBER.search(folded):
        return _CODES[found[1] or found[2]]
    if found := _STAMP.search(folded):
        column = text[text.rfind("\t", 0, found.start()) + 1 :].partition("\t")[0]
        return _KINDS[found[1]] if is_upper(column) else ""
    return ""


def copy_below(text: str) -> tuple[str, int]:
    """Return the kind of copy named by the form below a text, and the form's offset; ``""`` and the length of
    the text if there is no form."""
    if not any(map(fold(text[-_TAIL * 400 :]).__contains__, _HINTS)):
        return "", len(text)
    lines = last_lines(text, _TAIL)
    named = [(line, kind) for line in lines if (kind := kind_in_form(line.text, line.folded))]
    if not named:
        return "", len(text)
    begin = max(len(text) - _TAIL * 400, 0) + named[0][0].start
    return named[-1][1], begin
