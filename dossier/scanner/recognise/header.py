"""Read the header of one document: form, number, date, type, bodies, abstract and signer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dossier.model import FieldReading, FieldSource, Form, Header, Segment
from dossier.scanner.recognise import abstract, abstract_text, types
from dossier.scanner.recognise.attached import attachment, meeting_day
from dossier.scanner.recognise.beside_stamp import placed
from dossier.scanner.recognise.bodies import (
    bodies,
    completed,
    has_motto,
    misread,
    names_of_body,
    of_number,
    spelled,
    starts_name,
    sure_of_issuer,
    sure_of_superior,
)
from dossier.scanner.recognise.cited import references
from dossier.scanner.recognise.copies import copy_below
from dossier.scanner.recognise.esign import without_blocks
from dossier.scanner.recognise.head import ABOVE, DocumentHead, read_head
from dossier.scanner.recognise.levels import level_of
from dossier.scanner.recognise.lines import Line, lines_of, mended
from dossier.scanner.recognise.members import members, recipients
from dossier.scanner.recognise.names import family_named
from dossier.scanner.recognise.number import joint_offices
from dossier.scanner.recognise.periods import covered
from dossier.scanner.recognise.pieces import Kind, below_caption, first_names
from dossier.scanner.recognise.ranking import criteria_of, percentage_of, rank_of, ranks_by_name
from dossier.scanner.recognise.signature import Signer, find_signer, is_marked_signed
from dossier.scanner.recognise.signing_day import signed_on
from dossier.vietnamese import fold

_ZONE_CHARS = 24_000
_ZONE = 70  # non-empty lines read
_DETAILS = 60_000  # characters searched for references, ranks and member units
_FOOT = 6_000  # characters at the end searched for recipients
_RANKING = frozenset(("quyet-dinh", "thong-bao"))  # types of documents that rank several models
_FOUNDING = ("quyet-dinh", "ban-thoa-thuan", "quy-che", "ke-hoach")  # may name members of a linked model
_NUMBERED = frozenset(
    ("bien-ban", "bao-cao", "to-trinh", "cong-van", "quyet-dinh", "nghi-quyet", "thong-bao")
)
CITED = 0.8  # confidence of a number or date taken from the decision that the document is attached to
_OF_BODY = re.compile(r"\bCỦA (?P<body>\D{5,90}?) SỐ:? ?\d")
_OPEN_NUMBER = re.compile(r"\W{0,3}so\s?[:.]?[\s.…_]*/")
_OPEN_DAY = re.compile(r"ngay[\s.…_]*(?:thang|/)")
_OFFICE_ALONE = re.compile(r"\w*/(?:\d{4}/)?[^\W\d_]+")  # a number with one code, a letter's by its “V/v”
_HALF = 0.6  # confidence of a value that may be incomplete: name of two words, name above an illegible line
_FULL_NAME = 3  # words


def read_header(
    text: str, *, scanned: bool = False, segments: Sequence[Segment] = (), shift: int = 0
) -> Header:
    """Read the header from a document's text; ``scanned``: by OCR, so what seems blank may be handwritten.
    ``segments``: of the first page, in whose text the document begins at offset ``shift``."""
    lines = placed(lines_of(text[:_ZONE_CHARS], _ZONE), segments, shift, scanned=scanned)
    lines = below_caption(mended(without_blocks(lines)), ABOVE)
    head = read_head(lines)
    attached_number, attached_day = _attachment(lines, head)
    number = head.number or attached_number
    slug = _type(head, number, scanned=scanned)
    day, partial, dated = _day(head, lines, text, slug, attached_day)
    signer = _signer(text, slug, head.number, scanned=scanned)
    issuing, superior = map(spelled, _bodies(head, lines)) if scanned else _bodies(head, lines)
    issuing = completed(issuing, (line.text for line in lines[:ABOVE]))
    form, subject = _form(head, slug, number), _abstract(head, lines, slug, issuing, scanned=scanned)
    sure = {
        "number_symbol": _HALF if head.two_numbers else 0.98 if head.number else CITED,
        "date": dated,
        "type": _sure_of_type(head),
        "abstract": _sure_of_abstract(head, subject, scanned=scanned),
        "issuing_body": _HALF
        if head.two_numbers or (scanned and (head.unread or misread(issuing)))
        else min(sure_of_issuer(issuing), _HALF if has_motto(superior) else 1.0),
        "superior_body": _HALF if scanned and misread(superior) else sure_of_superior(superior),
        "signer": signer.sure,
    }
    opening, folded, about = text[:_DETAILS], fold(text[:_DETAILS]), fold(subject)
    return Header(
        form=form,
        type=slug,
        number_symbol=number,
        date=day,
        date_flaw=head.flaw,
        partial_date=partial,
        fields=_fields(sure, number, day or partial, slug, subject, issuing, superior, signer.name),
        place=head.place,
        issuing_body=issuing,
        superior_body=superior,
        abstract=subject,
        signer=signer.name,
        signer_rank=signer.rank,
        signer_title=signer.title,
        draft=head.draft or (_is_blank(head, scanned=scanned) and not is_marked_signed(text[-_FOOT:])),
        copy=head.copy or copy_below(text)[0],
        signer_capacity=signer.capacity,
        issuer_level=level_of(form, issuing, superior, number),
        recipients=recipients(text[-_FOOT:], opening),
        references=references(opening, folded, number),
        rank=rank_of(about, folded),
        ranked=ranks_by_name(folded) if slug in _RANKING else (),
        percentage=percentage_of(folded),
        criteria=criteria_of(folded),
        periods=covered(about, day),
        members=members(opening, folded) if slug in _FOUNDING else (),
    )


def _signer(text: str, slug: str, number: str, *, scanned: bool) -> Signer:
    signer = find_signer(text, minutes=slug == "bien-ban")
    words = signer.name.split()
    if scanned and len(words) < _FULL_NAME and not family_named(signer.name) and not signer.rank:
        return Signer()  # two words without a family name are specks of a seal
    # OCR often reads only half of a name under a stamp; of a joint paper either officer may be meant.
    doubtful = (scanned and len(words) < _FULL_NAME) or (signer.beside and bool(joint_offices(number)))
    return replace(signer, sure=min(signer.sure, _HALF)) if doubtful else signer


def _attachment(lines: Sequence[Line], head: DocumentHead) -> tuple[str, date | None]:
    """Return number and date of its decision for a regulation or list that has no number itself."""
    if head.title < 0 or head.number or head.slug in _NUMBERED:
        return "", None
    return attachment(lines, head.pieces[head.title].at)


def _day(
    head: DocumentHead, lines: Sequence[Line], text: str, slug: str, attached: date | None
) -> tuple[date | None, str, float]:
    """Return the date, its known part (if incomplete) and the confidence."""
    if head.dated:
        sure = 0.7 if head.flaw else 0.98 if head.day else 0.9
        return head.day, "" if head.day else head.partial, sure
    if attached and not head.number:
        return attached, "", CITED
    if slug == "bien-ban" and (met := meeting_day(lines)):
        return met, "", 0.85
    if slug or head.formal:
        signed, partial = signed_on(text[:_DETAILS])
        if not (signed or partial):
            signed = meeting_day(lines, minutes=False)
        return signed, partial, 0.85
    return None, "", 0.0


def _sure_of_type(head: DocumentHead) -> float:
    if head.title >= 0:
        return 0.85 if head.guessed else 0.98
    return 0.95 if head.reference >= 0 else 0.7


def _sure_of_abstract(head: DocumentHead, text: str, *, scanned: bool) -> float:
    if head.title < 0 and head.reference < 0 and head.untitled < 0 and not abstract_text.begins(text):
        return _HALF  # only where it stands tells that it is one
    if _is_place_taken(head):
        return _HALF
    capital = scanned and not head.party and head.reference < 0
    return abstract_text.sureness(text, titled=head.title >= 0, capital=capital)


def _is_place_taken(head: DocumentHead) -> bool:
    """Whether the columns run into each other after ``V/v … tại phường``, so that the name of the place there
    may have been taken for that before the date."""
    beside = [piece for piece in head.pieces if head.reference >= 0 and piece.kind is Kind.DATE]
    left = [piece for piece in head.pieces[head.reference :] for day in beside if piece.at == day.at]
    return any(
        piece.kind in (Kind.REFERENCE, Kind.OTHER) and abstract_text.lacks_name(piece.text) for piece in left
    )


def _fields(sure: Mapping[str, float], *values: object) -> dict[str, FieldReading]:
    """Create a reading for each field with a value. ``sure``: confidence by field, in the order of
    ``values``."""
    return {
        name: FieldReading(sureness, FieldSource.CITED if sureness == CITED else FieldSource.TEXT)
        for (name, sureness), value in zip(sure.items(), values, strict=True)
        if value
    }


def _type(head: DocumentHead, number: str, *, scanned: bool) -> str:
    """Return the slug of the document type from the title, the symbol or signs of an official letter."""
    if head.slug:
        return head.slug
    coded = types.of_symbol(head.number)
    subject = head.reference >= 0 and (head.addressed or not scanned)  # a scan's title may be unread
    if coded and subject and _OFFICE_ALONE.fullmatch(head.number):
        return types.LETTER  # 12/HĐ of a council (hội đồng), no contract
    if coded and coded != types.LETTER:  # a letter's symbol names no type
        return coded
    if head.reference >= 0 and not head.headed and (head.formal or head.addressed):
        return types.LETTER
    if coded or head.strange >= 0:
        return coded
    letter = bool(number) and (head.addressed or head.dated)
    return types.LETTER if letter or (head.addressed and head.dated) else ""


def _form(head: DocumentHead, slug: str, number: str) -> Form:
    if head.party or (head.star and "-" in number.split("/")[0]):
        return Form.PARTY
    if slug == types.LETTER:
        return Form.LETTER
    return Form.STATE if head.formal or number else Form.NONE


def _bodies(head: DocumentHead, lines: Sequence[Line]) -> tuple[str, str]:
    names = of_number(head.names, head.number) if head.formal else first_names(head.pieces, lines)
    if not head.formal and not names_of_body(names):
        return "", ""
    names = names or _in_title(head, lines)
    if not names:  # typed without capitals
        above = head.pieces[: min(6, head.title) if head.title >= 0 else 6]
        first = next((p for p in above if p.kind is Kind.OTHER and starts_name(p.text)), None)
        names = [first.text] if first and head.formal and len(first.text) <= 60 else []
    return bodies(names, joint_offices(head.number))


def _in_title(head: DocumentHead, lines: Sequence[Line]) -> list[str]:
    """Return the body in a title that has the number too: ``… CỦA ỦY BAN NHÂN DÂN TỈNH SỐ 12/QĐ-UB NGÀY …``;
    none of another title."""
    if head.title < 0 or not head.formal:
        return []
    at = head.pieces[head.title].at
    said = _OF_BODY.search(" ".join(line.text for line in lines[at : at + 3] if line.upper))
    return [said["body"]] if said and starts_name(said["body"]) else []


def _abstract(head: DocumentHead, lines: Sequence[Line], slug: str, issuer: str, *, scanned: bool) -> str:
    def below(rest: str, first: int, title: Line | None = None) -> str:
        return abstract.after_title(lines[first:], rest, issuer, title, scanned=scanned)

    found = ""
    if head.title >= 0:
        at = head.pieces[head.title].at
        # "SỔ THEO DÕI THU, CHI" is the complete title; the abstract is below it.
        if head.slug in types.of_one_syllable():
            found = below("", at + 1, lines[at])
        found = found or below(head.rest, at + 1, lines[at])
        if head.slug in types.forms() and not abstract_text.begins(found):
            found = ""
    if not found and head.reference >= 0:
        found = abstract.after_reference(head.pieces, lines, head.reference)
    if not found and head.title >= 0:  # below the addressee of an invitation
        kinds = [piece.kind for piece in head.pieces]
        at = kinds.index(Kind.REFERENCE, head.title) if Kind.REFERENCE in kinds[head.title :] else -1
        found = abstract.after_reference(head.pieces, lines, at) if at >= 0 else ""
    if head.title < 0 and not found and head.untitled >= 0:
        found = below("", head.untitled)
    if head.title < 0 and not found and head.strange >= 0 and not scanned:
        found = below(lines[head.strange].text, head.strange + 1)
    if not found and head.title < 0 and head.numbering >= 0 and slug == types.LETTER:
        found = abstract.below_number(head.pieces, lines, head.numbering)
    return abstract_text.without_specks(found) if scanned else found


def _is_blank(head: DocumentHead, *, scanned: bool) -> bool:
    """Whether number or date of a head are blank, as in a draft."""
    if head.title < 0 and head.reference < 0:
        return False
    number = bool(head.number) and not head.number[0].isdigit()
    dates = [piece.text for piece in head.pieces if piece.kind is Kind.DATE]
    day = bool(dates) and len(re.findall(r"\d+", dates[0])) < 3  # an impossible date was filled in
    if not scanned:  # a number is given on the day of signing: with one, the day was left to the pen
        return number or (day and not head.number)
    # In a scan, illegible text counts as filled in.
    numbers = [piece.folded for piece in head.pieces if piece.kind is Kind.NUMBER]
    open_number = bool(numbers) and bool(_OPEN_NUMBER.match(numbers[0]))
    return number and open_number and day and bool(_OPEN_DAY.search(fold(dates[0])))
