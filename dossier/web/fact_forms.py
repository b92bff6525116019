"""Facts on dossiers, completed duties and confirmed retention periods, recorded on pages as by ``dossier
set``, ``done`` and ``retention confirm``. Where a finding names these commands, the page links to the form
instead."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dossier.checklists.duties import load_duties
from dossier.compliance import naming
from dossier.compliance.unit import WHERE
from dossier.errors import UsageError
from dossier.i18n import _, say
from dossier.model import DossierReport, FactSource, FactValue, ToldFact
from dossier.usecases import fact_entries, retention
from dossier.web.intents import clicked
from dossier.web.request import Answer, Ask, ConflictError, ForbiddenError, NotFoundError, see, whole_number
from dossier.web.roles import Right, Visitor

if TYPE_CHECKING:
    from markupsafe import Markup

    from dossier.usecases.standing import Row

_LONGEST_ARTICLE = 300
_MOST_YEARS = 1000
_NEED_KEEP = frozenset({"unit", "handed_over", "hold"})  # facts that require Right.KEEP
_COMMAND = re.compile(
    r"dossier (?:set(?: (?:HỒ_SƠ|DOSSIER) (?P<key>[^\s=]+)=(?P<value>\"[^\"]*\"|[^\s.;,()]*))?"
    r"|done (?P<rule>[A-Z]{2}-\d{2}) (?P<year>\d{4})|retention (?P<kept>confirm)|(?P<sealed>unseal))"
)


@dataclass(frozen=True, slots=True)
class FactForm:
    """A form for one fact or duty. ``about``: key of the fact, or duty and year; ``value``: the present
    content, one of ``choices`` if there are any; ``known``: recorded by a person before; ``version``: the
    state that the visitor sees."""

    about: str
    value: str
    choices: tuple[str, ...]
    known: bool
    version: str
    click: str
    last: date | None = None  # deadline of a duty


def acts_for_office(visitor: Visitor) -> bool:
    """Whether the visitor may act for the whole office."""
    return visitor.may(Right.OFFICE)


def fact_keys(ask: Ask) -> tuple[str, ...]:
    """Keys of the facts that the visitor may record."""
    if not ask.visitor.may(Right.DECIDE):
        return ()
    return tuple(key for key in fact_entries.KEYS if key not in _NEED_KEEP or ask.visitor.may(Right.KEEP))


def of_dossier(ask: Ask, row: Row, report: DossierReport) -> FactForm | None:
    """The form requested on a dossier's page."""
    key = ask.query.get("ghi", "")
    if key not in fact_keys(ask):
        return None
    stored = _stored_fact(ask, row.path, key)
    fact = report.facts.get(key)
    offered = _offered(key, ask.query.get("gia-tri", ""))
    value = offered or _written(
        stored.value if stored else fact.value if fact and _sure(fact.source) else None
    )
    return _form(key, value, stored, fact_entries.choices(key))


def of_duty(ask: Ask) -> FactForm | None:
    """The form requested on the calendar."""
    if not acts_for_office(ask.visitor) or not ask.query.get("ghi"):
        return None
    try:
        rule, year = _duty(ask.query["ghi"])
        duty, last = fact_entries.duty_with_deadline(rule, year)
    except UsageError:
        return None
    about = f"{duty.rule}/{year}"
    stored = _stored_fact(ask, WHERE, about)
    day = stored.value if stored else None
    return _form(about, day.isoformat() if isinstance(day, date) else "", stored, (), last)


def duties_recorded(ask: Ask) -> tuple[ToldFact, ...]:
    """The duties recorded as done, latest first."""
    if not acts_for_office(ask.visitor):
        return ()
    return fact_entries.entries_of(ask.cache.archive, WHERE, history=False)[::-1]


def record_fact(ask: Ask) -> Answer:
    """Record a fact on a dossier; an empty field removes it."""
    from dossier.web.overview import row_for

    row, key = row_for(ask, ask.params["id"]), ask.form.get("dieu", "")
    if key not in fact_entries.KEYS:
        raise NotFoundError
    if key not in fact_keys(ask):
        raise ForbiddenError
    said = f"{key}={ask.form.get('gia-tri', '').strip()}"
    fact_entries.parse_fact(said)  # raises for an invalid value before it is stored
    _carry(ask, "tell", row.path, key, {"dossier": row.path, "said": [said]})
    return see(f"/ho-so/{row.id}#dieu-da-biet")


def record_duty(ask: Ask) -> Answer:
    """Record that the office fulfilled a duty, or remove that record."""
    rule, year = _duty(ask.form.get("viec", ""))
    duty, last = fact_entries.duty_with_deadline(rule, year)
    undo, on = bool(ask.form.get("bo")), ask.day("ngay")
    about, day = f"{duty.rule}/{year}", on.isoformat() if on and not undo else ""
    if not undo:
        fact_entries.done_on(day, last, ask.today)
    elif _stored_fact(ask, WHERE, about) is None:
        raise ConflictError(_("Ghi nhận này đã được người khác bỏ."))
    payload = {"rule": duty.rule, "year": year, "on": day, "undo": undo, "today": ask.today.isoformat()}
    _carry(ask, "done", WHERE, about, payload)
    return see("/lich#da-ghi")


def choice_name(choice: str) -> str:
    """The name of a choice, as shown to people."""
    return {"yes": _("có"), "no": _("không")}.get(choice) or fact_entries.shown_value(choice)


def duty_name(about: str) -> str:
    """A duty and its year in words."""
    rule, _slash, year = about.partition("/")
    title = {duty.rule: naming.title(duty) for duty in load_duties()}.get(rule, rule)
    return _("{title}, năm {year}").format(title=title, year=year)


def linked(message: object, row: Row | None, visitor: Visitor) -> Markup:
    """A finding's message, with the commands in it replaced by links to the corresponding forms."""
    from markupsafe import Markup, escape

    text, made, at = str(say(message) if isinstance(message, str) else message), Markup(), 0
    for found in _COMMAND.finditer(text):
        address, name = _place(found, row, visitor)
        made += escape(text[at : found.start()])
        link = Markup('<a href="{}">{}</a>')
        made += link.format(address, name) if address else escape(name)
        at = found.end()
    return made + escape(text[at:])


def _place(command: re.Match[str], row: Row | None, visitor: Visitor) -> tuple[str, str]:
    """Address and name of the form that corresponds to a command; the address is empty if the visitor may not
    use it."""
    from dossier.web.pages import with_query
    from reports import looks

    if command["rule"]:
        duty = f"{command['rule']}/{command['year']}"
        address = with_query("/lich", {}, ghi=duty) + "#ghi" if acts_for_office(visitor) else ""
        return address, _("biểu mẫu “Đã làm”")
    if command["kept"]:
        address = f"/ho-so/{row.id}#bao-quan" if row and acts_for_office(visitor) else ""
        return address, _("biểu mẫu “Bảo quản”")
    if command["sealed"]:
        address = f"/ho-so/{row.id}#niem-phong" if row and acts_for_office(visitor) else ""
        return address, _("biểu mẫu “Mở niêm phong”")
    dossier = f"/ho-so/{row.id}" if row and visitor.may(Right.DECIDE) else ""
    try:
        key = fact_entries.parse_fact(f"{command['key']}=").key if command["key"] else ""
    except UsageError:
        key = ""
    if not key:
        return dossier and f"{dossier}#dieu-da-biet", _("biểu mẫu “Điều đã biết”")
    allowed = dossier and (key not in _NEED_KEEP or visitor.may(Right.KEEP))
    value = _offered(key, (command["value"] or "").strip('"')) if fact_entries.choices(key) else ""
    address = with_query(dossier, {}, ghi=key, gia_tri=value) + "#ghi" if allowed else ""
    return address, _("biểu mẫu “{name}”").format(name=looks.fact_name(key))


def _form(
    about: str, value: str, stored: ToldFact | None, choices: tuple[str, ...], last: date | None = None
) -> FactForm:
    return FactForm(about, value, choices, stored is not None, _version(stored), secrets.token_hex(12), last)


def _sure(source: FactSource) -> bool:
    return source in (FactSource.PERSON, FactSource.DECLARED)


def _offered(key: str, text: str) -> str:
    """A value proposed by a link; empty if it is invalid."""
    try:
        return _written(fact_entries.parse_fact(f"{key}={text}").value)
    except UsageError:
        return ""


def _written(value: FactValue) -> str:
    """The value as written in a form field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _stored_fact(ask: Ask, about: str, key: str) -> ToldFact | None:
    said = fact_entries.entries_of(ask.cache.archive, about, history=False)
    return next((fact for fact in said if fact.key == key), None)


def _version(stored: ToldFact | None) -> str:
    return stored.made_at.isoformat() if stored else "-"


def _duty(text: str) -> tuple[str, int]:
    rule, _slash, typed = text.partition("/")
    year = whole_number(typed, 4)
    if year is None:
        raise UsageError(_("Không có việc “{text}”.").format(text=text[:40]))
    return rule[:20], year


def _carry(ask: Ask, kind: str, about: str, key: str, payload: Mapping[str, Any]) -> None:
    """Store the request, unless another person changed the fact since the visitor opened the page."""
    seen = ask.form.get("ban", "")

    def check() -> None:
        now = _stored_fact(ask, about, key)
        if seen and _version(now) != seen:
            raise ConflictError(
                _("Điều này đã được {who} ghi nhận.").format(who=now.author)
                if now
                else _("Ghi nhận này đã được người khác bỏ.")
            )

    clicked(ask, kind, [(f"{kind}|{about}|{key}", payload)], f"{about}|{key}", check)


def confirm_retention(ask: Ask) -> Answer:
    """Record that the article was checked; applies to all dossiers governed by the same pack."""
    from dossier.web.overview import report_for, row_for

    row = row_for(ask, ask.params["id"])
    kept = report_for(ask, row).retention
    law = next((reason for reason in kept.reasons if reason.row == ask.form.get("dong", "")), None)
    if law is None:
        raise NotFoundError
    if law.verified:
        raise ConflictError(_("Dòng này đã được đối chiếu."))
    article, permanent = (
        ask.form.get("dieu-khoan", "").strip()[:_LONGEST_ARTICLE],
        ask.form.get("thoi-han") == "v",
    )
    retention.check_article(article)
    payload = {
        "dossier": row.path, "pack": kept.pack, "row": law.row, "article": article, "permanent": permanent,
        "years": None if permanent else _years(ask), "today": ask.today.isoformat(),
    }  # fmt: skip
    subject = f"retention|{kept.pack}|{law.row}"
    clicked(ask, "retention", [(subject, payload)], subject)
    return see(f"/ho-so/{row.id}#bao-quan")


def _years(ask: Ask) -> int | None:
    """The number of years stated by the article; ``None``: as in the row."""
    text = ask.form.get("so-nam", "").strip()
    if not text:
        return None
    years = whole_number(text, 4)
    if not years or years > _MOST_YEARS:
        raise UsageError(
            _("“{text}” không phải số năm.").format(text=text[:20]), _("Ghi một số từ 1 đến 1000.")
        )
    return years
