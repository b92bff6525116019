"""The nightly digest for a mail, as text and HTML: new and mended findings, duties due soon."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from dossier.i18n import _, language
from dossier.model import SECRECY, ChangesSince, ComplianceReport, FindingChange
from reports import looks, own_rules, proposals, urgent
from reports.looks import printable
from reports.urgent import OpenDuty

if TYPE_CHECKING:
    from jinja2 import Template

_WIDTH = 78
_MOST = 20  # lines per section


@dataclass(frozen=True, slots=True)
class Digest:
    """The content of the mail: the archive's name, its counts, changes and duties.

    ``settings`` are sentences on waivers, severities and the baseline; ``due``: duties overdue or
    due soon, earliest first; ``lacking``: incomplete dossiers with what they lack, the most incomplete
    first; ``whole``: findings on the archive as a whole, each a line that begins with a symbol.
    """

    name: str
    today: date
    summary: Mapping[str, int]
    asked: int
    score: float
    settings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    due: tuple[OpenDuty, ...] = ()
    lacking: tuple[tuple[str, str], ...] = ()
    whole: tuple[str, ...] = ()
    changes: ChangesSince = field(default_factory=ChangesSince)
    secrets: tuple[str, ...] = ()  # a sentence for each sealed document, shown first

    @classmethod
    def of(cls, name: str, report: ComplianceReport) -> Digest:
        """Build the digest of a report; without changes if the report has no history."""
        return cls(
            name,
            report.today,
            report.summary,
            report.asked,
            report.score,
            tuple(own_rules.sentences(report)),
            tuple(filter(None, (proposals.unsorted(report), *report.problems))),
            tuple(urgent.duties(report)),
            tuple(
                (dossier.name, "; ".join(papers))
                for dossier in urgent.worst_first(report.dossiers)
                if (papers := urgent.lacking(dossier, required=True))
            ),
            tuple(f"{look.symbol} {f.message} [{f.rule}]" for look, f in looks.of_whole(report)),
            report.changes or ChangesSince(),
            tuple(f"{finding.message} [{finding.rule}]" for finding in urgent.secrets(report)),
        )

    @property
    def lasting(self) -> list[str]:
        """Findings on the archive as a whole that are not among the new ones."""
        return [said for said in self.whole if not any(change.what in said for change in self.changes.new)]

    @property
    def subject(self) -> str:
        """The subject line of the mail."""
        said = _("{name}, {day}: {complete}/{dossiers} hồ sơ đầy đủ").format(
            name=printable(self.name), day=looks.day(self.today), **self.summary
        )
        if self.secrets:
            said = _("[CÓ TÀI LIỆU NIÊM PHONG] {said}").format(said=said)
        if self.changes.since is None:
            return said
        return said + _(", {new} mới, {mended} đã khắc phục").format(
            new=len(self.changes.new), mended=len(self.changes.mended)
        )


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    return text(Digest.of(report.name or PurePath(report.archive).name, report)).encode()


def text(digest: Digest) -> str:
    """Format the digest as plain text in lines of 78 characters."""
    return "\n".join(_lines(digest)) + "\n"


def html(digest: Digest) -> str:
    """Format the digest as an HTML page without external resources, narrow enough for a phone."""
    return _template().render(digest=digest, lang=language(), groups=_groups(digest), most=_MOST, looks=looks)


def _groups(digest: Digest) -> list[tuple[str, str, Sequence[FindingChange]]]:
    """Title, CSS class and findings of each kind of change."""
    found = digest.changes
    return [
        (_("Mới phát hiện ({count})").format(count=len(found.new)), "new", _gravest_first(found.new)),
        (_("Đã khắc phục ({count})").format(count=len(found.mended)), "mended", found.mended),
    ]


def _gravest_first(found: Sequence[FindingChange]) -> Sequence[FindingChange]:
    return sorted(found, key=lambda change: (change.rule != SECRECY, change.severity.value != "error"))


def _lines(digest: Digest) -> Iterator[str]:
    yield from _wrapped(digest.subject, "")
    for secret in digest.secrets[:_MOST]:
        yield from _wrapped(secret, "✗ ")
    yield from _rest(len(digest.secrets))
    yield ""
    yield from _wrapped(looks.summary_line(digest.summary, digest.asked), "")
    yield from _wrapped(standing(digest), "")
    for title, _kind, found in _groups(digest):
        if found:
            yield from ("", title.upper())
            for change in found[:_MOST]:
                look = looks.severity(change.severity)
                yield from _wrapped(f"{change.name}: {change.what} [{change.rule}]", f"  {look.symbol} ")
            yield from _rest(len(found))
    if digest.lacking:
        yield from ("", _("Còn thiếu ({count} hồ sơ)").format(count=len(digest.lacking)).upper())
        for name, papers in digest.lacking[:_MOST]:
            yield from _wrapped(f"{name}: {papers}", "  ✗ ")
        yield from _rest(len(digest.lacking))
    for title, _colour, duties in dues(digest):
        yield from ("", title.upper())
        for line in duties[:_MOST]:
            yield from _wrapped(duty_words(line), "  ! " if line.overdue else "  - ")
        yield from _rest(len(duties))
    for said in digest.settings:
        yield from _wrapped(said, "○ ")
    for said in digest.lasting[:_MOST]:
        yield from _wrapped(said, "")
    for problem in digest.problems[:_MOST]:
        yield from _wrapped(problem, "! ")
    yield from ("", _("Xem đầy đủ: dossier report -o bao-cao.html"))


def _rest(count: int) -> Iterator[str]:
    if count > _MOST:
        yield "  " + _("… và {count} mục nữa").format(count=count - _MOST)


def standing(digest: Digest) -> str:
    """Score and date of the comparison in one or two sentences."""
    said = _("Mức đầy đủ {score}.").format(score=looks.percent(digest.score))
    found = digest.changes
    if found.since is None:
        return said + " " + _("Chưa có kết quả trước đó để so sánh.")
    return f"{said} " + _(
        "So với ngày {day}: {new} phát hiện mới, {mended} đã khắc phục, {still} vẫn còn; "
        "{completed} hồ sơ vừa đủ, {appeared} hồ sơ mới, {gone} hồ sơ không còn."
    ).format(
        day=looks.day(found.since),
        new=len(found.new),
        mended=len(found.mended),
        still=found.still,
        completed=len(found.completed),
        appeared=len(found.appeared),
        gone=len(found.gone),
    )


def dues(digest: Digest) -> list[tuple[str, str, Sequence[OpenDuty]]]:
    """Duties overdue and due soon, each group with title and colour; empty groups are left out."""
    late = [duty for duty in digest.due if duty.overdue]
    soon = [duty for duty in digest.due if not duty.overdue]
    found = [
        (_("Quá hạn ({count})").format(count=len(late)), "#a4161a", late),
        (_("Sắp đến hạn ({count})").format(count=len(soon)), "#8a5a00", soon),
    ]
    return [each for each in found if each[2]]


def duty_words(duty: OpenDuty) -> str:
    """A duty in one line: its state, what it is, and its dossiers."""
    said = _("{when}: {what} (hạn {day}, {citation})").format(
        when=duty.when, what=duty.what, day=looks.day(duty.day), citation=looks.citation(duty.citation)
    )
    return f"{said} – {', '.join(name for _path, name in duty.dossiers)}" if duty.dossiers else said


def _wrapped(said: str, lead: str) -> list[str]:
    return textwrap.wrap(
        printable(said),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    from reports.html import environment

    made = environment()
    made.globals.update(standing=standing, duty_words=duty_words, dues=dues)
    return made.get_template("digest.html.j2")
