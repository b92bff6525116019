"""The fields of a document that the rules are matched against, as words and without citations.

A document's Căn cứ lines and every ``Quyết định số … về …`` in its text are about other documents;
left in, they would make each report look like the founding decision it cites.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.checklists.vocabulary import current
from dossier.model import CENTRED, Form, Header
from dossier.scanner.classify.kinds import Kinds, named_type, type_in_words
from dossier.scanner.classify.names import folder_words, name_words, without_extension
from dossier.scanner.classify.phrases import Compiled, Found, Wordings, years_masked
from dossier.scanner.classify.subjects import Subject, family_names, is_period
from dossier.vietnamese import fold, is_marked, marked_words, words

_DECISION = "quyet-dinh"
_DECIDING = frozenset((_DECISION, "nghi-quyet"))
_ASKING = frozenset(("to-trinh", "cong-van", "bao-cao", "bien-ban"))
_ARTICLE = re.compile(
    r"^\W{0,6}đi[ềê]u\s{1,2}(?:1|một|thứ nhất)(?!\d)\s?[.:\-–]?\s{0,3}", re.IGNORECASE | re.MULTILINE
)
_FURTHER = re.compile(
    r"(?:^\W{0,6}|[.;]\s)đi[ềê]u\s{1,2}(?:[2-9]|hai|ba|bốn)\s?[.:]\s", re.IGNORECASE | re.MULTILINE
)
_STOP = re.compile(r"(?<=\w\w|\w\)|\d\))\.(?:\s|/|$)")
_NEXT = re.compile(r"\n\W{0,6}đi[ềê]u\s{1,2}(?:2|hai)(?!\d)|[.;:]\s|\.$", re.IGNORECASE)
_REQUEST = re.compile(r"(?:kính|trân trọng)\s(?:đề nghị|trình|mong|đề xuất|xin)\s", re.IGNORECASE)
_MOST = 260  # characters of the sentence
_APART = re.compile(r"[;,:\n]|\b\d{1,2}[.)]|\.{3}|…")
_ADDRESS = ("ông", "bà", "anh", "chị", "cô", "cụ", "đ/c")
_LONGEST_NAME = 5  # words of a person's name
_BOARDS = (" ban ", " hội đồng ")
_ATTACHED = re.compile(  # a list below the decision: PHỤ LỤC: DANH SÁCH TỔ VIÊN
    r"^\W{0,3}(?:PHỤ LỤC\W{1,4}(?:[\dIVX]{1,3}\W{1,3})?)?(?=DANH SÁCH\b)", re.MULTILINE
)
_OF_WORK = frozenset(("ke-hoach", "chuong-trinh", "bao-cao"))
_WORK = "hoạt động"
_MEMBERS = " danh sách thành viên"  # what an article that names members says in other decisions


def operative(kind: str, text: str) -> str:
    """Return the operative sentence of a document of type ``kind`` (its first article or its request), or an
    empty string."""
    if kind in _DECIDING:
        found = _ARTICLE.search(text)
    elif kind in _ASKING:
        found = _REQUEST.search(text)
    else:
        return ""
    if found is None:
        return ""
    sentence = text[found.end() : found.end() + _MOST]
    end = _NEXT.search(sentence, 15)
    return sentence[: end.start()] if end else sentence


def further_articles(text: str) -> tuple[str, ...]:
    """Return the first sentence of each article of a decision after the first."""
    begun = [found.span() for found in _FURTHER.finditer(text)]
    ends = [start for start, _end in (*begun[1:], (len(text), 0))]
    articles = (text[end : min(stop, end + _MOST)] for (_at, end), stop in zip(begun, ends, strict=False))
    return tuple(_STOP.split(article, maxsplit=1)[0] for article in articles)


def first_article(text: str) -> str:
    """Return the beginning of a decision's first article, with what it lists; an empty string if there is
    none."""
    if (found := _ARTICLE.search(text)) is None:
        return ""
    following = _FURTHER.search(text, found.end())
    end = min(found.end() + _MOST, following.start() if following else len(text))
    return text[found.end() : end]


def lists_people(article: str) -> bool:
    """Whether names of people follow a colon: "gồm 14 người: Lâm Thị Sáu - tổ trưởng; Sơn Thị Nhi"; or the
    caption of a list: "DANH SÁCH TỔ VIÊN"."""
    families = family_names(current())
    pieces = (piece.split("(")[0].split(" - ")[0].split() for piece in _APART.split(article)[1:])
    return (":" in article or article.startswith("DANH SÁCH")) and sum(
        _is_name(piece, families) for piece in pieces
    ) > 1


def _is_name(piece: Sequence[str], families: frozenset[str]) -> bool:
    numbered = [word for word in piece if not any(map(str.isdigit, word))]  # "NA-2215 Bùi Văn Đậu"
    name = numbered[1:] if numbered and numbered[0].lower() in _ADDRESS else numbered
    return 1 < len(name) <= _LONGEST_NAME and all(map(str.istitle, name)) and fold(name[0]) in families


_BODY = 4000  # characters of the text that are matched: a document says at its beginning what it is
_HEAD = 400  # characters
_TITLE_LINES = 8  # lines among which a title stands
_OPERATIVE = 8000  # characters that are searched for the first article or the request
_NOUN = 3  # words before a quotation that may be the noun of its name: Câu lạc bộ “…”
_SHORT_ABSTRACT = 2  # words; for a shorter abstract the beginning of the text is used too

_QUOTED = re.compile(r"“[^”]{2,150}”|\"[^\"]{2,150}\"|«[^»]{2,150}»")
_TELLING = 4.0  # least weight of a phrase by which a title without its purpose still tells what the paper is
_PICTURES = "anh"
_CAPTION = re.compile(r"(?:^|[.;]\s)\s*(?:hình\s)?(?:ảnh|hình)(?:\ssố)?\s\d{1,2}\s?[:.–-]", re.I | re.M)
_FEWEST_CAPTIONS = 2
_CAPITALS = re.compile(r"\b[A-Za-zĐđ]?[A-ZĐ]{1,7}\b")  # "pH" is a slip for "PH"
_CITING_TYPES = (
    "quyet dinh", "ke hoach", "bao cao", "to trinh", "nghi quyet", "chi thi", "huong dan", "thong bao",
    "cong van", "nghi dinh", "thong tu", "luat", "quy che", "ket luan", "thong tri", "bien ban",
)  # fmt: skip
_BEFORE = rf"[ \t{CENTRED}\-–+*]*"  # of a line's first word
_CITING_LINE = _BEFORE + r"(?:can cu|xet|theo de nghi|chieu|thuc hien|tiep theo)\b"
_NEW_MATTER = _BEFORE + r"(?:$|can cu|xet|theo|dieu \d|[ivx]+\.|\d+\.|(?:quyet dinh|quyet nghi):?[ \t]*$)"
_NUMBERED = r"\s+so:?\s*\d[^\n;,.)]*"
# Every alternative begins with a literal, because the engine then finds where one may begin by itself.
_CITATIONS = re.compile(
    # A line that begins with "Căn cứ", with the lines it wraps to, up to its semicolon or full stop.
    rf"\n{_CITING_LINE}[^\n;]*(?:(?<![.:])\n(?!{_NEW_MATTER})[^\n;]*){{0,4}}(?:;|$)|"
    # "Quyết định số 12/QĐ-UBND ngày … về …" up to the next comma or the end of the line.
    + "|".join(rf"{type_}(?<!\w{type_}){_NUMBERED}" for type_ in _CITING_TYPES),
    re.MULTILINE,
)


def headless(header: Header, text: str) -> bool:
    """Whether nothing has the form of a paper: no field of a head or a foot, no title in capitals."""
    named = header.type or header.number_symbol or header.abstract
    if named or header.dated or header.issuing_body or header.signer:
        return False
    lines = itertools.islice(filter(None, map(str.strip, text.splitlines())), _TITLE_LINES)
    return not any(line.isupper() and " " in line for line in lines)


@dataclass(frozen=True, slots=True)
class Texts:
    """The fields of one document, each as words between single spaces.

    ``fields`` are folded words, years masked; ``marked`` the same words with diacritics, for fields
    written with diacritics; ``raw`` folded words with the years, for the period. ``found`` are the
    phrases found in the fields. ``plain`` are folded words as written, before names were replaced by the
    word for the kind. ``pieces``: the texts of each subject of a title that names several; ``articles``:
    those of a decision's further articles.
    """

    fields: Mapping[str, str]
    found: Found
    marked: Mapping[str, str]
    raw: Mapping[str, str]
    plain: Mapping[str, str]
    type: str
    pieces: tuple[Texts, ...] = ()
    articles: tuple[Texts, ...] = ()


def without_citations(text: str) -> str:
    """Return the text without Căn cứ lines and references to numbered documents; other lines are kept."""
    folded = fold(text)
    if len(folded) != len(text):  # not NFC, or a letter without a folded form of one character
        text = folded
    kept, last = [], 0
    for cited in _CITATIONS.finditer(f"\n{folded}"):
        kept.append(text[last : cited.start() if cited[0][0] == "\n" else cited.start() - 1])
        last = cited.end() - 1
    return " ".join([*kept, text[last:]])


@dataclass(frozen=True, slots=True)
class ChecklistWords:
    """The vocabulary of a checklist: ``abbreviations`` with their expansions, the ``wordings`` of all
    phrases, other names of its ``kinds``; ``parted`` splits a title into the subjects that it names,
    ``aimless`` leaves out what the paper is for; ``closes`` tells articles that found nothing; ``others`` are
    the phrases of other work."""

    abbreviations: Mapping[str, str]
    wordings: Wordings
    kinds: Kinds | None = None
    parted: Callable[[str], Sequence[str]] = lambda _title: ()
    aimless: Callable[[str], str] = lambda _title: ""
    closes: Callable[[str], bool] = lambda _article: True
    others: frozenset[Compiled] = frozenset()

    def names_members(self, article: str) -> bool:
        """Whether an article lists people who are not of the committee or another board."""
        if self.kinds is None or not lists_people(article):
            return False
        caption = re.split(r"[:\n]", article, maxsplit=1)[0]
        before = self.kinds.spelt(f" {marked_words(caption)} ")
        return not any(board in before for board in (self.kinds.committee, *_BOARDS))


def gather(
    header: Header,
    text: str,
    name: str,
    folders: tuple[str, ...],
    by: ChecklistWords,
    *,
    subjects: Sequence[Subject] = (),
    own: Callable[[str], bool] = lambda _name: False,
    scanned: bool = False,
) -> Texts:
    """Return the fields of a document, each as words between single spaces.

    ``subjects``: names of the dossier; such a name, or a name of its kind, is replaced by the word for the
    kind ("mô hình"). ``own`` decides whether a quoted name is the dossier's.
    ``scanned``: the text came from OCR, whose diacritics are too often wrong to be compared.
    """

    def titled(title: str) -> Texts:
        return gather(
            replace(header, abstract=title), "", "", (), by, subjects=subjects, own=own, scanned=scanned
        )

    whole = bool(text or name)  # pieces of a title are not split again
    alone = tuple(map(titled, by.parted(header.abstract) if whole else ()))
    aimless = by.aimless(header.abstract) if whole else ""
    told = titled(aimless) if aimless else None
    stem = without_extension(name)
    kind = header.type or ("cong-van" if header.form is Form.LETTER else "")
    body = marked_words(without_citations(text[:_BODY]))
    written = {
        "abstract": _abstract(header, kind, by, own),
        "name": name_words(_without_number(stem, header.number_symbol), by.abbreviations),
        "folder": folder_words(folders, by.abbreviations),
        "body": body,
        "issuer": _issuer(header),
        "operative": _operative(kind, text[:_OPERATIVE], by),
    }
    # "SỔ THEO DÕI THU, CHI QUỸ": for such types the title says more than the type.
    if _says_little(kind, header.abstract):
        written["head"] = _upto(body, _HEAD)
    written = {key: f" {value} " for key, value in written.items() if value}
    plain = {key: fold(value) for key, value in written.items()}
    for about in subjects:
        written = {key: about.spelt(value) for key, value in written.items()}
    if by.kinds is not None:
        written = {key: by.kinds.spelt(value) for key, value in written.items()}
    raw = {key: fold(value) for key, value in written.items()}
    unexpanded = {"name": stem, "folder": " ".join(folders)}  # expansions have diacritics of their own
    marked = {
        key: years_masked(value)
        for key, value in written.items()
        if is_marked(unexpanded.get(key, value)) and not (scanned and key not in unexpanded)
    }
    fields = {key: years_masked(value) for key, value in raw.items()}
    further = tuple(map(titled, _founding_articles(kind, text, by)))
    kind = kind or named_type(raw.get("name", "").strip()) or _captioned(text)
    found = by.wordings.found(fields, marked)
    all_told = Texts(fields, found, marked, raw, plain, kind, alone, further)
    return all_told if told is None else _without_purpose(all_told, told, by)


def _operative(kind: str, text: str, by: ChecklistWords) -> str:
    found = marked_words(_QUOTED.sub(" ", operative(kind, text)))
    names_members = kind == _DECISION and by.names_members(first_article(text))
    return found + _MEMBERS if names_members else found


def _founding_articles(kind: str, text: str, by: ChecklistWords) -> list[str]:
    if kind != _DECISION:
        return []
    text = text[:_OPERATIVE]
    found = [article for article in further_articles(text) if not by.closes(article)]
    told = [article + _MEMBERS if by.names_members(article) else article for article in found]
    lists = (text[each.end() : each.end() + _MOST] for each in _ATTACHED.finditer(text))
    return told + [listed + _MEMBERS for listed in lists if by.names_members(listed)]


def _without_purpose(whole: Texts, told: Texts, by: ChecklistWords) -> Texts:
    """Return a document's texts without its title's purpose, if the rest ``told`` of it still tells what the
    paper is; words of other work count in the purpose too: "để đưa vào chuyển hóa"."""
    if not any(phrase.weight >= _TELLING for phrase in told.found):
        return whole
    fields, marked = {**whole.fields, **told.fields}, {**whole.marked, **told.marked}
    others = {phrase: found for phrase, found in whole.found.items() if phrase in by.others}
    found = {**others, **by.wordings.found(fields, marked)}
    return replace(whole, fields=fields, found=found, marked=marked, raw={**whole.raw, **told.raw})


def _captioned(text: str) -> str:
    """Return the type of a paper without a head that holds pictures with captions, or an empty string."""
    return _PICTURES if len(_CAPTION.findall(text)) >= _FEWEST_CAPTIONS else ""


def _abstract(header: Header, kind: str, by: ChecklistWords, own: Callable[[str], bool]) -> str:
    if not header.abstract:
        return ""
    abstract = header.abstract
    if by.kinds is not None:
        abstract = by.kinds.merged(by.kinds.without_campaigns(abstract), own)
    # A model's own name says nothing about the document, and may match wrong phrases (“Liên kết …”).
    nameless = _QUOTED.sub(lambda found: _quotation(found, by.kinds, own), abstract)
    if nameless.count(" ") > _SHORT_ABSTRACT or (by.kinds is not None and by.kinds.called in nameless):
        abstract = nameless
    abstract = _CAPITALS.sub(lambda found: by.abbreviations.get(fold(found[0]), found[0]), abstract)
    # The type's name belongs to the subject: "QUY CHẾ / Phối hợp …" is a coordination regulation.
    work = _WORK if _tells_of_work(kind, header.abstract) else ""
    return marked_words(f"{type_in_words(kind)} {work} {abstract}")


def _says_little(kind: str, title: str) -> bool:
    """Whether the beginning of the text tells more than the title."""
    return (title.count(" ") < _SHORT_ABSTRACT or kind in current().short) and not _tells_of_work(kind, title)


def _tells_of_work(kind: str, title: str) -> bool:
    """Whether a plan or report has only a period as its title, so that it is about all of its issuer's
    work."""
    return kind in _OF_WORK and is_period(title)


def _quotation(quoted: re.Match[str], kinds: Kinds | None, own: Callable[[str], bool]) -> str:
    """Return the replacement of a quotation: the word for the kind for the dossier's own name, the quoted
    words for another name of the kind, otherwise a space."""
    if kinds is None:
        return " "
    before = " ".join(marked_words(quoted.string[: quoted.start()]).split()[-_NOUN:])
    named = kinds.spelt(f" {before} {marked_words(quoted[0])} ")
    if named.rstrip().endswith(f" {kinds.called}"):
        return f" {quoted[0][1:-1]} "
    return f" {kinds.called} " if own(words(quoted[0])) else " "


def _without_number(stem: str, number_symbol: str) -> str:
    """Return a file's name without the document's number, whose codes name the issuer: ``07-QC-BCD``."""
    parts = words(number_symbol).split()
    if len(parts) < 2:
        return stem
    name = fold(stem)
    if not all(part.lstrip("0") in name for part in parts):
        return stem
    number = r"\W{0,3}0*" + parts[0].lstrip("0") + "".join(r"[\W_]*" + part for part in parts[1:])
    found = re.search(rf"(?<![0-9a-z]){number}(?![0-9a-z])", name)
    return stem[: found.start()] + " " + stem[found.end() :] if found else stem


def _issuer(header: Header) -> str:
    party = "đảng cộng sản việt nam" if header.form is Form.PARTY else ""
    return marked_words(f"{party} {header.superior_body} {header.issuing_body}")


def _upto(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: text.rfind(" ", 0, limit)]
