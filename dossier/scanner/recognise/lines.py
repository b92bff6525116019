"""Split a text into non-empty lines, cleaned of markup and invisible characters, with their folded form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dossier.model import CENTRED, Box, Segment
from dossier.vietnamese import fold, nfc, squash

MAX_LINE = 500  # characters read of a line: entries of a head are short, and patterns stay fast

_CHUNK = 1 << 20
_MARKS = re.compile(r"\*\*+|~~+|__+|`+|(?<!\S)\*(?=\w)|(?<=\w)\*(?!\S)|\\(?=[*_~#-])")
_SPAN = re.compile(r"(?<=\d)\t([-–—])\t(?=\d)")  # 2025 – 2030 on a justified line, by OCR
_RULE = re.compile(r"[^\S\n]*_{3,}[^\S\n]*")  # typed as a rule; it ends what is above it
_HEADING = re.compile(r"\s{0,8}(?:#{1,6}|>)\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
_GAP = re.compile(r"[^\S\n]*\t[^\S\n]*|[^\S\n]{3,}")
# A gap left for filling in a number or day does not separate columns: Số:      /QĐ-UBND, ngày     tháng.
_OPEN = re.compile(
    r"((?:\bsố|\bngày|\btháng|\bnăm)\s?:?|[.…_]\s?:?(?=\s\s)|(?<=\d)(?=\s\s|\t/|\t(?:tháng|năm)\b)|"
    r",(?=\s+\d{1,2}[./-]\d{1,2}[./-]\d{4}\s*$))"
    r"(?:[^\S\n]{2,}|\t)(?=[/\d.…]|[-–]\s?[A-ZĐ]|(?:tháng|năm)\b)",
    re.IGNORECASE,
)
# Letters of other scripts that look like Latin ones (typing or OCR errors in symbols), and variants of
# hyphens, slashes and digits: Word's non-breaking hyphen, full-width digits.
_STRANGE = re.compile("[\u0370-\u04ffÑñ\u2010-\u2012\u2043\u2044\u2212\u2215\uff01-\uff5e]")
_ALIKE = {
    ord(strange): plain
    for strange, plain in (
        *zip(
            "АВСЕНКМОРТХІЅУЈаеорсхуіѕјΑΒΕΗΙΚΜΝΟΡΤΥΧΖοÑñ",
            "ABCEHKMOPTXISYJaeopcxyisjABEHIKMNOPTYXZoNn",
            strict=True,
        ),
        *((strange, "-") for strange in "\u2010\u2011\u2012\u2043\u2212"),
        *((strange, "/") for strange in "\u2044\u2215"),
        *((chr(0xFEE0 + plain), chr(plain)) for plain in range(0x21, 0x7F)),
    )
}
_SLOGAN = re.compile(r"(Độc lập)\s*[-–]?\s*(Tự do)\s*[-–]?\s*(Hạnh phúc)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


class Line(NamedTuple):
    """A non-empty line. ``folded`` is as long as ``text``; columns in both are separated by tabs.

    ``after_blank``: the line above is empty. ``start``: offset in the text. ``box``: position on the page,
    if known; ``centred``: in a text without positions, that it is centred.
    """

    text: str
    folded: str
    after_blank: bool = False
    start: int = -1
    box: Box | None = None
    centred: bool = False

    @property
    def upper(self) -> bool:
        """Whether the line is in capitals, like titles and names of bodies."""
        return is_upper(self.text)

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The columns of the line as (text, folded text)."""
        if "\t" not in self.text:
            return [(self.text, self.folded)]
        return [pair for pair in zip(self.text.split("\t"), self.folded.split("\t"), strict=False) if pair[0]]


def lines_of(text: str, most: int) -> list[Line]:
    """Return the first ``most`` non-empty lines of the text."""
    found: list[Line] = []
    blank = False
    start = 0
    for raw in raw_lines(text):
        if len(found) >= most:
            break
        text, folded = _cleaned_and_folded(raw[:MAX_LINE])
        if text:
            found.append(Line(text, folded, blank, start, centred=raw.startswith(CENTRED)))
        blank = not text
        start += len(raw) + 1
    return found


def rows_of(lines: Sequence[Line], segments: Sequence[Segment], shift: int) -> Iterator[list[Segment]]:
    """Yield for each line the segments that it consists of; ``shift``: offset of the lines' text in the
    page's text."""
    rest = iter(segments)
    segment = next(rest, None)
    for at, line in enumerate(lines):
        end = lines[at + 1].start + shift if at + 1 < len(lines) else line.start + shift + MAX_LINE
        row = []
        while segment is not None and segment.start < end:
            if segment.start >= line.start + shift:
                row.append(segment)
            segment = next(rest, None)
        yield row


def box_of(row: Sequence[Segment]) -> Box | None:
    """Return the box around all segments of a line, if it has any."""
    boxes = [segment.box for segment in row]
    if len(boxes) < 2:
        return boxes[0] if boxes else None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def last_lines(text: str, most: int) -> list[Line]:
    """Return the last ``most`` non-empty lines of the text, in order."""
    tail = text[-(most * 400) :]
    return lines_of(tail, 1 << 30)[-most:]


@lru_cache(maxsize=4096)  # splitting, header and signature read the same lines
def _cleaned_and_folded(raw: str) -> tuple[str, str]:
    cleaned = clean(raw)
    folded = fold(cleaned)
    if len(folded) != len(cleaned):  # a letter whose lower case is longer, or a lone combining mark
        cleaned = "".join(char for char in cleaned if len(fold(char)) == 1)
        folded = "".join(map(fold, cleaned))
    return cleaned, folded


def raw_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text without making a second copy of a large text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _CHUNK) if len(text) - start > _CHUNK else -1
        end = len(text) if end < 0 else end
        yield from text[start:end].split("\n")
        start = end + 1


def clean(raw: str) -> str:
    """Remove markup and invisible characters of a line and cut it to :data:`MAX_LINE`.

    Words are separated by one space, columns (a tab, or three or more spaces) by a tab.
    """
    text = raw[:MAX_LINE]
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    if "*" in text or "_" in text or "~" in text or "`" in text or "\\" in text:
        text = _MARKS.sub("", text)
    if "#" in text or ">" in text:
        text = _HEADING.sub("", text, count=1) if _HEADING.match(text) else text
    if not text.isascii() and _STRANGE.search(text):
        text = text.translate(_ALIKE)
    text = text.strip().strip("|").strip() or ("_" if _RULE.fullmatch(raw) else "")
    if "\t" in text and "phúc" in text:
        text = _SLOGAN.sub(r"\1 - \2 - \3", text)
    if "\t" in text or "  " in text or not text.isprintable():
        text = "\t".join(squash(piece) for piece in _GAP.split(_OPEN.sub(r"\1 ", text)))
        text = _SPAN.sub(r" \1 ", text)
    return nfc(text)


@lru_cache(maxsize=4096)
def is_upper(text: str) -> bool:
    """Whether nearly all letters are capitals (a few OCR errors are tolerated)."""
    if text.isupper():
        return True
    capitals = sum(map(str.isupper, text))
    small = sum(map(str.islower, text))
    return capitals >= 3 and capitals >= 6 * small


def letters(text: str) -> int:
    """Count the letters of a text."""
    return sum(map(len, _LETTERS.findall(text)))


# Entries of a head that are broken over two lines, so that each half must be joined with the other.
_REACH = 3  # lines below the first half searched for the second
_MOST = 120  # characters of a first half
_VIETNAM = re.compile(r"(?:h[o0]a )?(?:xa )?(?:h[o0]i )?(?:chu )?(?:nghia )?(?:viet )?na[a-z]{1,2}")
_OPEN_MOTTO = re.compile(r"c[o0]ng h[o0]a xa(?: h[o0]i)?(?: chu)?(?: nghia)?(?: viet)?$")
_FIRST_OF_MOTTO = re.compile(r"^cong(?: hoa)?$")
_OPEN_SLOGAN = re.compile(r"d[o0]c lap\W{1,5}t[a-z] d[o0]\W{0,5}$")
_HAPPINESS = re.compile(r"\W{0,4}hanh phuc\W{0,4}")
_OPEN_DATE = re.compile(
    r"\bngay[\s.…_]*(?:\d{1,2}|[^a-z\n]{0,6})?(?:[\s.…_]*thang[\s.…_]*(?:\d{1,2})?)?(?:[\s.…_]*nam)?$"
)
_OPEN_YEAR = re.compile(r"\bngay[\s.…_\d]{0,12}thang[\s.…_\d]{0,12}nam$")
_YEAR = re.compile(r"(?:19|20)\d\d\W{0,4}")
_MONTH_ENDS = r"(?:\d{1,2} )?thang\b.{0,8}\bnam\b.{0,8}"
_WITH_MONTH = re.compile(_MONTH_ENDS)
_DATE_ENDS = re.compile(rf"{_MONTH_ENDS}|(?:\d{{1,2}} )?nam\b.{{0,8}}|(?:19|20)\d\d[.,;]?")
# A symbol of several bodies: Số: 24/HDLN-BCA-BQP- with BYT-BCT below
_OPEN_NUMBER = re.compile(r"\bs[o0]\s?[:.]?\s?[\d\s/]{0,14}/\s?[a-z0-9&]+(?:\s?[-/&]\s?[a-z0-9&]+)*\s?[-/&]$")
# A number with its symbol on the next line: Số: 112 and -KH/ĐTN, Số: 94 and CV/PV28
_BARE_NUMBER = re.compile(r"^\W{0,3}s[o0]\s?[:.]?\s{0,3}\d{1,5}\s?[-/]?$")
# The number stands on the next line, or its digits in a cell of their own.
_LABEL = re.compile(r"^\W{0,3}(?:(?:luat|nghi quyet|phap lenh|lenh) )?s[o0]\s?[:.]\W{0,3}$")
_WHOLE_NUMBER = re.compile(
    r"\d{1,5}(?:\s?/\s?(?:\d{4}\s?/\s?)?[a-z]{2,8}\d{0,3}(?:\s?[-/&]\s?[a-z0-9&]{1,10}){0,4})?"
)
# The session of a council: KHÓA II - KỲ HỌP THỨ / NHẤT
_SESSION = re.compile(r"\bky hop thu$")
_ORDINAL = re.compile(r"nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?: [a-z]{2,4})?|\d{1,2}")
_WHOLE_SYMBOL = re.compile(r"[-–/]?\s?[a-z]{2,8}\d{0,3}(?:\s?[-/&]\s?[a-z0-9&]{2,10}){1,4}")
_SYMBOL_ENDS = re.compile(r"[a-z0-9&]+(?:\s?[-/&]\s?[a-z0-9&]+)*")
# The head of the unions' papers where others have the motto
_OPEN_UNION = re.compile(r"t[o0]ng lien d[o0]an(?: la[o0])?(?: d[o0]ng)?(?: viet)?$")
_UNION_ENDS = re.compile(r"(?:la[o0] )?(?:d[o0]ng )?(?:viet )?nam")
# A place whose name is a number: BAN CÔNG TÁC MẶT TRẬN THÔN / 5
_UNNUMBERED = re.compile(r"\b(?:thon|xom|khom|khu pho|to dan pho|khu vuc|quan khu|binh doan)$")
_FEW_DIGITS = re.compile(r"\d{1,2}")
# (substring of every such first half, for speed; pattern of the first half; pattern of the second half)
_ENDS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("a xa", _OPEN_MOTTO, _VIETNAM),
    ("cong", _FIRST_OF_MOTTO, _VIETNAM),
    ("c lap", _OPEN_SLOGAN, _HAPPINESS),
    ("nam", _OPEN_YEAR, _YEAR),  # neither “năm 2025”, which ends a subject, nor “NAM” of a body's name
    ("thang", _OPEN_DATE, _DATE_ENDS),
    ("ngay", _OPEN_DATE, _WITH_MONTH),  # “… kỷ niệm 93 năm ngày” is not continued by “Nam” further below
    ("/", _OPEN_NUMBER, _SYMBOL_ENDS),
    ("s", _BARE_NUMBER, _WHOLE_SYMBOL),
    ("s", _LABEL, _WHOLE_NUMBER),
    ("ky hop", _SESSION, _ORDINAL),
    ("ng lien d", _OPEN_UNION, _UNION_ENDS),
    ("o", _UNNUMBERED, _FEW_DIGITS),
    ("khu", _UNNUMBERED, _FEW_DIGITS),
)


def mended(lines: Sequence[Line]) -> list[Line]:
    """Join entries broken over two lines: move each second half behind its first half."""
    if not any(_open(line) for line in lines):
        return list(lines)
    columns = [line.pieces for line in lines]
    for at, pieces in enumerate(columns):
        for column, (text, folded) in enumerate(pieces):
            while (ends := _ends(folded)) and (second := _second(columns[at + 1 : at + 1 + _REACH], ends)):
                row, place = second
                more, more_folded = columns[at + 1 + row].pop(place)
                text, folded = f"{text} {more}", f"{folded} {more_folded}"
                pieces[column] = (text, folded)
    return [_line(line, pieces) for line, pieces in zip(lines, columns, strict=True) if pieces]


def _open(line: Line) -> bool:
    return any(_ends(folded) for _text, folded in line.pieces)


def _ends(folded: str) -> re.Pattern[str] | None:
    """Return the pattern that the second half must match; ``None`` if the piece is not a first half."""
    for hint, start, end in _ENDS:
        if hint in folded and start.search(folded[-_MOST:]):
            return end
    return None


def _second(rows: Sequence[list[tuple[str, str]]], ends: re.Pattern[str]) -> tuple[int, int] | None:
    """Return row and column of the first piece that matches the pattern of the second half completely."""
    for row, pieces in enumerate(rows):
        for place, (_text, folded) in enumerate(pieces):
            if ends.fullmatch(folded):
                return row, place
    return None


def _line(line: Line, pieces: list[tuple[str, str]]) -> Line:
    text, folded = ("\t".join(parts) for parts in zip(*pieces, strict=True))
    return line if text == line.text else line._replace(text=text, folded=folded)
