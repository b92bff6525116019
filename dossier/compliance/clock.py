"""Conditions of requirements: whether they hold for the facts of a dossier on a day, in words too. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dossier.checklists.conditions import FACTS, When
from dossier.checklists.days_off import latest_end
from dossier.checklists.schema import Checklist, Per, Requirement
from dossier.compliance import periods
from dossier.compliance.facts import latest, sure
from dossier.compliance.periods import Life, span
from dossier.i18n import _
from dossier.model import Facts, FactSource, Severity

_ENDINGS = (When.ENDED, When.ENDED_AFTER_EVALUATION)
_EACH_YEAR = (Per.YEAR, Per.HALF_YEAR, Per.EVALUATION_YEAR, Per.QUALIFYING_YEAR)
_BY_A_YEAR = (When.AFTER_FIRST_EVALUATION, When.AFTER_FIRST_FULL_YEAR)


def life_of(checklist: Checklist, facts: Facts) -> Life | None:
    """The time for which the model was certainly active; ``None`` where its founding is unknown.

    Partial dates are read in its favour: founded on the last possible day, ended on the first.
    """
    founded = latest(facts, "founded") or latest(facts, "existed")
    if founded is None:
        return None
    ended = span(facts["ended"].value)
    school = facts["year"].value == "school"
    return Life(founded, ended[0] if ended else None, checklist.clock, checklist.since, school)


@dataclass(frozen=True, slots=True)
class Clock:
    """Evaluates conditions for the facts of a dossier on a day."""

    checklist: Checklist
    facts: Facts
    today: date
    grace_days: int = 0
    _asked: dict[int, tuple[periods.Period, ...]] = field(default_factory=dict)  # by id of the requirement
    _lives: list[Life | None] = field(default_factory=list)

    @property
    def life(self) -> Life | None:
        """See :func:`life_of`; computed once."""
        if not self._lives:
            self._lives.append(life_of(self.checklist, self.facts))
        return self._lives[0]

    @property
    def ended(self) -> date | None:
        """The last possible day of its end, if that is past."""
        ended = latest(self.facts, "ended")
        return ended if ended is not None and ended <= self.today else None

    def asked(self, requirement: Requirement) -> tuple[periods.Period, ...]:
        """Periods for which a document is required by now."""
        if requirement.per is Per.ONCE:
            return ()
        known = self._asked.get(id(requirement))
        if known is None:
            life = self._after_recognition() if requirement.per is Per.YEAR_AFTER else self.life
            known = periods.required_periods(requirement, life, self.today, self.grace_days) if life else ()
            self._asked[id(requirement)] = known
        return known

    def _after_recognition(self) -> Life | None:
        recognised, ended = latest(self.facts, "recognised"), span(self.facts["ended"].value)
        if recognised is None:
            return None
        return Life(recognised, ended[0] if ended else None, self.checklist.clock, self.checklist.since)

    def applies(self, requirement: Requirement) -> bool:
        """Whether the requirement applies today."""
        when, today, facts = requirement.when, self.today, self.facts
        if requirement.unless and facts[requirement.unless].value is True:
            return False
        if when is When.ALWAYS:
            return True
        if when in FACTS:
            return bool(facts[when].value)
        if when in _ENDINGS:
            return self.ended is not None and (when is When.ENDED or self._was_ranked())
        if when is When.EVALUATION_DUE:
            return self._evaluation_due()
        if when is When.RECOGNISED:
            return latest(facts, "recognised") is not None
        life = self.life
        if life is None:
            return False
        if when is When.FOUNDED:
            return today >= life.founded
        test = periods.qualifies if when is When.AFTER_FIRST_EVALUATION else periods.full
        return periods.first_closed(test, life, today, requirement.grace_days) is not None

    def ahead(self, requirement: Requirement) -> bool:
        """Whether it applies to every dossier at some time, this one being neither over nor older than the
        guidance allows."""
        if self.ended is not None:
            return False
        if requirement.when is When.EVALUATION_DUE:
            planned, since = latest(self.facts, "planned"), self.checklist.since
            months = self.checklist.clock.plan_months
            return planned is None or since is None or periods.add_months(planned, months) >= since
        return requirement.per in _EACH_YEAR or requirement.when in _BY_A_YEAR

    def _was_ranked(self) -> bool:
        life = self.life
        return life is not None and bool(periods.first_closed(periods.qualifies, life, self.today, 0))

    def _evaluation_due(self) -> bool:
        """Whether the last day for the evaluation has passed; never for a model that ended before."""
        planned = latest(self.facts, "planned")
        if planned is None:
            return False
        last = periods.add_months(planned, self.checklist.clock.plan_months)
        since, ended = self.checklist.since, span(self.facts["ended"].value)
        return (
            self.today > latest_end(last)
            and not (since and last < since)
            and not (ended and ended[0] <= last)
        )

    def old(self, requirement: Requirement) -> bool:
        """Whether the required act took place before the guidance was issued."""
        if self.checklist.since is None or requirement.per is not Per.ONCE or requirement.when is When.FUND:
            return False
        if requirement.when in _ENDINGS or requirement.when in _BY_A_YEAR:
            done = self.ended
        else:
            done = latest(self.facts, "founded") or latest(self.facts, "existed")
            done = done or latest(self.facts, "planned")
        return done is not None and done < self.checklist.since

    def severity(self, requirement: Requirement) -> Severity:
        """Severity of an absence: never an error for acts before the guidance, or where the requirement
        depends on a fact that was only inferred from a document's wording."""
        if requirement.severity is Severity.ERROR and (self.old(requirement) or self.supposed(requirement)):
            return Severity.WARNING
        return requirement.severity

    def supposed(self, requirement: Requirement) -> bool:
        """Whether the requirement depends on an inferred fact that nobody confirmed."""
        asked = FACTS.get(requirement.when)
        if asked is None or not asked.supposed:
            return False
        fact = self.facts[requirement.when]
        return fact.source is FactSource.INFERRED and not sure(fact)


def requirement_words(requirement: Requirement, checklist: Checklist) -> str:
    """When or how often the requirement applies, in words."""
    year = periods.evaluation_year(2024, checklist.clock)
    per = {
        Per.YEAR: _("mỗi năm hoạt động"),
        Per.HALF_YEAR: _("mỗi 6 tháng đầu năm hoạt động"),
        Per.EVALUATION_YEAR: _("mỗi năm đánh giá, {first:%d/%m}–{last:%d/%m}").format(
            first=year.first, last=year.last
        ),
        Per.QUALIFYING_YEAR: _("mỗi năm đánh giá đủ điều kiện xếp loại"),
        Per.YEAR_AFTER: _("mỗi năm sau năm được công nhận"),
    }
    when = {
        When.ALWAYS: _("luôn phải có"),
        When.FOUNDED: _("khi mô hình đã thành lập"),
        **{condition: _(fact.said) for condition, fact in FACTS.items()},
        When.ENDED: _("khi đã kết thúc"),
        When.ENDED_AFTER_EVALUATION: _("khi đã kết thúc sau ít nhất một năm đủ điều kiện xếp loại"),
        When.RECOGNISED: _("khi đã được công nhận"),
        When.AFTER_FIRST_EVALUATION: _("từ lần đánh giá năm đầu tiên"),
        When.AFTER_FIRST_FULL_YEAR: _("sau năm đánh giá trọn vẹn đầu tiên"),
        When.EVALUATION_DUE: _("sau 01 năm kể từ ngày ban hành kế hoạch"),
    }
    return per.get(requirement.per) or when[requirement.when]
