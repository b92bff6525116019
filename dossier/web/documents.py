"""One document: its pages with what was read from them marked at its place, its text, the file itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from dossier.catalogue.secrecy import Unsealed
from dossier.checklists.schema import Checklist
from dossier.checklists.vocabulary import name_of
from dossier.compliance.naming import all_in_words, in_words, title
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Correction, Decision, Document
from dossier.usecases import answering, viewing
from dossier.usecases import correct as unsealing
from dossier.usecases.field_values import read
from dossier.usecases.known import open_known
from dossier.usecases.standing import id_of
from dossier.usecases.viewing import Shown
from dossier.web.overview import standing_for
from dossier.web.request import Answer, Ask, ConflictError, ForbiddenError, NotFoundError, file, page, see
from dossier.web.roles import Right, Visitor

_WIDEST = 1860
_TYPES = {
    "pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword", "odt": "application/vnd.oasis.opendocument.text", "rtf": "application/rtf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}  # fmt: skip


def address_of(path: str, ordinal: int = 1) -> str:
    """By what a document is called in addresses."""
    return f"{id_of(path)}-{ordinal}"


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A document that the visitor may look at, in its file."""

    shown: Shown
    document: Document | None
    ordinal: int


def paper_for(ask: Ask) -> OpenedPaper:
    """The document that the address names. Raises :class:`NotFoundError` where there is none, and where it
    is none of the visitor's business."""
    name, _dash, number = ask.params["doc"].rpartition("-")
    path = ask.cache.path_of(name) if number.isascii() and number.isdecimal() and len(number) < 6 else None
    shown = viewing.look(ask.cache.archive, path) if path is not None else None
    if shown is None or not may_see(ask, shown):
        raise NotFoundError
    ordinal = int(number)
    document = next((d for d in shown.documents if d.ordinal == ordinal), None)
    if document is None and (shown.documents or ordinal != 1):
        raise NotFoundError
    return OpenedPaper(shown, document, ordinal)


def may_see(ask: Ask, shown: Shown) -> bool:
    """Whether the file lies where the visitor may look."""
    units = ask.visitor.units
    return units is None or any(row.path == shown.dossier for row in standing_for(ask).rows)


def page_of(ask: Ask, document: Document | None) -> int:
    """The page that the address names, within the document."""
    said = ask.params.get("page", "")
    first, last = document.pages if document else (1, 1)
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0
    if said and not number:
        raise NotFoundError
    return number if first <= number <= max(last, first) else first if not said else number


def paper(ask: Ask) -> Answer:
    """A page of a document beside what was read from it."""
    found = paper_for(ask)
    shown, document = found.shown, found.document
    if shown.secret:
        named = ask.visitor.sees_secret_names
        return page(
            "secret.html.j2", path=shown.path if named else "",
            dossier=shown.dossier and id_of(shown.dossier), doc=address_of(shown.path, found.ordinal),
            unseals=unseals(ask.visitor), sha256=shown.sha256, click=secrets.token_hex(12),
        )  # fmt: skip
    number = page_of(ask, document)
    text, places = viewing.text_of(ask.cache.archive, document) if document else ("", ())
    query = ask.query.get("q", "")[:200]
    asked = viewing.asked(query)
    texts = viewing.pages_of(document, text) if document else []
    others = [row for row in standing_for(ask).rows if row.path == shown.dossier]
    checklist = ask.cache.archive.checklists.get(others[0].kind if others else "")
    before, after = _beside(found)
    return page(
        "paper.html.j2",
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
        in_words=partial(in_words, checklist),
        unsealed=unsealed_by(ask, found),
        **_to_decide(ask, found, checklist),
    )


def _fields(document: Document) -> list[tuple[str, str, str, int | None, bool]]:
    """Name, what it is called, value, how sure in percent, and whether that is doubtful."""
    header = document.header
    said = read(header)
    stored = {"number": "number_symbol", "date": "date", "type": "type", "issuer": "issuing_body",
              "abstract": "abstract", "signer": "signer"}  # fmt: skip
    found = []
    for name, key in stored.items():
        reading = header.fields.get(key)
        sure = round(100 * reading.confidence) if reading else None
        doubtful = bool(reading and reading.doubtful)
        found.append((name, _(viewing.FIELD_NAMES[key]), said[name], sure, doubtful))
    return found


def _to_decide(ask: Ask, found: OpenedPaper, checklist: Checklist | None) -> dict[str, Any]:
    """What the forms need by which a person decides about the document."""
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
    """The documents it cites, with the addresses of those that the dossier holds."""
    if found.document is None or not found.document.header.references:
        return []
    by_number = {
        d.header.number_symbol: address_of(d.path, d.ordinal)
        for d in found.shown.beside
        if d.header.number_symbol
    }
    said = []
    for cited in found.document.header.references:
        day = cited.date.strftime("%d/%m/%Y") if cited.date else ""
        words = " ".join(filter(None, (name_of(cited.type) if cited.type else "", cited.number_symbol, day)))
        said.append((words, by_number.get(cited.number_symbol, "")))
    return list(dict.fromkeys(said))[:20]


def _history(ask: Ask, found: OpenedPaper, checklist: Checklist | None) -> list[tuple[datetime, str, str]]:
    """What people decided about it: when, who, what."""
    thing = answering.thing_of(found.shown, found.ordinal)
    if thing is None or not thing.sha256:
        return []
    with open_known(ask.cache.archive) as catalogue:
        people = catalogue.people
        said: list[Decision | Correction] = [
            *people.decisions(history=True, sha256=thing.sha256),
            *people.corrections(history=True, sha256=thing.sha256),
        ]
    told = []
    for each in said:
        if (each.sha256, each.ordinal) != (thing.sha256, found.ordinal):
            continue
        if isinstance(each, Correction):
            what = ", ".join(
                f"{_(viewing.FIELD_NAMES.get(k, k))}: {v or '–'}" for k, v in each.values.items()
            )
        else:
            what = all_in_words(checklist, each.placements)
        told.append((each.made_at, each.author, what + (_(" (đã bỏ)") if each.ended_at else "")))
    return sorted(told, key=lambda entry: entry[0], reverse=True)[:20]


def _beside(found: OpenedPaper) -> tuple[str, str]:
    """The documents before and after in the dossier, as addresses; empty at its ends."""
    papers = [(d.path, d.ordinal) for d in found.shown.beside]
    here = (found.shown.path, found.ordinal)
    if here not in papers:
        return "", ""
    at = papers.index(here)
    before = address_of(*papers[at - 1]) if at else ""
    return before, address_of(*papers[at + 1]) if at + 1 < len(papers) else ""


def picture(ask: Ask) -> Answer:
    """The picture of a page; none of what is secret, and none of what nobody has read."""
    found = paper_for(ask)
    if not found.shown.drawable:
        raise NotFoundError
    number = page_of(ask, found.document)
    drawn = ask.services.renderer.page(found.shown, number, ask.number("w", 1240, 1, _WIDEST))
    if not drawn.jpeg:
        raise NotFoundError
    return file(drawn.jpeg, "image/jpeg", **{"cache-control": "private, max-age=300"})


def original(ask: Ask) -> Answer:
    """The file as it is, to be saved: a browser never opens it here."""
    found = paper_for(ask)
    shown = found.shown
    if shown.secret or not shown.sha256:
        raise NotFoundError
    content = viewing.original(ask.cache.archive, shown)
    type_ = _TYPES.get(shown.format, "application/octet-stream")
    name = "".join(char if char.isprintable() else "_" for char in shown.path.rpartition("/")[2])
    return file(content, type_, name, **{"content-security-policy": "sandbox; default-src 'none'"})


_LONGEST = 500


def unseals(visitor: Visitor) -> bool:
    """Whether the visitor may: who may not be told which paper it is cannot say what it bears."""
    return visitor.may(Right.UNSEAL) and visitor.units is None


def unseal(ask: Ask) -> Answer:
    """Its reason is kept, and the file is read like any other."""
    found = paper_for(ask)
    if not found.shown.secret:
        raise ConflictError(_("Văn bản này không bị niêm phong."))
    if not unseals(ask.visitor):
        raise ForbiddenError
    reason, sha256 = ask.form.get("ly-do", "").strip()[:_LONGEST], found.shown.sha256
    if not reason:
        raise UsageError(_("Phải nêu lý do."), _("Ghi đã xem văn bản gốc thế nào mà biết là không mật."))
    if ask.form.get("da-xem") != "co":
        raise UsageError(_("Hãy xem văn bản gốc rồi đánh dấu là đã xem."))
    if ask.form.get("ban", sha256) != sha256:
        raise ConflictError(_("Tệp đã thay đổi từ lúc bạn mở trang này."))
    _carry(ask, "unseal", found, {"reason": reason})
    return see(f"/van-ban/{ask.params['doc']}")


def unsealed_by(ask: Ask, found: OpenedPaper) -> Unsealed | None:
    """Who said that a paper bears no stamp, and why; ``None``: nobody, or who asks may not know."""
    if not unseals(ask.visitor):
        return None
    known = unsealing.unsealed(ask.cache.archive)
    return next((said for said in known if said.sha256 == found.shown.sha256), None)


def seal(ask: Ask) -> Answer:
    """What was said of a paper's stamp holds no more: it is judged by its stamps again."""
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
    """Keep it on the disk; then wait a moment for the file to be read."""
    shown = found.shown
    click = ask.form.get("lan", "")[:64] or secrets.token_hex(12)
    subject = f"{kind}|{shown.path}"
    name = f"{ask.visitor.name}|{subject}|{click}".replace("/", "|")
    told = {"path": shown.path, "sha256": shown.sha256, "dossier": shown.dossier, **more}
    ask.services.intents.accept(ask.visitor.name, name, kind, [(subject, told)])
    if ask.services.intents.settled(1.5):
        ask.services.rescan.settled(1.5)
