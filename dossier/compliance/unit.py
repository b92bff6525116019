"""Duties of the unit as a whole (TH-21…24): done on time, late, missing, or upcoming. Pure.

Their reports are in no model's dossier. Once the archive has one of them, or a person or the
configuration states when one was sent, they are checked from the first known year on; without any such
data, the last past deadline stays open as a question until somebody answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from dossier.checklists.duties import Duty, Sign
from dossier.checklists.judging import part_of
from dossier.checklists.schema import Checklist
from dossier.compliance.clock import life_of
from dossier.compliance.deadlines import due_status
from dossier.compliance.finding import finding, pardoned
from dossier.compliance.naming import title
from dossier.compliance.periods import EARLIEST, Life, evaluation_year, plausible, qualifies, span, span_of
from dossier.i18n import _
from dossier.model import (
    Document,
    DossierReport,
    Due,
    DueStatus,
    Finding,
    Occasion,
    Severity,
    ToldFact,
    Waiver,
)
from dossier.vietnamese import words

UNKNOWN = date.min  # done on an unknown day
WHERE = "."  # in place of a dossier in waivers on the unit's duties


@dataclass(frozen=True, slots=True, order=True)
class Sent:
    """A duty fulfilled on ``day``, with the path of the document that shows it, if any.

    ``year``: the year of the duty as given by a person; 0: the year whose deadline is nearest.
    """

    day: date
    document: str = ""
    year: int = 0


Known = Mapping[str, Sequence[Sent]]  # by rule


def occasion(report: DossierReport, checklist: Checklist, today: date) -> Occasion:
    """What the unit has to report of a dossier: from its first placed document on, and the ranks of the years
    in which its model qualified (of one whose founding is unknown: counted from that document) or was
    ranked."""
    facts = report.facts
    days = [span_of(document) for document in report.documents if document.placements]
    days += [span(facts[key].value) for key in ("founded", "planned")]
    # A dossier without any file has nothing to report yet; of one with files without dates nobody knows.
    unknown = None if report.files else today
    since = min((day[0] for day in days if day and plausible(day[0])), default=unknown)
    return Occasion(str(facts["led_by"].value), since, tuple(_ranked(report, checklist, since, today)))


def _ranked(report: DossierReport, checklist: Checklist, since: date | None, today: date) -> Iterator[int]:
    if checklist.ranking is None:
        return
    ended = span(report.facts["ended"].value)
    first = since or EARLIEST
    life = life_of(checklist, report.facts) or Life(first, ended[0] if ended else None, checklist.clock)
    decided = {
        place.period
        for document in report.documents
        for place in document.placements
        if place.part == part_of(checklist.ranking.decision)
    }
    for year in range(life.founded.year, today.year + 2):
        if str(year) in decided or qualifies(evaluation_year(year, checklist.clock), life):
            yield year


def owing(duties: Iterable[Duty], occasions: Collection[Occasion]) -> list[Duty]:
    """The duties that apply to the bodies that lead the archive's dossiers."""
    return [duty for duty in duties if any(_concerns(duty, each) for each in occasions)]


def _concerns(duty: Duty, occasion: Occasion) -> bool:
    return not duty.applies_to or duty.applies_to == occasion.led_by


def _asked(duty: Duty, year: int, occasions: Iterable[Occasion]) -> bool:
    """Whether there was anything to report in that year."""
    own = [each for each in occasions if _concerns(duty, each)]
    if duty.about == "ranks":
        return any(year in each.ranked for each in own)
    return any(each.since is None or each.since <= duty.last_day(year) for each in own)


def fulfilled(
    duties: Iterable[Duty],
    papers: Iterable[tuple[str, Sent]],
    declared: Mapping[str, Sequence[date]],
    told: Iterable[ToldFact] = (),
) -> dict[str, list[Sent]]:
    """Fulfilled duties by rule: entered by a person (``told``), ``declared`` in the configuration, or shown
    by the archive's documents (``papers``, see :func:`sent_by`)."""
    found = {duty.rule: {day: Sent(day) for day in declared.get(duty.rule, ())} for duty in duties}
    for fact in told:
        rule, _slash, year = fact.key.partition("/")
        if rule in found and year.isdecimal():
            day = fact.value if isinstance(fact.value, date) else UNKNOWN
            found[rule][date(int(year), 1, 1) if day is UNKNOWN else day] = Sent(day, "", int(year))
    for rule, sent in papers:
        if rule in found:
            found[rule].setdefault(sent.day, sent)
    return {rule: sorted(days.values()) for rule, days in found.items()}


def sent_by(duties: Iterable[Duty], documents: Iterable[Document]) -> Iterator[tuple[str, Sent]]:
    """Yield, with its rule, each duty that a document shows as fulfilled."""
    by_type: dict[str, list[tuple[str, Sign]]] = {}
    for rule, sign in ((duty.rule, duty.known) for duty in duties):
        if sign is not None:
            for type_ in sign.types:
                by_type.setdefault(type_, []).append((rule, sign))
    for document in documents:
        header = document.header
        wanted = by_type.get(header.type)
        if wanted is None or header.date is None or header.draft or document.security is not None:
            continue
        said, to = f" {words(header.abstract)} ", f" {words(' '.join(header.recipients))} "
        for rule, sign in wanted:
            if _is(sign, said, to):
                yield rule, Sent(header.date, document.path)


def duties_owed(
    duties: Iterable[Duty],
    today: date,
    due_days: int,
    done: Known | None = None,
    occasions: Collection[Occasion] | None = None,
) -> tuple[Due, ...]:
    """The next and the last past deadline of every duty of the unit; for duties with known fulfilments
    (``done``), all deadlines since the first of these. ``occasions``: what each dossier gives cause to
    report; years without any are left out unless the duty was done (``None``: no year is)."""
    found: list[Due] = []
    for duty in duties:
        sent = _by_year(duty, (done or {}).get(duty.rule, ()))
        latest = today.year if duty.last_day(today.year) < today else today.year - 1
        for year in range(min(sent) if sent else latest, today.year + 2):
            last = duty.last_day(year)
            settled = year in sent and sent[year].day == UNKNOWN
            asked = year in sent or occasions is None or _asked(duty, year, occasions)
            if duty.in_force(last) and asked and not settled:
                status = _status(last, sent.get(year), today, due_days)
                found.append(Due(last, duty.rule, title(duty), duty.citation, "", status, period=str(year)))
            if last >= today:
                break
    return tuple(sorted(found, key=lambda due: (due.day, due.rule)))


def check(
    dues: Iterable[Due], done: Known, duties: Sequence[Duty], waivers: Sequence[Waiver]
) -> Iterator[Finding]:
    """Yield a finding for each year in which a duty is late or missing; ``dues`` from :func:`duties_owed`."""
    papers = {duty.rule: _by_year(duty, done.get(duty.rule, ())) for duty in duties}
    own = [waiver for waiver in waivers if waiver.dossier == WHERE]
    for due in dues:
        sent = papers[due.rule].get(int(due.period))
        if due.status is DueStatus.LATE and sent:
            message = _("{what} năm {year}: ghi ngày {sent:%d/%m/%Y}, trễ hạn; chậm nhất là {day:%d/%m/%Y}.")
        elif due.status is DueStatus.OVERDUE:
            message = _(
                "{what} năm {year}: chưa thấy; chậm nhất là {day:%d/%m/%Y}. "
                "Nếu đã làm, ghi nhận bằng: dossier done {rule} {year}."
            )
        else:
            continue
        # If nothing was ever recorded of the duty, its absence is a question, not an error.
        asked = due.status is DueStatus.OVERDUE and not papers[due.rule]
        said = message.format(what=due.what, year=due.period, day=due.day, rule=due.rule,
                              sent=sent.day if sent else due.day)  # fmt: skip
        documents = (sent.document,) if sent and sent.document else ()
        # A waiver covers the years that had ended when it was given.
        since = datetime.combine(due.day + timedelta(days=1), datetime.min.time(), UTC)
        made = finding(
            due.rule,
            said,
            documents,
            severity=Severity.INFO if asked else Severity.WARNING,
            citation=due.citation,
            subject=(due.period,),
            noticed=since,
        )
        yield pardoned(made, own)


def open_dues(dues: Iterable[Due], findings: Iterable[Finding]) -> tuple[Due, ...]:
    """The dues without the missing ones that are waived."""
    accepted = {(f.rule, f.subject) for f in findings if f.waiver}
    overdue = DueStatus.OVERDUE
    return tuple(d for d in dues if d.status is not overdue or (d.rule, (d.period,)) not in accepted)


def _is(sign: Sign, said: str, to: str) -> bool:
    """Whether a document shows the duty. ``said``, ``to``: its abstract and recipients, folded, padded with
    spaces."""
    return (
        all(_any(phrases, said) for phrases in sign.says)
        and not (sign.unless and _any(sign.unless, said))
        and (not sign.to or _any(sign.to, to))
    )


def _any(phrases: str, text: str) -> bool:
    return any(phrase in text for phrase in _folded(phrases))


@cache
def _folded(phrases: str) -> tuple[str, ...]:
    return tuple(f" {words(phrase)} " for phrase in phrases.split("|"))


def _by_year(duty: Duty, sent: Sequence[Sent]) -> dict[int, Sent]:
    """The earliest fulfilment per year; one without a year belongs to the nearest deadline."""
    by: dict[int, Sent] = {}
    for each in sorted(sent):
        if each.year:
            by.setdefault(each.year, each)
            continue
        years = range(max(each.day.year - 1, date.min.year), min(each.day.year + 1, date.max.year) + 1)
        year = min(years, key=lambda year: abs((duty.last_day(year) - each.day).days))
        by.setdefault(year, each)
    return by


def _status(last: date, sent: Sent | None, today: date, due_days: int) -> DueStatus:
    if sent is None:
        return due_status(last, today, due_days)
    return DueStatus.LATE if sent.day > last else DueStatus.ON_TIME
