"""Whether a line in capitals ends the body's name that a line above began, though other bodies begin so."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.legacy.syllables import is_syllable
from dossier.scanner.recognise.body_phrases import names_of_places
from dossier.vietnamese import fold, marked_words

# Matched with diacritics: HUYỆN TUY PHONG is a complete name, a line that ends in PHÒNG is not.
_OPEN_END = re.compile(
    r"(?:^|\s)(?:và|của|các|cấp|mô hình|[uủ][yỷ] ban|ban|(?<!biên )(?<!quốc )(?<!dân )(?<!hải )phòng|[-–&])$"
)
_ONE_SYLLABLE = re.compile(r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|tỉnh) [^\W\d_]+$")
PLACED = re.compile(r"(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tỉnh|quận) (?!hội\b)\w")
_PLACE_WORD = re.compile(r"(?:xã|phường|thị trấn|đặc khu|thị xã|huyện|quận|thành phố|tỉnh)")
_JOINING = re.compile(r"(?:^|\s)(?:và|của|các|[-–&])$")  # no name ends so; VĂN PHÒNG is one
# A number or letter may end the name: VÙNG CẢNH SÁT BIỂN / 3, TRƯỜNG TIỂU HỌC SỐ / 2, XÃ PỜ / Y
_LAST_SIGN = re.compile(r"\d{1,3}[A-ZĐ]?|[A-ZĐÝ]|[IVX]{1,4}")
_SIGNED = re.compile(
    r"\b(?:so|khu vuc|khu|vung|cum|doi|to|to dan pho|khu pho|khoi|thon|ap|xom|ban|buon|cap|quan khu|"
    r"quan doan|(?:trung|tieu|su|lu|binh|quan|hai) doan|canh sat bien|hai quan|doan|hai doi|lien nganh|"
    r"ban chi dao|bcd)$"
)


@lru_cache(maxsize=2)
def _first_words(vocabulary: Vocabulary) -> frozenset[str]:
    """The first words of bodies' names, with their marks."""
    return frozenset(marked_words(begin).split()[0] for begin in vocabulary.bodies.begin)


@lru_cache(maxsize=2)
def _breaks(vocabulary: Vocabulary) -> dict[tuple[str, str], list[tuple[list[str], list[str]]]]:
    """Map the words beside each place where a phrase may be broken to the phrase's words before and after."""
    found: dict[tuple[str, str], list[tuple[list[str], list[str]]]] = defaultdict(list)
    for phrase in vocabulary.bodies.phrases:
        words = marked_words(phrase).split()
        for at in range(1, len(words)):
            found[words[at - 1], words[at]].append((words[:at], words[at:]))
    return dict(found)


def is_in_phrase(text: str, above: str) -> bool:
    """Whether the line ``above`` ends, and ``text`` goes on, within a phrase of the names of bodies: BỘ ĐỘI
    BIÊN / PHÒNG TỈNH."""
    before, after = marked_words(above).split(), marked_words(text).split()
    if before and len(before) - 1 in names_of_places(before):
        return False  # UBND HUYỆN TỊNH BIÊN / PHÒNG NỘI VỤ
    return bool(before and after) and any(
        before[-len(first) :] == first and after[: len(rest)] == rest
        for first, rest in _breaks(current()).get((before[-1], after[0]), ())
    )


def is_remnant(text: str, above: str) -> bool:
    """Whether a line is the end of a broken name though bodies begin so: CƠ / SỞ, XÃ TÂN / HỘI ĐÔNG."""
    words = text.lower().split()
    if not words or len(words) > 2 or not all(map(is_syllable, words)) or _is_whole(text):
        return False
    return len(words) == 1 or bool(_ONE_SYLLABLE.search(above.lower()))


def is_of_other_marks(text: str) -> bool:
    """Whether a line of two words begins as bodies do but for the marks of a good syllable: VIÊN NGỘ."""
    words = text.lower().split()
    if len(words) != 2 or not all(map(is_syllable, words)):
        return False
    return marked_words(words[0]) not in _first_words(current())


def ends_with_sign(above: str, text: str) -> bool:
    """Whether a line that is only a number or a letter ends the body's name above it: after a word that is
    counted, or after the name of a place."""
    if not _LAST_SIGN.fullmatch(text):
        return False
    placed = PLACED.search(marked_words(above)) or _PLACE_WORD.fullmatch(above.lower().rsplit(" ", 1)[-1])
    return placed is not None or (text[0].isdigit() and _SIGNED.search(fold(above)) is not None)


def is_open_name(text: str) -> bool:
    """Whether a body's name goes on below a line by its last word: ``… KHOA HỌC VÀ``, ``BAN``."""
    return _OPEN_END.search(text.lower()) is not None


def asks_for_more(text: str) -> bool:
    """Whether no name can end with this line, even above a title: ``HỘI ĐỒNG KHOA HỌC VÀ``."""
    return _JOINING.search(text.lower()) is not None


def _is_whole(text: str) -> bool:
    """Whether a line is exactly words with which bodies begin: CÔNG AN, VĂN PHÒNG."""
    return " " in text and marked_words(text) in map(marked_words, current().bodies.begin)
