"""Whole numbers in Vietnamese words, as forms ask for them ("Viết bằng chữ")."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")


def in_words(number: int) -> str:
    """The number in words: ``21`` is ``hai mươi mốt``, ``1005`` ``một nghìn không trăm linh năm``.

    Raises :class:`ValueError` for a negative number, or one of a million million and more.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"{number} is out of range")
    if number == 0:
        return _DIGITS[0]
    said: list[str] = []
    for scale in range(len(_SCALES) - 1, -1, -1):
        group = number // 1000**scale % 1000
        if group:
            # After a larger group the hundreds are said even where there are none.
            said += [*_below_thousand(group, full=bool(said)), _SCALES[scale]]
    return " ".join(filter(None, said))


def _below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens == 0:
        if units:
            said += ["linh", _DIGITS[units]] if said else [_DIGITS[units]]
        return said
    said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if units == 1 and tens > 1:
        said.append("mốt")
    elif units == 4 and tens > 1:
        said.append("tư")
    elif units == 5:
        said.append("lăm")
    elif units:
        said.append(_DIGITS[units])
    return said
