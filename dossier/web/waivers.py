"""Waivers of findings: single ones, requested by one person and approved by another, and the baseline of an
old archive, which covers all findings of one day."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dossier.checklists.rules import FIXED
from dossier.compliance.rules import explain
from dossier.errors import UsageError
from dossier.i18n import N_, _
from dossier.model import Waiver
from dossier.usecases import audit, baseline, typed_text
from dossier.usecases.known import open_known
from dossier.web.intents import clicked
from dossier.web.jobs import reloading, started
from dossier.web.overview import row_for, standing_for
from dossier.web.request import (
    Answer,
    Ask,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    data,
    page,
    see,
    whole_number,
)

LINE = "/moc"
_HANDLED = N_("Đề nghị này đã được người khác xử lý.")


def waivers(ask: Ask) -> Answer:
    """Show the waivers in force and expired, and the requests waiting for approval."""
    standing = standing_for(ask)
    names = {row.path: row for row in standing.rows}
    known = [(w, True) for w in standing.waivers] + [(w, False) for w in standing.expired]
    known.sort(key=lambda entry: entry[0].made_at, reverse=True)
    asked = ask.services.storage.all("SELECT * FROM requests ORDER BY id")
    requests = [row for row in asked if row["dossier"] in names]
    return page(
        "waivers.html.j2", waivers=known, names=names, requests=requests, version_of=version_of,
        click=secrets.token_hex(12),
    )  # fmt: skip


def wanted(ask: Ask) -> Answer:
    """Waive a finding: at once on a machine without accounts; otherwise file a request for approval."""
    row = row_for(ask, ask.form.get("ho-so", ""))
    rule, part = ask.form.get("quy-tac", "").strip().upper()[:20], ask.form.get("thanh-phan", "")[:20]
    reason = typed_text.checked(ask.form.get("ly-do", ""), _("lý do"), typed_text.LONGEST_REASON)
    until = ask.day("den")
    explain(rule, ask.cache.archive.checklists)
    if rule in FIXED:
        raise UsageError(_("Không thể chấp nhận phát hiện {rule}.").format(rule=rule))
    if not reason:
        raise UsageError(_("Phải nêu lý do."))
    if until is not None and until < ask.today:
        raise UsageError(_("Thời hạn {day} đã qua.").format(day=until.strftime("%d/%m/%Y")))
    payload = {
        "dossier": row.path, "rule": rule, "part": part, "reason": reason,
        "until": until.isoformat() if until else "",
    }  # fmt: skip
    if ask.visitor.owner:
        _carry(ask, "waive", payload)
    else:
        _check_unchanged(ask, payload)
        audit.note(ask.cache.archive, "waiver-request", row.path, rule=rule, part=part, reason=reason)
        ask.services.storage.change(
            "INSERT INTO requests (dossier, rule, part, reason, until, author, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            row.path, rule, part, reason, payload["until"], ask.visitor.name, datetime.now(UTC).isoformat(),
        )  # fmt: skip
    return see("/chap-nhan")


def approve(ask: Ask) -> Answer:
    """Approve or refuse a request made by another person."""
    number = whole_number(ask.form.get("so", ""), 11)
    asked = ask.services.storage.one("SELECT * FROM requests WHERE id = ?", number)
    names = {row.path for row in standing_for(ask).rows}
    if asked is None and number is not None:
        raise ConflictError(_(_HANDLED))
    if asked is None or asked["dossier"] not in names:
        raise NotFoundError
    if asked["author"] == ask.visitor.name:
        raise ForbiddenError
    yes = bool(ask.form.get("duyet"))
    if asked["until"] and date.fromisoformat(asked["until"]) < ask.today:
        yes = False
    with ask.services.storage.whole():  # of two simultaneous answers the second is refused
        if not ask.services.storage.change("DELETE FROM requests WHERE id = ?", asked["id"]):
            raise ConflictError(_(_HANDLED))
        audit.note(
            ask.cache.archive,
            "waiver-approve" if yes else "waiver-refuse",
            asked["dossier"],
            rule=asked["rule"],
            part=asked["part"],
            asked_by=asked["author"],
        )
        if yes:
            payload = {name: asked[name] or "" for name in ("dossier", "rule", "part", "reason", "until")}
            ask.services.intents.accept(
                ask.visitor.name, f"request-{asked['id']}", "waive", [(_subject(payload), payload)]
            )
    ask.services.intents.settled(1.5)
    return see("/chap-nhan")


def end(ask: Ask) -> Answer:
    """Revoke a waiver."""
    row = row_for(ask, ask.form.get("ho-so", ""))
    rule, part = ask.form.get("quy-tac", "").strip().upper()[:20], ask.form.get("thanh-phan", "")[:20]
    _carry(ask, "unwaive", {"dossier": row.path, "rule": rule, "part": part})
    return see("/chap-nhan")


def line(ask: Ask) -> Answer:
    """Show the baseline: author, day, number of findings."""
    jobs = ask.services.jobs.of(ask.visitor, LINE)
    answer = page("baseline.html.j2", line=baseline.drawn(ask.cache.archive), jobs=jobs)
    return reloading(answer, jobs)


def line_plain(ask: Ask) -> Answer:
    """JSON version of :func:`line`."""
    found = baseline.drawn(ask.cache.archive)
    at = found.drawn.isoformat() if found.drawn else None
    return data({"author": found.author, "drawn": at, "held": found.held})


def draw(ask: Ask) -> Answer:
    """Create the baseline from all present findings, or remove it, by a job."""
    if ask.visitor.units is not None:
        raise ForbiddenError
    archive, today, gone = ask.cache.archive, ask.today, bool(ask.form.get("bo"))

    def work(_folder: Path) -> tuple[str, ...]:
        if gone:
            return (_("Đã bỏ mốc gồm {count} phát hiện.").format(count=baseline.remove(archive)),)
        count = baseline.create(archive, today)
        return (_("Đã lập mốc: {count} phát hiện đã biết.").format(count=count),)

    job = ask.services.jobs.begin(ask.visitor, _("Bỏ mốc") if gone else _("Lập mốc"), work, LINE)
    return started(ask, job, LINE)


def version_of(waiver: Waiver | None) -> str:
    """What a form tells of the waiver that its page showed; the value without one."""
    if waiver is None:
        return "-"
    told = (
        waiver.made_at.isoformat(),
        waiver.author,
        waiver.reason,
        str(waiver.until),
    )  # times are in seconds
    return blake2b("\0".join(told).encode(), digest_size=9).hexdigest()


def _check_unchanged(ask: Ask, payload: Mapping[str, Any]) -> None:
    """Raise :class:`ConflictError` if the waiver is another one than the visitor's page showed; a form that
    does not tell which is taken as it is."""
    about = {name: payload[name] for name in ("dossier", "rule", "part")}
    with open_known(ask.cache.archive) as catalogue:
        now = next(iter(catalogue.waivers.all(**about)), None)
    seen = ask.form.get("ban", "")
    lapsed = now is not None and now.until is not None and now.until < ask.today
    if not seen or version_of(now) == seen or (lapsed and seen == version_of(None)):
        return
    raise ConflictError(
        _("Phát hiện này đã được {who} chấp nhận: {reason}").format(who=now.author, reason=now.reason)
        if now
        else _("Chấp nhận này đã được người khác bỏ.")
    )


def _carry(ask: Ask, kind: str, payload: dict[str, Any]) -> None:
    subject = _subject(payload)
    clicked(ask, kind, [(subject, payload)], subject, lambda: _check_unchanged(ask, payload))


def _subject(payload: Mapping[str, Any]) -> str:
    return f"{payload['dossier']}|{payload['rule']}|{payload['part']}"
