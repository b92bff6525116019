"""Choose between the symbols of a number that two engines read."""

from __future__ import annotations

from dossier.scanner.ocr.votes import AGREED, TORN, UNANIMOUS
from dossier.scanner.recognise.number import find_number, known_codes, symbol_of
from dossier.scanner.recognise.types import of_symbol
from dossier.vietnamese import fold

_DASHES = "-–/|."


def agreed_symbol(printed: str, looked: str) -> tuple[str, float]:
    """Choose between the symbols read by two engines, and return it with its confidence.

    A letter or dash seen by only one engine makes the symbol that of another office.
    """
    mine, other = (fold(symbol).replace(" ", "").lstrip("/|-–") for symbol in (printed, looked))
    if not printed or not looked:
        return printed or looked, UNANIMOUS
    if mine == other:
        of_party = looked[0] == "-" and "/" in mine  # 12-QĐ/ĐU, whose dash Tesseract reads as a slash
        return "-" + printed.lstrip(" /|-–") if of_party else printed, UNANIMOUS
    mended = find_number(f"Số: 1{looked}")
    if mended and mine and other.endswith(mine) and of_symbol(mended.value):
        # The pen hid its beginning from the engine for print, which has the diacritics of its end.
        return looked[: -len(mine)] + printed.replace(" ", "").lstrip("/|-–"), AGREED
    if mended and known_codes(symbol_of(mended.value)) and not known_codes(printed):
        return symbol_of(mended.value), AGREED
    if known_codes(printed) and not known_codes(looked):
        return printed, UNANIMOUS
    if (both := _of_both(printed, looked)) and (mended := find_number(f"Số: 1{both}")):
        return symbol_of(mended.value), AGREED
    return printed, TORN


def _of_both(printed: str, looked: str) -> str:
    """Return the symbol of which Tesseract misread only what it often does: C as G, or lost a dash between
    letters. The letters with diacritics are its own; empty for other differences."""
    letters = [letter for letter in printed if letter not in _DASHES]
    out = ""
    for sign in looked:
        if sign in _DASHES:
            out += sign
            continue
        letter = letters.pop(0) if letters else ""
        if fold(letter) != fold(sign) and (letter, sign) != ("G", "C"):
            return ""
        out += sign if letter == "G" else letter
    return "" if letters else out
