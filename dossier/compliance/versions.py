"""Find the documents of a dossier that are versions of one paper (Word draft, signed PDF, scan, copies), and
those issued with another as annexes. Pure, from catalogue data.

Two documents are one paper only if their headers do not contradict each other: a number is unique for a body,
a type and a year (Nghị định 30/2020/NĐ-CP, Điều 15), so the same number, type, body and
day make one paper; if a day was not read, or differs within the year, the abstracts must agree too.
A draft without a number belongs to the only paper with nearly the same text and no contradicting
header: permits and letters made from one template share type, body and abstract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dossier.checklists.vocabulary import current
from dossier.compliance.version_groups import Sketches, bodies_agree, by_head, number_of
from dossier.model import Difference, Document, Form, Paper, Reading, Signature
from dossier.vietnamese import words

_MOST_TEXTS = 120  # texts of one dossier that are compared
_NO_TEXTS: Sketches = {}
_COMPARED = ("number_symbol", "date", "issuing_body", "abstract", "signer")
_PRINTED = ("pdf", "tiff", "png", "jpeg", "jpg")  # formats whose pages are those of the paper


def papers(documents: Sequence[Document], sketches: Sketches = _NO_TEXTS) -> tuple[Paper, ...]:
    """Group documents into papers, ordered by their authoritative documents. ``sketches``: of the documents
    that :func:`undecided` returns."""
    groups = by_head(documents)
    groups.same_text(sketches)
    made = [_paper(group) for group in groups.all()]
    return tuple(sorted(_attached(made), key=lambda paper: (paper.document.path, paper.document.ordinal)))


def undecided(documents: Sequence[Document]) -> list[Document]:
    """Documents whose texts must be compared: ungrouped ones without a number, and their candidates."""
    groups = by_head(documents)
    wanted: dict[str, Document] = {}
    for here, there in groups.maybe_same_text():
        for document in (here, there):
            wanted.setdefault(document.id, document)
        if len(wanted) >= _MOST_TEXTS:
            break
    return list(wanted.values())


def _paper(group: Iterable[Document]) -> Paper:
    first, *others = sorted(group, key=_precedence)
    differences = tuple(each for other in others for each in _differences(first, other))
    return Paper(first, tuple(others), (), differences)


def _precedence(document: Document) -> tuple[object, ...]:
    """Sort key that puts the authoritative version first: issued, signed, an original, complete."""
    header = document.header
    return (
        header.draft,
        any(signature.broken for signature in document.signatures),
        not any(_vouches(signature) for signature in document.signatures),
        bool(header.copy),
        # A scan shows the signature and the seal, a Word file does not.
        document.reading not in (Reading.OCR, Reading.MIXED),
        document.format not in _PRINTED,
        not number_of(document),
        header.date is None,
        document.needs_review,
        document.path,
        document.ordinal,
    )


def _vouches(signature: Signature) -> bool:
    return signature.kind != "printed" and signature.checked and signature.intact


def _differences(counts: Document, other: Document) -> Iterable[Difference]:
    for field in _COMPARED:
        here, there = (_said(document, field) for document in (counts, other))
        if here and there and words(here) != words(there):
            yield Difference(other.id, field, here, there)
    if counts.format in _PRINTED and other.format in _PRINTED:
        pages = [each.pages[1] - each.pages[0] + 1 for each in (counts, other)]
        if pages[0] != pages[1]:
            yield Difference(other.id, "pages", str(pages[0]), str(pages[1]))


def _said(document: Document, field: str) -> str:
    if field == "date":
        return document.header.dated
    said: str = getattr(document.header, field)
    return said if field != "number_symbol" or number_of(document) else ""


def _attached(made: list[Paper]) -> list[Paper]:
    """Attach annexes to the paper under whose number they were issued."""
    codes = {words(code): slug for code, slug in current().codes.items()}
    main: dict[str, list[Paper]] = defaultdict(list)
    for paper in made:
        if (number := number_of(paper.document)) and paper.document.header.type == _kind(number, codes):
            main[number].append(paper)
    below: dict[int, list[Paper]] = defaultdict(list)
    kept = []
    for paper in made:
        number = number_of(paper.document)
        of = [
            each
            for each in main.get(number, ())
            # An annex often states the number only, which suffices if a single decision has it.
            if paper.document.header.dated in ("", each.document.header.dated)
            and bodies_agree(each.document, paper.document)
        ]
        if len(of) == 1 and of[0] is not paper and _may_be_attached(paper.document, number, codes):
            below[id(of[0])].append(paper)
        else:
            kept.append(paper)
    return [
        Paper(paper.document, paper.versions, tuple(below[id(paper)]), paper.differences)
        if id(paper) in below
        else paper
        for paper in kept
    ]


def _may_be_attached(document: Document, number: str, codes: dict[str, str]) -> bool:
    header = document.header
    return bool(header.type) and header.form is not Form.LETTER and header.type != _kind(number, codes)


def _kind(number: str, codes: dict[str, str]) -> str:
    """The document type in a number: ``quyet-dinh`` for ``12 qd ubnd``."""
    return next((codes[word] for word in number.split()[1:2] if word in codes), "")
