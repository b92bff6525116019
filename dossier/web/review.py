"""The review of documents in doubt, one at a time, those that affect a result first; and other decisions on
documents."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from dossier.archive import Archive
from dossier.compliance.naming import title
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Document
from dossier.usecases import answering, decide, viewing
from dossier.usecases.answering import Thing
from dossier.usecases.correct import values_of
from dossier.usecases.field_values import FIELDS, read
from dossier.usecases.review import Question
from dossier.usecases.standing import id_of
from dossier.web import fact_forms
from dossier.web.documents import CONFLICT, OpenedPaper, Refused, address_of, may_see, paper, paper_for
from dossier.web.overview import standing_for
from dossier.web.request import Answer, Ask, ConflictError, NotFoundError, page, see, visible
from dossier.web.sign_in import own

_MOST_ALIKE = 50
_MOST_COMPARED = 5000  # questions, from the first


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question to answer now. ``left``: number of open questions, including it; ``after``: the next one;
    ``alike``: others that the same answer may settle."""

    question: Question | None
    left: int
    after: Question | None
    alike: tuple[Question, ...]


def address(question: Question) -> str:
    """The id of the question's document in addresses."""
    return address_of(question.document.path, question.document.ordinal)


def subject_of(thing: Thing) -> str:
    """The key by which concurrent decisions conflict: content and ordinal, so that copies are decided
    together."""
    return f"{thing.sha256}:{thing.ordinal}"


def open_question(ask: Ask) -> OpenQuestion:
    """The open question, leaving out those whose answers are pending."""
    standing = standing_for(ask)
    waiting = ask.services.intents.pending()
    row = standing.dossiers.get(ask.query.get("ho-so", ""))
    found = [
        (at, question)
        for at, question in enumerate(standing.questions)
        if (row is None or question.folder.path == row.path)
        and (not waiting or subject_of(question.document) not in waiting)
    ]
    # Answered questions keep their positions: go on with the one after it.
    begin = standing.asked.get(ask.query.get("van-ban", ""))
    if begin is None or all(at != begin for at, _question in found):
        begin = standing.asked.get(ask.query.get("sau", ""), -1) + 1
    archive = ask.cache.archive
    # The status may be older than the latest answers, so these are looked up.
    open_ = (q for at, q in found if at >= begin and not answering.is_decided(archive, q.document))
    now, after = next(open_, None), next(open_, None)
    return OpenQuestion(now, len(found), after, _like(now, [question for _at, question in found]))


def _like(now: Question | None, found: Sequence[Question]) -> tuple[Question, ...]:
    if now is None:
        return ()
    same = (
        q
        for q in islice(found, _MOST_COMPARED)
        if q is not now and q.folder.kind == now.folder.kind and answering.alike(q.document, now.document)
    )
    return tuple(islice(same, _MOST_ALIKE))


def review(ask: Ask) -> Answer:
    """Show the open question."""
    now = open_question(ask)
    question, keeps = now.question, fact_forms.acts_for_office(ask.visitor)
    if question is None:
        return page("review.html.j2", asked=now, question=None, query=dict(ask.query), keeps=keeps)
    document = question.document
    shown = viewing.view_file(ask.cache.archive, document.path)
    text, places = viewing.text_of(ask.cache.archive, document)
    number = document.pages[0]
    return page(
        "review.html.j2",
        asked=now,
        question=question,
        keeps=keeps,
        document=document,
        address=address(question),
        version=answering.version(ask.cache.archive, document),
        click=secrets.token_hex(12),
        drawable=bool(shown and shown.drawable),
        marks=viewing.marks(document, text, places, number, ""),
        segments=[s for each in places if each.number == number for s in each.segments],
        number=number,
        lines=[line for line in text.splitlines() if line.strip()][:40],
        written=decide.written,
        ahead=now.after and address(now.after),
        ahead_page=now.after.document.pages[0] if now.after else 1,
        query=dict(ask.query),
        parts=[(part.id, title(part)) for item in question.checklist.items for part in item.parts],
        row=standing_for(ask).dossiers.get(id_of(question.folder.path)),
    )


def answer(ask: Ask) -> Answer:
    """Store a decision; then show the next question."""
    found = paper_for(ask)
    thing = _thing(found)
    places = [place for place in ask.form.get("muc", "").replace(",", " ").split() if place]
    if not places:
        raise UsageError(_("Hãy chọn một mục, hoặc “không thuộc mục nào”."))
    kind = _checklist_kind(ask, found)
    decide.placements_of(ask.cache.archive.checklists[kind], places)  # raises for invalid places
    things = [(found.shown.path, thing)]
    for name in ask.form.get("giong", "").split():
        other = _other(ask, name)
        if answering.alike(other[1], thing) if isinstance(thing, Document) else False:
            things.append(other)
    accept(ask, "place", [(path, each, {"places": places}) for path, each in things])
    if ask.form.get("ve"):
        return see(own(ask.form["ve"]))
    scope = {"ho-so": ask.form["ho-so"]} if ask.form.get("ho-so") else {}
    from dossier.web.pages import with_query

    return see(with_query("/can-xem", scope, sau=ask.params["doc"]))


def _other(ask: Ask, name: str) -> tuple[str, Document]:
    """A further document for the same answer: it must be in question and visible to the visitor."""
    for question in standing_for(ask).questions:
        if address(question) == name:
            return question.document.path, question.document
    raise NotFoundError


def accept(ask: Ask, kind: str, wanted: Sequence[tuple[str, Thing, Mapping[str, object]]]) -> None:
    """Store changes to documents, if the first is still as the visitor saw it. Raises
    :class:`ConflictError`."""
    click = blake2b(f"{ask.visitor.name}\0{ask.form.get('lan', '') or secrets.token_hex(12)}".encode())
    seen, first = ask.form.get("ban", ""), wanted[0]

    def check() -> None:
        shown = viewing.view_file(ask.cache.archive, first[0])
        thing = answering.thing_of(shown, first[1].ordinal) if shown else None
        if thing is None or (seen and answering.version(ask.cache.archive, thing) != seen):
            who = answering.decided_by(ask.cache.archive, thing) if thing else ""
            raise ConflictError(
                _("Văn bản này đã được {who} quyết định.").format(who=who)
                if who
                else _("Văn bản này đã thay đổi từ khi bạn mở trang.")
            )

    ask.services.intents.accept(
        ask.visitor.name,
        click.hexdigest()[:32],
        kind,
        [
            (
                subject_of(thing),
                {"path": path, "ordinal": thing.ordinal, "sha256": thing.sha256, **more},
            )
            for path, thing, more in wanted
        ],
        check,
    )


def back(ask: Ask) -> Answer:
    """Undo the visitor's last decision."""
    last = ask.services.intents.latest(ask.visitor.name)
    looks = (viewing.view_file(ask.cache.archive, each.payload["path"]) for each in last)
    # The visitor's units may have changed since.
    if last and all(shown is None or may_see(ask, shown) for shown in looks):
        click = blake2b(f"{ask.visitor.name}\0{last[0].id}".encode()).hexdigest()[:32]
        ask.services.intents.accept(
            ask.visitor.name, click, "unplace", [(each.subject, each.payload) for each in last]
        )
        ask.services.intents.settled(2.0)
        name = address_of(last[0].payload["path"], last[0].payload["ordinal"])
        return see(f"/can-xem?van-ban={name}")
    return see("/can-xem")


def fix(ask: Ask) -> Answer:
    """Correct fields of a document's header."""
    found = paper_for(ask)
    thing = _thing(found)
    if not isinstance(thing, Document):
        raise NotFoundError
    # Otherwise unchanged fields of an outdated form would count as corrections.
    if ask.form.get("dau", head := answering.head_version(thing)) != head:
        raise ConflictError(_("Văn bản này đã thay đổi từ khi bạn mở trang."))

    known = read(thing.header)
    corrected = {name: ask.form[name].strip() for name in FIELDS if name in ask.form}
    corrected = {name: value for name, value in corrected.items() if value != visible(known[name])}
    if not corrected:
        raise UsageError(_("Chưa ghi trường nào cần sửa."))

    values_of(ask.cache.archive, thing, corrected, ask.today)  # raises for invalid values
    accept(ask, "fields", [(found.shown.path, thing, {"fields": corrected})])
    ask.services.intents.settled(1.5)
    return see(f"/van-ban/{ask.params['doc']}")


def fix_on_page(ask: Ask) -> Answer:
    """:func:`fix`; where it is refused, the form again with everything that was typed."""
    try:
        return fix(ask)
    except UsageError as error:
        return paper(ask, Refused(422, error.message, error.advice))
    except ConflictError as error:
        return paper(ask, Refused(CONFLICT, str(error)))


def move(ask: Ask) -> Answer:
    """Decide or reset the placement of a document, from its own page."""
    back_to = f"/van-ban/{ask.params['doc']}"
    if ask.form.get("bo"):
        found = paper_for(ask)
        accept(ask, "unplace", [(found.shown.path, _thing(found), {})])
    else:
        answer(ask)
    ask.services.intents.settled(1.5)
    return see(back_to)


def _thing(found: OpenedPaper) -> Thing:
    if found.shown.secret:
        raise NotFoundError
    thing = answering.thing_of(found.shown, found.ordinal)
    if thing is None or not thing.sha256:
        raise NotFoundError
    return thing


def _checklist_kind(ask: Ask, found: OpenedPaper) -> str:
    row = standing_for(ask).dossiers.get(id_of(found.shown.dossier))
    if row is None or row.kind not in ask.cache.archive.checklists:
        raise UsageError(_("Văn bản này không nằm trong hồ sơ nào nên chưa xếp vào mục được."))
    return row.kind


def as_plain(archive: Archive, now: OpenQuestion) -> dict[str, object]:
    """The question as JSON."""
    question = now.question
    if question is None:
        return {"left": 0, "question": None}
    return {
        "left": now.left,
        "question": {
            **question.as_dict(), "id": address(question),
            "version": answering.version(archive, question.document), "why": question.why,
            "alike": [address(q) for q in now.alike],
        },
    }  # fmt: skip
