"""Detect state secrets by their stamp: MẬT, TỐI MẬT or TUYỆT MẬT.

A stamp is a line of its own, or in capitals beside an urgency, a number or a body's name, or (in any case)
after a label on a form. The same words in prose (``bí mật``, ``bảo mật``, ``giữ mật``), in a title or in a
list of the levels are no stamp. The words are in ``checklists/secrecy.toml``. In doubt the text counts as
stamped: a person can override that, but a secret once stored has leaked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dossier.checklists.source import shipped
from dossier.edit_distance import distance
from dossier.model import ILLEGIBLE_STAMP, UNREAD_FRAME, LogicalDocument, Page, Reading
from dossier.scanner.recognise.misread import latin
from dossier.vietnamese import fold, is_common

LEVELS = (ILLEGIBLE_STAMP, "mat", "toi-mat", "tuyet-mat")  # ascending

_HEAD = 15  # first non-empty lines of a page, where weaker signs of a stamp count too
_LONGEST = 90  # letters of a line with a stamp
_COLUMNS = 3  # columns of a line with a stamp: registers have more
_LABEL = 7  # words in the name of a picture, sheet or part
_SHORT = 3  # letters up to which a stamp must match exactly
_NEAR = 2  # lines between the entries of a list of levels
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_TURNED = re.compile("\u202e([^\u202c\n]{1,200})\u202c?")  # shown from right to left
_SINGLE = re.compile(r"\n[^\S\n]{0,200}[^\W\d_][^\S\n]{0,200}\n")  # begins every stack
_STACKED = re.compile(r"(?:\A|(?<=\n))(?:[^\S\n]{0,200}[^\W\d_][^\S\n]{0,200}\n(?:[^\S\n]{0,200}\n)?){3,12}")
# Prefilter of lines: the letters of “mật” in any script, with few other characters between them.
_MAYBE = re.compile(r"[mмμ][\W_]{0,3}[aâăăạậấầẩẫаα][\W_]{0,4}[tтτ]", re.IGNORECASE)
_COLUMN = re.compile(r"\t+|[^\S\n]{3,}")
_NUMBERED = re.compile(r"[a-z]?\d+[a-z]?")  # 03, A1: numbers of copies
_WORD = re.compile(r"[^\W_]+")
_ADJACENT = re.compile(r"[^\W_]{2}")  # letters of one word
_SPELT = re.compile(r"m[\W_]*a[\W_]*t")
_TICKED = re.compile(r"[☑☒✓✔✗✘■●]|[\[(]\s?[xXvV]\s?[\])]")
_DAY = re.compile(r"\bngay\b.{1,12}\bthang\b")


@dataclass(frozen=True)
class _Line:
    """A column of a non-empty line, in Latin letters. ``at``: index of the line on the page; ``columns``:
    number of its columns. ``known``: its words, if they were split already.

    Its words are split on access: most lines of a page cannot have a stamp.
    """

    text: str
    at: int
    columns: int
    known: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as written."""
        return self.known or _joined(_WORD.findall(self.text))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words, folded."""
        return tuple(map(fold, self.words))

    @property
    def may_have_stamp(self) -> bool:
        """Whether the letters of “mật” follow each other."""
        return _SPELT.search(fold(self.text)) is not None


def level(pages: Iterable[Page], documents: Iterable[LogicalDocument]) -> str | None:
    """Return the highest level stamped anywhere in a file (see :data:`LEVELS`), or ``None``."""
    pages = tuple(pages)
    shown = {(page.text.strip(), page.reading is Reading.OCR) for page in pages}
    for document in documents:  # usually the same texts: the set removes duplicates
        scanned = document.reading is not Reading.TEXT
        shown |= {(page.strip(), scanned) for page in document.text.split("\f")}
    found = [_stamped(text, scanned) for text, scanned in shown]
    found += [
        ILLEGIBLE_STAMP if mark == UNREAD_FRAME else _stamped(mark, scanned=True) or _nearly(mark)
        for page in pages
        for mark in page.marks
    ]
    return max((name for name in found if name), key=LEVELS.index, default=None)


def _stamped(text: str, scanned: bool) -> str | None:
    """Return the level stamped on one page."""
    text = text if is_common(text) else _HIDDEN.sub("", _TURNED.sub(lambda run: run[1][::-1], text))
    text = _upright(text)
    if not _MAYBE.search(latin(text)):
        return None
    lines = _lines(text)
    found = [(line, name) for line in range(len(lines)) if (name := _level(lines, line, scanned))]
    kept = [name for at, name in found if lines[at].at < _HEAD or not _is_listed(lines, at, name, found)]
    return max(kept, key=LEVELS.index, default=None)


def _upright(text: str) -> str:
    """Join letters printed vertically (``M``, ``Ậ``, ``T`` on a line each) to one line."""
    if not _SINGLE.search(f"\n{text}"):
        return text
    return _STACKED.sub(lambda run: "\n" + " ".join(run[0].split()) + "\n", text)


def _nearly(mark: str) -> str | None:
    """Return the level of a red stamp read with one wrong letter, or with the edges of its frame as
    letters."""
    letters = "".join(map(fold, _WORD.findall(latin(mark[:_LONGEST])))).strip("il1")
    for name, phrase in _stamps():
        stamp = phrase.replace(" ", "")
        if letters == stamp or (len(stamp) > _SHORT and distance(letters, stamp, 1) <= 1):
            return name
    return None


def is_nearly(text: str) -> bool:
    """Whether the text differs from a stamp by at most one letter."""
    letters = "".join(map(fold, _WORD.findall(latin(text[:_LONGEST]))))
    return any(distance(letters, phrase.replace(" ", ""), 1) <= 1 for _name, phrase in _stamps())


def is_level(text: str) -> bool:
    """Whether the text is exactly the name of a level, in any case."""
    return text.strip().lower() in ("mật", "tối mật", "tuyệt mật")


def in_label(text: str) -> str:
    """Return the stamp in capitals within the name of a picture or sheet (``Dấu MẬT``, ``Biểu 01-TUYỆT
    MẬT``).

    Empty if there is none, or if the whole name is in capitals, so that the stamp does not stand out.
    """
    words = _WORD.findall(latin(text[: 2 * _LONGEST]))
    if not 1 < len(words) <= _LABEL:
        return ""
    line = _Line(text, 0, 1, tuple(words))
    folded = line.folded
    for at in range(len(words)):
        taken, _name = _stamp_at(line, at, scanned=False)
        rest = [word for word in (*words[:at], *words[at + taken :]) if word.isalpha() and len(word) > 1]
        if (
            taken
            and all(word.isupper() for word in words[at : at + taken])
            and not any(word.isupper() for word in words[at + taken : at + taken + 1] if word in rest)
            and (not rest or not all(word.isupper() for word in rest))
            and (at == 0 or folded[at - 1] == "dau" or folded[at - 1] not in _words("before"))
            and not {*folded[at + taken : at + taken + 1]}.intersection(_words("after"))
        ):
            return " ".join(words[at : at + taken])
    return ""


def _lines(text: str) -> list[_Line]:
    """Return the columns of all non-empty lines, from top to bottom."""
    found: list[_Line] = []
    at = -1
    for raw in text.split("\n"):
        if not raw.strip():
            continue
        at += 1
        spaced = not _ADJACENT.search(raw, 0, 4 * _LONGEST)  # T U Y Ệ T   M Ậ T
        columns = [raw] if spaced else [piece for piece in _COLUMN.split(raw.strip()) if _WORD.search(piece)]
        found += [_Line(latin(piece[: 4 * _LONGEST]), at, len(columns)) for piece in columns]
    return found


def _joined(words: Sequence[str]) -> tuple[str, ...]:
    """Join runs of single letters (``M Ậ T``) to words."""
    joined: list[str] = []
    run: list[str] = []
    for word in (*words, "--"):
        if len(word) == 1 and not word.isdigit():
            run.append(word)
            continue
        joined += ["".join(run)] if len(run) > 2 else run
        run = []
        joined.append(word)
    return tuple(joined[:-1])


def _level(lines: Sequence[_Line], index: int, scanned: bool) -> str | None:
    """Return the level stamped on line ``index``, or ``None``."""
    line = lines[index]
    if not line.may_have_stamp or sum(map(len, line.words)) > _LONGEST:
        return None
    above = lines[index - 1] if index else None
    labelled = _labelled(line, above)
    if labelled or line.columns > _COLUMNS:
        return labelled
    levels, rest = _split_line(line, scanned)
    if not levels:
        return None
    if len(set(levels)) > 1:  # a form with tick boxes
        return max(levels, key=LEVELS.index) if _TICKED.search(line.text) else None
    if not rest:
        return None if _is_no_stamp(line, above, scanned) else levels[0]
    if scanned and line.at < _HEAD and _is_torn(line, rest):
        return levels[0]
    return levels[0] if line.at < _HEAD and _is_furniture(line, rest) else None


def _labelled(line: _Line, above: _Line | None) -> str | None:
    """Return the level after a label: on its line, or alone on the next line or in the next column."""
    text = " ".join(line.folded)
    for label in _words("labels"):
        if text.startswith(label + " "):
            rest = text.removeprefix(label + " ")
            return next(
                (name for name, stamp in _stamps() if rest == stamp or rest.startswith(stamp + " ban ")), None
            )
    if above is not None and " ".join(above.folded) in _words("labels") and line.at - above.at <= 1:
        return next((name for name, stamp in _stamps() if text == stamp), None)
    return None


def _split_line(line: _Line, scanned: bool) -> tuple[list[str], list[int]]:
    """Return the levels on a line, and the indexes of words that are not usual beside a stamp."""
    levels: list[str] = []
    rest: list[int] = []
    at = 0
    while at < len(line.words):
        taken, name = _stamp_at(line, at, scanned)
        if taken:
            levels.append(name)
        else:
            taken = _usual_beside(line.folded, at)
            if not taken:
                rest.append(at)
        at += max(taken, 1)
    return levels, rest


def _stamp_at(line: _Line, at: int, scanned: bool) -> tuple[int, str]:
    """Return the number of words of the stamp that begins at word ``at``, and its level; 0 if there is
    none."""
    for name, stamp in _stamps():
        count = stamp.count(" ") + 1
        words, folded = line.words[at : at + count], line.folded[at : at + count]
        if " ".join(folded) == stamp and _is_spelt_mat(words, scanned):
            return count, name
        compact = stamp.replace(" ", "")
        if line.folded[at] == compact and _is_spelt_mat(line.words[at : at + 1], scanned):
            return 1, name
        if scanned and (count := _broken_apart(line, at, compact)):
            return count, name
    return 0, ""


def _broken_apart(line: _Line, at: int, compact: str) -> int:
    """Return the number of words of a stamp in capitals that OCR broke apart (``M ẬT``); 0 if there is
    none."""
    joined = ""
    for count, (word, folded) in enumerate(zip(line.words[at:], line.folded[at:], strict=True), start=1):
        joined += folded
        if not word.isupper() or not compact.startswith(joined):
            return 0
        if joined == compact:
            return count
    return 0


def _is_spelt_mat(words: Sequence[str], scanned: bool) -> bool:
    """Whether the last word is ``mật``, not ``mất``, ``mặt`` or ``mát``; not checked in OCR text."""
    return scanned or words[-1].lower()[-3:] in ("mật", "mât", "mat")


def _usual_beside(folded: Sequence[str], at: int) -> int:
    """Return the number of words from ``at`` that are usual beside a stamp: a phrase, number or single
    letter."""
    for phrase in _words("beside"):
        count = phrase.count(" ") + 1
        if " ".join(folded[at : at + count]) == phrase:
            return count
    return int(len(folded[at]) == 1 or _NUMBERED.fullmatch(folded[at]) is not None)


def _is_no_stamp(line: _Line, above: _Line | None, scanned: bool) -> bool:
    """Whether a line that looks like a stamp is none: it continues the sentence above, or it is in lower case
    outside a head."""
    stamp = [word for word, folded in zip(line.words, line.folded, strict=True) if folded.endswith("mat")]
    capital = all(word.isupper() for word in stamp)
    if not capital and (line.at >= _HEAD or line.columns > 1 or scanned):
        return True
    if above is None or not above.folded:
        return False
    near = above.at == line.at - 1
    text_above = " ".join(above.folded)
    if near and above.folded[-1] in _words("before") and line.folded[0] == "mat":
        # A phrase broken over two lines has the same case on both, so lower case above does not continue.
        return above.words[-1].isupper() or not line.words[0].isupper()
    if not capital and near and above.text.rstrip()[-1:].islower() and not line.words[0][:1].isupper():
        return True
    papers = any(" ".join(line.folded).startswith(paper) for paper in _words("papers"))
    return (
        papers
        and near
        and any(text_above.endswith(" " + word) or text_above == word for word in _words("going_on"))
    )


def _is_torn(line: _Line, rest: Sequence[int]) -> bool:
    """Whether ``MẬT`` in capitals follows one short word that may be a misread first word or frame of a
    stamp."""
    return (
        line.words[-1] in ("MẬT", "MÂT")
        and len(rest) == 1
        and len(line.words) == 2
        and len(line.folded[0]) <= _SHORT
        and line.folded[0] not in _words("before")
    )


def _is_furniture(line: _Line, rest: Sequence[int]) -> bool:
    """Whether a stamp in capitals at either end of the line is beside a part of a head: a number, a date, the
    motto, the name of a body."""
    first, last = rest[0], rest[-1]
    ends = [at for at in range(len(line.words)) if at < first or at > last]
    stamps = [at for at in ends if line.folded[at].endswith("mat")]
    if not stamps or not all(line.words[at].isupper() for at in stamps):
        return False
    if any(at and line.folded[at - 1] in _words("before") for at in stamps):
        return False
    between = " ".join(line.folded[at] for at in range(first, last + 1))
    beside = " ".join(line.folded[: last + 1]) if line.folded[0] == "so" else between
    if any(word in _words("papers") for word in (" ".join(line.folded[max(last - 1, 0) : last + 1]),)):
        return False
    return bool(_DAY.search(between)) or any(
        beside == word or beside.startswith(word + " ") for word in _words("furniture")
    )


def _is_listed(lines: Sequence[_Line], at: int, name: str, found: Sequence[tuple[int, str]]) -> bool:
    """Whether a line belongs to a list of several levels."""
    return any(
        other != name and index != at and abs(lines[index].at - lines[at].at) <= _NEAR
        for index, other in found
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(shipped("secrecy.toml"))


@lru_cache(maxsize=1)
def _stamps() -> tuple[tuple[str, str], ...]:
    """Return (level, folded words of its stamp), longest first, because ``mat`` ends all others."""
    pairs = ((name, phrase) for name, phrases in _data()["levels"].items() for phrase in phrases)
    return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))


@lru_cache(maxsize=8)
def _words(key: str) -> tuple[str, ...]:
    return tuple(sorted(_data()["words"][key], key=len, reverse=True))
