"""Copies: a paper that says of itself that it is one (sao y, sao lục, trích sao).

Source: Nghị định 30/2020/NĐ-CP, Điều 25 and annex I, part III: the form of a copy stands under the text
it copies, with a number of its own and the code SY, SL or TrS.
"""

from __future__ import annotations

import re

from dossier.scanner.recognise.lines import last_lines
from dossier.vietnamese import fold

_KINDS = {"sao y": "sao-y", "sao luc": "sao-luc", "trich sao": "trich-sao"}
_STAMP = re.compile(r"\W*(sao y|sao luc|trich sao)\b")
_CODES = {"sy": "sao-y", "sl": "sao-luc", "trs": "trich-sao"}
_NUMBER = re.compile(r"\bso\s?:?\s?\d{1,5}\s?/\s?(sy|sl|trs)\s?-")
_HINT = re.compile(r"\bsao |/ ?(?:sy|sl|trs)\b")
_TAIL = 30  # lines with text at the end of a document among which the form stands


def kind_of_copy(folded: str) -> str:
    """The kind that a stamp names (``SAO Y BẢN CHÍNH``), or an empty string."""
    found = _STAMP.match(folded)
    return _KINDS[found[1]] if found else ""


def copy_below(text: str) -> str:
    """The kind that the form under a copied text names, or an empty string."""
    if not _HINT.search(fold(text[-_TAIL * 400 :])):
        return ""
    for line in reversed(last_lines(text, _TAIL)):
        if len(line.text) > 130:
            continue
        if found := _NUMBER.search(line.folded):
            return _CODES[found[1]]
        if line.upper and (kind := kind_of_copy(line.folded)):
            return kind
    return ""
