"""The page of a document: its pages with the recognised fields marked, its text, the original file."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from dossier.catalogue.secrecy import Unsealed
from dossier.checklists.english import type_said
from dossier.checklists.schema import Checklist
from dossier.compliance.naming import place_in_words, places_in_words, title
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Correction, Decision, Document
from dossier.usecases import answering, typed_text, viewing
from dossier.usecases import correct as unsealing
from dossier.usecases.field_values import FIELDS, STORED, read
from dossier.usecases.known import open_known
from dossier.usecases.standing import id_of
from dossier.usecases.viewing import ViewedFile
from dossier.web.intents import clicked
from dossier.web.overview import standing_for
from dossier.web.request import (
    Answer,
    Ask,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    file,
    page,
    see,
    whole_number,
)
from dossier.web.roles import Right, Visitor

_WIDEST = 1860
CONFLICT = 412  # the status of an answer to an outdated form
_TYPES = {
    "pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword", "odt": "application/vnd.oasis.opendocument.text", "rtf": "application/rtf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}  # fmt: skip


def address_of(path: str, ordinal: int = 1) -> str:
    """The id of a document in addresses: the file's id and the ordinal."""
    return f"{id_of(path)}-{ordinal}"


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A document that the visitor may see, with its file."""

    shown: ViewedFile
    document: Document | None
    ordinal: int


def paper_for(ask: Ask) -> OpenedPaper:
    """The document named by the address. Raises :class:`NotFoundError` if there is none or the visitor may
    not see it."""
    name, _dash, number = ask.params["doc"].rpartition("-")
    ordinal = whole_number(number, 5)
    path = ask.cache.path_of(name) if ordinal is not None else None
    shown = viewing.view_file(ask.cache.archive, path) if path is not None else None
    if ordinal is None or shown is None or not may_see(ask, shown):
        raise NotFoundError
    document = next((d for d in shown.documents if d.ordinal == ordinal), None)
    if document is None and (shown.documents or ordinal != 1):
        raise NotFoundError
    return OpenedPaper(shown, document, ordinal)


def may_see(ask: Ask, shown: ViewedFile) -> bool:
    """Whether the visitor may see the file's dossier."""
    units = ask.visitor.units
    return units is None or any(row.path == shown.dossier for row in standing_for(ask).rows)


def page_of(ask: Ask, document: Document | None) -> int:
    """The number of the page that the address names; without one the document's first."""
    text = ask.params.get("page", "")
    if not text:
        return document.pages[0] if document else 1
    number = whole_number(text, 6)
    if not number:
        raise NotFoundError
    return number


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a correction of what was read was not stored, with the status of the answer."""

    status: int
    message: str
    advice: str = ""

    @property
    def outdated(self) -> bool:
        """Whether somebody else changed the document first, so that its form begins anew."""
        return self.status == CONFLICT


def paper(ask: Ask, refused: Refused | None = None) -> Answer:
    """Show a page of a document with the data recorded from it; ``refused``: and with what was typed into its
    form."""
    found = paper_for(ask)
    shown, document = found.shown, found.document
    if shown.secret:
        named = ask.visitor.sees_secret_names
        return page(
            "secret.html.j2", stamp=shown.stamp, path=shown.path if named else "",
            dossier=shown.dossier and id_of(shown.dossier), doc=address_of(shown.path, found.ordinal),
            unseals=unseals(ask.visitor), sha256=shown.sha256, click=secrets.token_hex(12),
        )  # fmt: skip
    number = page_of(ask, document)
    text, places = viewing.text_of(ask.cache.archive, document) if document else ("", ())
    query = ask.query.get("q", "")[:200]
    asked = viewing.query_pattern(query)
    texts = viewing.pages_of(document, text) if document else []
    others = [row for row in standing_for(ask).rows if row.path == shown.dossier]
    checklist = ask.cache.archive.checklists.get(others[0].kind if others else "")
    before, after = _beside(found)
    return page(
        "paper.html.j2",
        refused.status if refused else 200,
        refused=refused,
        typed={name: ask.form[name] for name in FIELDS if name in ask.form} if refused else {},
        shown=shown,
        document=document,
        ordinal=found.ordinal,
        address=address_of(shown.path, found.ordinal),
        name=shown.path.rpartition("/")[2],
        row=others[0] if others else None,
        number=number,
        last=max(document.pages[1], document.pages[0]) if document else 1,
        first=document.pages[0] if document else 1,
        marks=viewing.marks(document, text, places, number, query) if document else [],
        segments=[s for each in places if each.number == number for s in each.segments],
        text=[(at, list(viewing.pieces(said, asked))) for at, said in texts],
        fields=_fields(document) if document else [],
        query=query,
        before=before,
        after=after,
        related=_related(found),
        history=_history(ask, found, checklist),
        in_words=partial(place_in_words, checklist),
        unsealed=unsealed_by(ask, found),
        **_to_decide(ask, found, checklist),
    )


def _fields(document: Document) -> list[tuple[str, str, str, int | None, bool]]:
    """Per field: name, title, value, confidence in percent, whether the value is doubtful."""
    header = document.header
    values = read(header)
    found = []
    for name in ("number", "date", "type", "issuer", "abstract", "signer"):
        key = STORED[name]
        reading = header.fields.get(key)
        sure = round(100 * reading.confidence) if reading else None
        doubtful = bool(reading and reading.doubtful)
        found.append((name, _(viewing.FIELD_NAMES[key]), values[name], sure, doubtful))
    return found


def _to_decide(ask: Ask, found: OpenedPaper, checklist: Checklist | None) -> dict[str, Any]:
    """Values for the forms with which a person decides about the document."""
    thing = answering.thing_of(found.shown, found.ordinal)
    decidable = thing if thing is not None and thing.sha256 and checklist else None
    parts = [(part.id, title(part)) for item in checklist.items for part in item.parts] if checklist else []
    archive = ask.cache.archive
    return {
        "thing": decidable, "parts": parts, "click": secrets.token_hex(12),
        "version": answering.version(archive, decidable) if decidable else "",
        "head": answering.head_version(decidable) if isinstance(decidable, Document) else "",
    }  # fmt: skip


def _related(found: OpenedPaper) -> list[tuple[str, str]]:
    """The cited documents as texts, with the addresses of those found in the dossier."""
    if found.document is None or not found.document.header.references:
        return []
    by_number = {
        d.header.number_symbol: address_of(d.path, d.ordinal)
        for d in found.shown.beside
        if d.header.number_symbol
    }
    cited_texts = []
    for cited in found.document.header.references:
        day = cited.date.strftime("%d/%m/%Y") if cited.date else ""
        words = " ".join(
            filter(None, (type_said(cited.type) if cited.type else "", cited.number_symbol, day))
        )
        cited_texts.append((words, by_number.get(cited.number_symbol, "")))
    return list(dict.fromkeys(cited_texts))[:20]


def _history(ask: Ask, found: OpenedPaper, checklist: Checklist | None) -> list[tuple[datetime, str, str]]:
    """The decisions on the document, newest first: time, author, text."""
    thing = answering.thing_of(found.shown, found.ordinal)
    if thing is None or not thing.sha256:
        return []
    with open_known(ask.cache.archive) as catalogue:
        decisions: list[Decision | Correction] = [
            *catalogue.decisions.all(history=True, sha256=thing.sha256, ordinal=thing.ordinal),
            *catalogue.corrections.all(history=True, sha256=thing.sha256, ordinal=thing.ordinal),
        ]
    entries = []
    for each in decisions:
        if isinstance(each, Correction):
            what = ", ".join(
                f"{_(viewing.FIELD_NAMES.get(k, k))}: {v or '–'}" for k, v in each.values.items()
            )
        else:
            what = places_in_words(checklist, each.placements)
        entries.append((each.made_at, each.author, what + (_(" (đã bỏ)") if each.ended_at else "")))
    return sorted(entries, key=lambda entry: entry[0], reverse=True)[:20]


def _beside(found: OpenedPaper) -> tuple[str, str]:
    """Addresses of the previous and next document in the dossier; empty at its ends."""
    papers = [(d.path, d.ordinal) for d in found.shown.beside]
    here = (found.shown.path, found.ordinal)
    if here not in papers:
        return "", ""
    at = papers.index(here)
    before = address_of(*papers[at - 1]) if at else ""
    return before, address_of(*papers[at + 1]) if at + 1 < len(papers) else ""


def picture(ask: Ask) -> Answer:
    """Return the image of a page; none for secret or unread documents."""
    found = paper_for(ask)
    if not found.shown.drawable:
        raise NotFoundError
    number = page_of(ask, found.document)
    drawn = ask.services.renderer.page(found.shown, number, ask.number("w", 1240, 1, _WIDEST))
    if not drawn.jpeg:
        raise NotFoundError
    return file(drawn.jpeg, "image/jpeg", **{"cache-control": "private, max-age=300"})


def original(ask: Ask) -> Answer:
    """Return the original file as a download; browsers never display it."""
    found = paper_for(ask)
    shown = found.shown
    if shown.secret or not shown.sha256:
        raise NotFoundError
    content = viewing.original(ask.cache.archive, shown)
    type_ = _TYPES.get(shown.format, "application/octet-stream")
    name = "".join(char if char.isprintable() else "_" for char in shown.path.rpartition("/")[2])
    return file(content, type_, name, **{"content-security-policy": "sandbox; default-src 'none'"})


def unseals(visitor: Visitor) -> bool:
    """Whether the visitor may unseal: only one who may see which document it is can judge its stamps."""
    return visitor.may(Right.UNSEAL) and visitor.units is None


def unseal(ask: Ask) -> Answer:
    """Record that the document bears no stamp of secrecy, with the reason; the file is then read."""
    found = paper_for(ask)
    if not found.shown.secret:
        raise ConflictError(_("Văn bản này không bị niêm phong."))
    if not unseals(ask.visitor):
        raise ForbiddenError
    reason = typed_text.checked(ask.form.get("ly-do", ""), _("lý do"), typed_text.LONGEST_REASON)
    sha256 = found.shown.sha256
    if not reason:
        raise UsageError(_("Phải nêu lý do."), _("Ghi đã xem văn bản gốc thế nào mà biết là không mật."))
    if ask.form.get("da-xem") != "co":
        raise UsageError(_("Hãy xem văn bản gốc rồi đánh dấu là đã xem."))
    if ask.form.get("ban", sha256) != sha256:
        raise ConflictError(_("Tệp đã thay đổi từ lúc bạn mở trang này."))
    _carry(ask, "unseal", found, {"reason": reason})
    return see(f"/van-ban/{ask.params['doc']}")


def unsealed_by(ask: Ask, found: OpenedPaper) -> Unsealed | None:
    """The decision that the document bears no stamp; ``None``: there is none, or the visitor may not see
    it."""
    if not unseals(ask.visitor):
        return None
    known = unsealing.unsealed(ask.cache.archive)
    return next((said for said in known if said.sha256 == found.shown.sha256), None)


def seal(ask: Ask) -> Answer:
    """Revoke the decision that a document bears no stamp; its stamps count again."""
    found = paper_for(ask)
    if not unseals(ask.visitor):
        raise ForbiddenError
    if unsealed_by(ask, found) is None:
        raise ConflictError(_("Văn bản này chưa được ai mở niêm phong."))
    if ask.form.get("ban", found.shown.sha256) != found.shown.sha256:
        raise ConflictError(_("Tệp đã thay đổi từ lúc bạn mở trang này."))
    _carry(ask, "seal", found, {})
    return see(f"/van-ban/{ask.params['doc']}")


def _carry(ask: Ask, kind: str, found: OpenedPaper, more: Mapping[str, str]) -> None:
    """Store the requested change; then wait briefly until the file has been read."""
    shown = found.shown
    payload = {"path": shown.path, "sha256": shown.sha256, "dossier": shown.dossier, **more}
    if clicked(ask, kind, [(f"{kind}|{shown.path}", payload)], shown.path):
        ask.services.rescan.settled(1.5)
