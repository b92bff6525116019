"""Linked models: their members, and copies in more than one dossier (LK-nn, TV-12).

Source: Hướng dẫn 22/HD-BCA-V05, III.1.a, III.1.c, V.3: every member unit keeps a dossier of its own, usually
in its own archive, so that its absence here is only a hint.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.compliance.bodies import spelt
from dossier.compliance.case import Case, not_before, speaks_of
from dossier.compliance.facts import sure
from dossier.compliance.finding import finding, milder
from dossier.compliance.neighbours import NAMED, keeps
from dossier.i18n import _
from dossier.model import Finding

RULES = ("LK-01", "LK-02", "LK-03", "LK-04", "TV-12")


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    members = case.facts["members"].value
    named = members if isinstance(members, tuple) else ()
    linked = case.facts["linked"]
    if linked.value and not named:
        told = _(
            "Mô hình liên kết nhưng chưa biết các đơn vị thành viên; ghi nhận bằng: dossier set HỒ_SƠ "
            'thành-viên="Đơn vị A; Đơn vị B".'
        )
        yield finding("LK-01", told, severity=milder(not sure(linked)))
    elif named and not linked.value:
        told = _(
            "Khai không phải mô hình liên kết nhưng lại có các đơn vị thành viên: {members}; sửa một "
            "trong hai."
        )
        yield finding("LK-03", told.format(members=", ".join(named)))
    elif linked.value:
        yield from _absent(named, case)
    if linked.value:
        yield from _unagreed(case)
    else:
        yield from _copies(case)


def _absent(named: tuple[str, ...], case: Case) -> Iterator[Finding]:
    own = {spelt(str(case.facts["unit"].value or ""))}
    if case.founding:  # its police keep the dossier of a commune that founded the model
        own.add(spelt(case.founding.header.issuing_body))
    lacking = [n for n in named if spelt(n) not in own and not keeps(n, case.state, case.around)]
    if lacking:
        told = _(
            "Trong kho này chưa có hồ sơ mô hình liên kết của: {members}. Mỗi đơn vị thành viên lập "
            "hồ sơ của "
            "mình, thường ở kho của đơn vị ấy."
        ).format(members=", ".join(lacking))
        yield finding("LK-02", told, subject=tuple(lacking))


def _unagreed(case: Case) -> Iterator[Finding]:
    """Missing evidence that the members agreed before the model was proposed."""
    agreed = case.checklist.agreed
    proposal = case.placed.first(agreed.before) if agreed else None
    if agreed is None or proposal is None:
        return
    papers = [
        document
        for document, _place in case.placed.at(*agreed.parts)
        if document.id != proposal.id and speaks_of(document.header.abstract, agreed.words)
    ]
    if not any(not_before(proposal, paper) for paper in papers):
        told = _(
            "Chưa thấy văn bản cho biết các đơn vị thành viên đã thảo luận, thống nhất trước khi đề "
            "xuất xây dựng "
            "mô hình liên kết."
        )
        yield finding(agreed.rule, told, [proposal.id], part=agreed.parts[0], citation=agreed.citation)


def _copies(case: Case) -> Iterator[Finding]:
    """Copies of a document in other dossiers, except those of the same linked model."""
    inside = case.state.folder.path + "/"
    for document in case.state.documents:
        if document.ordinal == 1 and document.sha256 in case.around.elsewhere:
            dossiers, first = case.around.elsewhere[document.sha256]
            others = [path for path in first if not path.startswith(inside)][:NAMED]
            more = dossiers - 1 - len(others)
            message = _("{document}: cùng một nội dung nằm trong hồ sơ khác: {others}.")
            if more:
                message = _(
                    "{document}: cùng một nội dung nằm trong hồ sơ khác: {others} và {more} hồ sơ nữa."
                )
            told = message.format(document=document.path, others=", ".join(others), more=more)
            yield finding("TV-12", told, [document.path, *others])
