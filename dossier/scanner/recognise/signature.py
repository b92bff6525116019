"""Find the signer of a document (name, rank, capacity, title) in its signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.scanner.recognise.copies import copy_below
from dossier.scanner.recognise.esign import without_blocks
from dossier.scanner.recognise.lines import Line, is_upper, last_lines, lines_of
from dossier.scanner.recognise.names import Person, family_named, last_name_in, person_named, two_people
from dossier.vietnamese import fold, squash

_TAIL = 70  # non-empty lines read, from the end
_BELOW = 14  # lines under a title searched for the name
_BLOCK = 40  # lines of a signature block before long annexes
_MOST_BLOCKS = 4
_CAPACITY = re.compile(
    r"(?<!\S)(?:(?:TM|KT|TL|TUQ|Q|TUN|Tm|Kt|Tl)\s?[.,]|(?:T/M|K/T|T/L)\s?\.?|(?:TM|KT|TL|TUQ)(?=\s)|THAY MẶT)"
    r"\s?(?=[A-ZĐÀ-Ỹ])"
)
_CAPACITY_ANYWHERE = re.compile(r"(?<![^\W_])(?:(?:TM|KT|TL|TUQ)\s?\.|(?:T/M|K/T|T/L)\b)")
_CHAIR = re.compile(r"(?<![a-z])(?:chu ?toa|chu ?tri|chu tich (?:cuoc hop|hoi nghi)|nguoi chu tri)")
_OTHER_SIDE = re.compile(r"(?<![a-z])(?:thu ky|nguoi ghi|dai dien)")
# A recipient ends in a semicolon, and the file copy, always the last one, with or without a full stop.
_RECIPIENT = re.compile(r"\s*[-–+•*](?:.*;\s*|\s*Lưu\b.*)")
_WRAPPED_RECIPIENT = re.compile(r"\s*[-–+•*][^;]*;\s*")
_END = re.compile(r"\./\.\W{0,3}$|^\W{0,3}Nơi nhận\b", re.MULTILINE)
_RECIPIENTS = re.compile(r"\W{0,3}noi nhan\b")
# Headings of annexes name members, no signer: DANH SÁCH THÀNH VIÊN, PHỤ LỤC … TỔ TRƯỞNG
_LIST = re.compile(r"\W*(?:danh sach|phu luc|bang (?:tong hop|phan cong|ke)|bieu (?:tong|mau))\b")
_HEADING = 4  # lines of an annex's heading
_ATTACHED = re.compile(r"\W*(?:ban hanh )?kem theo\b")
_DASHES = "-–+•*"  # before a recipient
_LONGEST_RECIPIENT = 60  # characters without the dash before
# A school's name has the letters of a title: CHI BỘ TRƯỜNG TIỂU HỌC
_SCHOOL = re.compile(
    r"(?:BỘ )?TRƯỜNG(?: (?:TIỂU|MẦM|MẪU|TH|THCS|THPT|TRUNG|PHỔ|PTDT|ĐẠI|CAO|DÂN|CHÍNH)\b|\s*$)"
)
_ITEM = re.compile(r"\s*\d{1,3}\s?[.)]")  # of a numbered list
_FULL = 3  # words of a name without a title
_OF_TWO = 0.6  # confidence of the name of one of two who sign, and of one in capitals of no known family
_NOTED_NAME = re.compile(r"\W*da ky\W+")  # Đã ký: Nguyễn Văn An
_NOTE = re.compile(r" \((?:da ky|ky ten|da ky,? (?:va )?dong dau)\) (?=[a-z])")
_SIGNED_NOTE = re.compile(r"\W*da ky\W*")
_MARKED_SIGNED = re.compile(r"\(\s*da ky(?:,? (?:va )?dong dau)?\s*\)|^\W*da ky\W*$", re.MULTILINE)
_NOTES = re.compile(r"\W*(?:da ky|ky ten|ky, ?ghi|ky va ghi|ky, dong dau|chu ky|ky so)")


# Capacities as the Party writes them, and typing errors, mapped to the forms of Nghị định 30/2020/NĐ-CP.
_CAPACITIES = {"THAYMẶT": "TM.", "T/M": "TM.", "K/T": "KT.", "T/L": "TL.", "TUN": "TUQ."}


@lru_cache(maxsize=2)
def _titles(vocabulary: Vocabulary) -> re.Pattern[str]:
    own = vocabulary.signatures
    officers, others = ("|".join(map(fold, words)) for words in (own.titles, own.others))
    before = r"(?:pho |quyen |q\. ?|tong |uy vien )*"
    charge = "^phu trach(?= )"  # PHỤ TRÁCH CHI BỘ; within a name it is what the body does
    return re.compile(rf"(?<![a-z])(?:{before}(?:{officers}|truong(?= *$))|{others})|{charge}")


@lru_cache(maxsize=2)
def _officers(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Pattern of the titles of heads of bodies, not of those who keep books or minutes."""
    titles = (fold(title) for title in vocabulary.signatures.titles if title != "kế toán trưởng")
    return re.compile(rf"(?<![a-z])(?:{'|'.join(titles)})")


@dataclass(frozen=True, slots=True)
class Signer:
    """The signer of a document; empty strings for what was not found."""

    name: str = ""
    rank: str = ""
    title: str = ""
    sure: float = 0.7  # confidence (0–1)
    beside: bool = False  # another officer signs in the left column

    @property
    def capacity(self) -> str:
        """The capacity of signing: ``KT.`` if a deputy signs for the head, who signs ``TM.`` the body.

        Source: Nghị định 30/2020/NĐ-CP, Điều 13.
        """
        printed = [re.sub(r"[\s.,]", "", found[0]).upper() for found in _CAPACITY.finditer(self.title)]
        return _CAPACITIES.get(printed[-1], f"{printed[-1]}.") if printed else ""


def find_signer(text: str, *, minutes: bool = False) -> Signer:
    """Return the signer of a document, not of its certified copy; of minutes, the chair of the meeting."""
    _kind, end = copy_below(text)
    copied = _signer(text[:end], minutes=minutes) if end < len(text) else Signer()
    found = copied if copied.name else _signer(text, minutes=minutes)
    of_several = minutes and found.sure > _OF_TWO and _is_of_several(last_lines(text, _TAIL), found.name)
    return replace(found, sure=_OF_TWO) if of_several and not _CHAIR.search(fold(found.title)) else found


def is_marked_signed(foot: str) -> bool:
    """Whether the foot of a document says that it was signed: "(Đã ký)" above the name."""
    return bool(_MARKED_SIGNED.search(fold(foot)))


def _is_of_several(lines: Sequence[Line], name: str) -> bool:
    """Whether others sign beside the one named, and none of them leads the meeting by the title."""
    beside = (
        line.pieces for line in lines if len(line.pieces) > 1 and squash(line.pieces[-1][0]).endswith(name)
    )
    named = (person_named(text) for pieces in beside for text, _folded in pieces[:-1])
    return bool(name) and any(person is not None and person.name for person in named)


def _signer(text: str, *, minutes: bool) -> Signer:
    tail = [part for line in without_blocks(last_lines(text, _TAIL)) for part in _unfolded(line)]
    if minutes and (chair := _chair(tail)):
        return chair
    found = _block(tail, strong=True)
    if not found:
        blocks = _earlier_blocks(text) if len(tail) >= _TAIL // 2 else []
        found = next((signer for block in blocks if (signer := _block(block, strong=True))), None)
    if not found and len(tail) >= _TAIL // 2:
        found = _block(_below_the_text(text), strong=False)
    found = found or _block(tail, strong=False) or _beside_recipients(tail) or _noted(tail)
    return found or _bare_name(tail)


def _unfolded(line: Line) -> list[Line]:
    """Return title and name of a signature on one line as two: TM. ỦY BAN NHÂN DÂN CHỦ TỊCH (đã ký) Lê An."""
    note = _NOTE.search(line.folded)
    if not note or not is_upper(line.text[: note.start()]):
        return [line]
    parts = ((line.text[part], line.folded[part]) for part in (slice(note.start()), slice(note.end(), None)))
    return [line._replace(text=text, folded=folded) for text, folded in parts]


def _below_the_text(text: str) -> list[Line]:
    """Return the lines at the end of the main text, which annexes may follow."""
    end = _END.search(text)
    return without_blocks(lines_of(text[end.start() : end.start() + 3000], _BLOCK)) if end else []


def _earlier_blocks(text: str) -> list[list[Line]]:
    """Return the lines at each of the last capacities (``TM.``), for signatures followed by annexes."""
    places = [found.start() for found in _CAPACITY_ANYWHERE.finditer(text)][-_MOST_BLOCKS:]
    starts = [max(text.rfind("\n", max(place - 300, 0), place) + 1, place - 300) for place in places]
    return [without_blocks(lines_of(text[start : start + 4000], _BLOCK)) for start in reversed(starts)]


def _block(lines: Sequence[Line], *, strong: bool) -> Signer | None:
    """Return the last title with a name below it; ``strong``: only from a block with a capacity."""
    for at in range(len(lines) - 1, -1, -1):
        if not _title_in(lines[at]):
            continue
        first = _first_of_block(lines, at)
        titles = [title for line in lines[first : at + 1] if (title := _title_in(line, within=True))]
        if strong and not any(_CAPACITY.match(title) for title in titles):
            continue
        found = _name_below(lines, at)
        if found:
            of_two = _another(lines, at, found) or _above(lines[:at], found, strong=strong)
            sure = _OF_TWO if of_two or not found.known else 0.97 if strong else 0.9
            beside = _beside(lines[first : at + 1], lines[at + 1 : at + 1 + _BELOW], found)
            return Signer(found.name, found.rank, squash(" ".join(titles)), sure, beside)
    return None


def _another(lines: Sequence[Line], at: int, found: Person) -> bool:
    """Whether two sign side by side, but their names are on different lines, so that either may be meant."""
    if len(lines[at].pieces) < 2 or not _title_in(lines[at]._replace(text=lines[at].pieces[0][0])):
        return False
    below = [line.pieces for line in lines[at + 1 : at + 1 + _BELOW]]
    alone = [person_named(pieces[0][0]) for pieces in below if len(pieces) == 1]
    names = [person.name for person in alone if person and person.name]
    return found.name in names and len(names) > 1


def _beside(titles: Sequence[Line], below: Sequence[Line], found: Person) -> bool:
    """Whether another officer signs in the left column, with the name on the same line, as two bodies do."""
    left = [line.pieces[0] for line in titles if len(line.pieces) > 1]
    if not any(is_upper(text) and _officers(current()).search(folded) for text, folded in left):
        return False
    names = [line.pieces for line in below if len(line.pieces) > 1]
    return any(
        (other := person_named(pieces[0][0])) and other.name not in ("", found.name) for pieces in names
    )


def _above(lines: Sequence[Line], below: Person, *, strong: bool) -> bool:
    """Whether another person signs with a title of the same weight above, so that either may be meant."""
    titled = (
        at
        for at in range(len(lines) - 1, -1, -1)
        if (title := _title_in(lines[at])) and (not strong or _CAPACITY.match(title))
    )
    found = next((person for at in titled if (person := _name_below(lines, at))), None)
    return found is not None and found.name != below.name


def _first_of_block(lines: Sequence[Line], at: int) -> int:
    """Return the index of the first title line of a block; a recipient's line may be between two titles."""
    first, since = at, 0
    for index in range(at - 1, max(at - 9, -1), -1):
        if len(lines[index].text) > 130 or since > 1:
            break
        if (named := person_named(lines[index].pieces[-1][0])) and named.name:
            break  # the signer of the paper above this annex
        if _title_in(lines[index]):
            first, since = index, 0
        elif not _title_in(lines[index], within=True):
            since += 1
    return first


def _title_in(line: Line, *, within: bool = False) -> str:
    """Return the capacity and title on a line, in the right column if there are two.

    ``within``: the line is in a signature block, so any line in capitals counts, as it continues the title.
    """
    return _title(line.pieces[-1][0], current(), within=within)


@lru_cache(maxsize=512)  # the lines of a foot are gone through several times
def _title(text: str, vocabulary: Vocabulary, *, within: bool) -> str:
    capacity = _CAPACITY.search(text)
    if capacity and is_upper(text[capacity.start() :]):
        return text[capacity.start() :]
    capitals = _trailing_capitals(text)
    if len(capitals) < 4 or _LIST.match(fold(capitals)):
        return ""
    found = _titles(vocabulary).search(fold(capitals))
    if found and not _SCHOOL.match(capitals, found.start()):
        return capitals[found.start() :] if len(capitals) < 100 else ""
    whole = len(capitals) == len(text) and len(text) < 60
    return (
        text
        if within
        and whole
        and any(map(str.isalpha, text))
        and not person_named(text)
        and not text.endswith(":")
        else ""
    )


def _trailing_capitals(text: str) -> str:
    """Return the words in capitals at the end of a text."""
    words = text.split()
    first = len(words)
    while first and (words[first - 1].isupper() or not any(map(str.isalpha, words[first - 1]))):
        first -= 1
    return " ".join(words[first:])


def _name_below(lines: Sequence[Line], at: int) -> Person | None:
    """Return the first person named below a title, with the rank from the line above the name."""
    rank, bracket, apart = "", False, False
    for place, line in enumerate(lines[at + 1 : at + 1 + _BELOW], at + 1):
        apart = apart or line.after_blank
        if len(line.text) > 130 or _begins_annex(lines[place : place + _HEADING]):
            return None  # the text of another part, or an annex
        opened = "(" in line.text and ")" not in line.text and line.pieces[-1][0][0] not in _DASHES
        if bracket := bracket or opened:
            bracket = ")" not in line.text  # XÃ / Tân Lập) ends what a bracket above opens
            continue
        signed = _NOTED_NAME.match(line.pieces[-1][1])
        if signed and (noted := person_named(line.pieces[-1][0][signed.end() :], rank=rank)) and noted.name:
            return noted
        if _NOTES.match(line.pieces[-1][1]) or _is_recipient(lines[place : place + 2]):
            apart = True
            continue
        found = person_named(line.pieces[-1][0], rank=rank, signed=apart)
        if not found and not _ITEM.match(line.text) and not _is_sentence(line.pieces[-1][0]):
            found = last_name_in(line.pieces[-1][0])
        if found and found.name:
            return found
        rank = found.rank if found else ""
    return None


def _begins_annex(lines: Sequence[Line]) -> bool:
    """Whether the first line belongs to an annex's heading: in capitals, above what it is attached to."""
    first = lines[0]
    attached = any(_ATTACHED.match(line.folded) for line in (lines if first.upper else lines[:1]))
    return attached or bool(first.upper and _LIST.match(first.folded))


def _is_sentence(text: str) -> bool:
    """Whether a text is too long for a recipient beside whom a name stands, and begins with no dash."""
    return len(text) > _LONGEST_RECIPIENT and text[0] not in _DASHES


def _is_recipient(lines: Sequence[Line]) -> bool:
    """Whether the right piece of the first line is a recipient, who may go on on the next one."""
    first, *after = (line.pieces for line in lines)
    goes_on = f"{first[-1][0]} {after[0][0][0]}" if after and len(first) == 1 else ""
    return bool(_RECIPIENT.fullmatch(first[-1][0]) or _WRAPPED_RECIPIENT.fullmatch(goes_on))


def _chair(lines: Sequence[Line]) -> Signer | None:
    """Return the chair of a meeting, whose title is beside, above or below that of the secretary."""
    for at in range(len(lines) - 1, -1, -1):
        found = _CHAIR.search(lines[at].folded)
        if not found or len(lines[at].text) > 70 or ":" in lines[at].text:
            continue
        title = "CHỦ TRÌ" if found[0].endswith("tri") else "CHỦ TỌA"
        other = _OTHER_SIDE.search(lines[at].folded)
        names = _names_after(lines, at)
        if other and names:
            chosen = names[0] if found.start() < other.start() else names[min(1, len(names) - 1)]
            side_by_side = len(names) > 1 and _on_one_line(lines[at + 1 : at + 1 + _BELOW], names)
            return Signer(chosen.name, chosen.rank, title, 0.85 if side_by_side else _OF_TWO)
        if names:
            # The secretary's title is on the line above: then the names follow in the same order.
            above = at > 0 and bool(_OTHER_SIDE.match(lines[at - 1].folded)) and len(lines[at - 1].text) < 40
            chosen = names[1] if above and len(names) > 1 else names[0]
            return Signer(chosen.name, chosen.rank, title, 0.85)
    return None


def _on_one_line(lines: Sequence[Line], names: Sequence[Person]) -> bool:
    """Whether both names stand on one line, so that their order tells who signs where."""
    return any(all(squash(person.name) in squash(line.text) for person in names[:2]) for line in lines)


def _names_after(lines: Sequence[Line], at: int) -> list[Person]:
    """Return the one or two persons named below the titles of chair and secretary."""
    names: list[Person] = []
    for line in lines[at + 1 : at + 1 + _BELOW]:
        if len(line.text) > 130 or len(names) > 1:
            break
        for text, folded in line.pieces:
            if _NOTES.match(folded):
                continue
            if len(line.pieces) == 1 and (pair := two_people(text)):
                names += pair
            elif (found := person_named(text)) and found.name:
                names.append(found)
    return names


def _beside_recipients(lines: Sequence[Line]) -> Signer | None:
    """Return the last name right of the recipients, for blocks whose title is illegible under a seal.

    Single letters between the words (specks of a seal or pen stroke) are ignored.
    """
    first = next((at for at, line in enumerate(lines) if _RECIPIENTS.match(line.folded)), None)
    if first is None:
        return None
    for line in reversed(lines[first:]):
        if len(line.pieces) < 2:
            continue
        text = line.pieces[-1][0]
        whole = " ".join(word for word in text.split() if sum(map(str.isalpha, word)) > 1)
        found = person_named(text) or person_named(whole)
        if found and len(found.name.split()) >= _FULL and family_named(found.name):
            return Signer(found.name, found.rank, sure=0.75)
    return None


def _noted(lines: Sequence[Line]) -> Signer | None:
    """Return the name below “(đã ký)” and a title in small letters, as copies of old papers have them."""
    pieces = [line.pieces[-1] for line in lines]
    for (title, folded), (_note, noted), (name, _name) in zip(pieces, pieces[1:], pieces[2:], strict=False):
        found = person_named(name) if _SIGNED_NOTE.fullmatch(noted) else None
        if found and found.name and title[0].isupper() and _titles(current()).fullmatch(folded):
            return Signer(found.name, found.rank, title, 0.9)
    return None


def _bare_name(lines: Sequence[Line]) -> Signer:
    """Return a rank and name alone on a line near the end, without a title."""
    for line in reversed(lines[-15:]):
        found = person_named(line.pieces[-1][0])
        if found and found.rank and found.name:
            return Signer(found.name, found.rank)
    return Signer()
