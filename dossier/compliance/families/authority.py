"""Competence: whether the issuer of a document may issue it, and still existed on its date (XL-nn, TV-19).

Source: Hướng dẫn 22/HD-BCA-V05, III.1.b, III.1.d, III.2, III.3, IV.1.c; reorganisation of 2025.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checklists.judging import Issuers, part_of
from dossier.checklists.rules import definitions
from dossier.checklists.sentence_case import body
from dossier.compliance.bodies import Differ, body_of, differ, ended_body
from dossier.compliance.case import Case
from dossier.compliance.facts import sure
from dossier.compliance.finding import finding, milder
from dossier.compliance.naming import called, document_name, inner, place_title
from dossier.compliance.periods import date_words, span_of
from dossier.i18n import _
from dossier.model import Document, Finding

RULES = ("XL-04", "XL-05", "XL-09", "XL-11", "TV-19")
_CAREFUL = frozenset({"enterprise", "school", "agency"})  # may have no Party organisation


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    yield from _founder(case)
    for issuers in case.checklist.issuers:
        yield from _issued(issuers, case)
    yield from _ended(case)


def _founder(case: Case) -> Iterator[Finding]:
    """The level that founded the model must rank and end it. If the founder itself was not competent, only
    that is reported."""
    checklist = case.checklist
    founding = case.founding
    if founding is None or not founding.header.issuing_body:
        return
    if any(i.part == checklist.founding_part and _wrong(i, founding, case) for i in checklist.issuers):
        return
    papers: list[tuple[str, Document, str, str]] = []
    if checklist.ranking:
        part = checklist.ranking.decision
        papers += [("XL-04", d, _("xếp loại"), part) for d, _place in case.placed.at(part)]
    if checklist.ending_part:
        place = f"{checklist.ending_part}.{checklist.ending_step}".rstrip(".")
        papers += [("XL-05", d, _("kết thúc"), checklist.ending_part) for d, _place in case.placed.at(place)]
    for rule, document, act, part in papers:
        how = differ(founding, document, linked=bool(case.facts["linked"].value))
        if how is None or case.before_guidance(document):
            continue
        message = _(
            "{document} do {body} ban hành, nhưng {founder} thành lập {called}; cấp nào thành lập "
            "thì cấp đó {act}."
        )
        if how is Differ.REFORMED:
            message += " " + _("Nếu do sắp xếp, sáp nhập đơn vị hành chính thì đúng; cần người xem.")
        elif how is Differ.ROTATED:
            message += " " + _("Nếu do luân phiên Trưởng mô hình liên kết thì đúng; cần người xem.")
        told = message.format(
            document=document_name(document),
            body=body(document.header.issuing_body),
            founder=body(founding.header.issuing_body),
            called=called(checklist),
            act=act,
        )
        yield finding(
            rule, told, [document.id, founding.id], part=part, severity=milder(how is not Differ.OTHER)
        )


def _issued(issuers: Issuers, case: Case) -> Iterator[Finding]:
    """Documents of a part issued by bodies that the guidance does not name for it, unless the part also has
    one of a competent body."""
    there = case.placed.at(issuers.part)
    if issuers.only and any(body_of(document).kind in issuers.only for document, _place in there):
        return
    for document, _place in there:
        asked = body_of(document).kind in issuers.asked
        if not asked and not _wrong(issuers, document, case):
            continue
        if asked:
            message = _(
                "{document} do {body} ban hành; thủ trưởng chỉ ban hành {what} trong nội bộ cơ quan "
                "mình, trên địa bàn thì do Chủ tịch UBND cùng cấp. Cần người xem."
            )
        elif issuers.only:
            message = _(
                "{document} do {body} ban hành; {what} phải do cấp ủy ban hành. Nơi không có tổ chức "
                "đảng thì "
                "ghi nhận bằng: dossier set HỒ_SƠ tổ-chức-đảng=không."
            )
        else:
            message = _("{document} do {body} ban hành; cơ quan này không có thẩm quyền ban hành {what}.")
        told = message.format(
            document=document_name(document),
            body=body(document.header.issuing_body),
            what=inner(place_title(case.checklist, issuers.part)),
        )
        mild = (
            bool(issuers.unless)
            and body_of(document).kind in _CAREFUL
            and not sure(case.facts[issuers.unless])
        )
        yield finding(
            issuers.rule,
            told,
            [document.id],
            part=part_of(issuers.part),
            severity=milder(mild or asked or case.before_guidance(document)),
            citation=issuers.citation,
        )


def _wrong(issuers: Issuers, document: Document, case: Case) -> bool:
    if issuers.unless and case.facts[issuers.unless].value is False:
        return False
    kind = body_of(document).kind
    if not kind:
        return False
    return kind in issuers.never or bool(issuers.only and kind not in issuers.only)


def _ended(case: Case) -> Iterator[Finding]:
    """Documents of district bodies dated after their abolition, as a hint only."""
    for document in case.state.documents:
        days = span_of(document)
        since = ended_body(document) if days and days[0] >= definitions().reform.no_district_police else None
        if days and since and days[0] >= since:
            message = _(
                "{document} do {body} ban hành; cơ quan cấp huyện, thị trấn đã kết thúc hoạt động từ "
                "{since}. "
                "Hãy xem lại ngày hoặc cơ quan ban hành."
            )
            told = message.format(
                document=document_name(document),
                body=body(document.header.issuing_body),
                since=date_words(since),
            )
            yield finding("TV-19", told, [document.id])
