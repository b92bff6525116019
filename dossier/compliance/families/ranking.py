"""Ranking: whether ranks agree with shares of targets, earlier ranks and the dossier's contents (XL-nn).

Source: Hướng dẫn 22/HD-BCA-V05, III.2 (conditions, ranks), III.3 (replication, ending), IV.1.c, IV.3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dossier.checklists.judging import Rank, Ranking, part_of
from dossier.compliance import completeness, periods
from dossier.compliance.case import Case, by_day, not_before, speaks_of
from dossier.compliance.facts import day
from dossier.compliance.finding import finding, milder
from dossier.compliance.naming import called, document_name, in_sentence, inner, of_periods, title
from dossier.compliance.own_model import rank_of_model
from dossier.compliance.periods import span, span_of
from dossier.i18n import _
from dossier.model import Document, DueStatus, Fact, Finding, PartResult, Severity

RULES = ("XL-01", "XL-02", "XL-03", "XL-06", "XL-07", "XL-08", "XL-10", "XL-12", "XL-13", "XL-14", "XL-15")

_NEVER = (date.min, date.min)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A ranking decision: its evaluation year, and its rank if one was read."""

    year: int
    rank: Rank | None
    document: Document


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    if (ranking := case.checklist.ranking) is not None:
        ranked = _ranked(case, ranking)
        # Earlier ranks followed other criteria, but are still the model's last ones where none follows.
        bound = [each for each in ranked if not case.year_before_guidance(each.year)]
        yield from _too_young(bound, case, ranking)
        yield from _share(bound, case, ranking)
        yield from _incomplete(bound, case, ranking)
        yield from _replication(ranked, case, ranking)
        yield from _weak(ranked, case, ranking)
        yield from _late(bound, case, ranking)
        yield from _higher_than_asked(bound, case, ranking)
        yield from _copied(case, ranking)
    yield from _below_floor(case)
    yield from _uncommended(case)


def _ranked(case: Case, ranking: Ranking) -> list[_Ranked]:
    """The ranking decision of each year, oldest first; of several for one year, the latest."""
    ranks = {rank.id: rank for rank in ranking.ranks}
    by_year: dict[int, _Ranked] = {}
    for document, place in sorted(case.placed.at(ranking.decision), key=lambda e: by_day(e[0])):
        if place.period[:4].isdecimal():
            year = int(place.period[:4])
            by_year[year] = _Ranked(year, ranks.get(rank_of_model(case, document)), document)
    return [by_year[year] for year in sorted(by_year)]


def _too_young(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    founded = span(case.facts["founded"].value)
    if founded is None:
        return
    clock = case.checklist.clock
    ripe = periods.add_months(founded[0], clock.qualifying_months)
    for each in ranked:
        if ripe <= periods.evaluation_year(each.year, clock).last:
            continue
        by_then = ripe <= periods.ranked_by(each.year, clock)
        message = _(
            "Xếp loại năm {year} khi {called} chưa đủ {months} tháng hoạt động tính từ ngày thành lập "
            "({founded:%d/%m/%Y})."
        )
        if by_then:
            message = _(
                "Xếp loại năm {year}: {called} thành lập ngày {founded:%d/%m/%Y}, đủ {months} tháng sau ngày "
                "cuối năm đánh giá nhưng trong thời gian xét xếp loại; hướng dẫn không nêu tính đến ngày nào."
            )
        told = message.format(
            year=each.year,
            called=called(case.checklist),
            months=clock.qualifying_months,
            founded=founded[0],
        )
        yield finding("XL-01", told, [each.document.id], part=ranking.decision, severity=milder(by_then))


def _share(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    """Ranks higher than the share of targets in the most trusted document of the year allows. A lower rank
    is lawful: the share is one of several criteria."""
    for each in ranked:
        if each.rank is None:
            continue
        stated = [
            document
            for part in ranking.stated
            for document, place in case.placed.at(part)
            if place.period == str(each.year)
        ]
        source = next((d for d in (each.document, *stated) if d.header.percentage is not None), None)
        if source is None or source.header.percentage is None:
            continue
        share = source.header.percentage
        most = next((rank for rank in ranking.ranks if share >= rank.least), ranking.ranks[-1])
        if ranking.ranks.index(each.rank) < ranking.ranks.index(most):
            message = _(
                "Năm {year} xếp loại “{rank}” nhưng {document} ghi hoàn thành {share:g} % chỉ tiêu, "
                "mức này cao nhất là “{most}”."
            )
            told = message.format(
                year=each.year,
                rank=title(each.rank),
                document=in_sentence(source),
                share=share,
                most=title(most),
            )
            yield finding("XL-02", told, (each.document.id, source.id), part=ranking.decision)


def _incomplete(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    """The latest rank, if not the lowest one, given while required documents were missing on that day."""
    last = next((each for each in reversed(ranked) if each.rank is not None), None)
    if last is None or last.rank is None or last.rank is ranking.ranks[-1]:
        return
    lacking = list(_lacking_then(last, case, ranking))
    if lacking:
        message = _(
            "Năm {year} xếp loại “{rank}”, mức này đòi hỏi hồ sơ đầy đủ, nhưng hồ sơ chưa có: {what}."
        )
        told = message.format(year=last.year, rank=title(last.rank), what="; ".join(lacking))
        yield finding("XL-03", told, [last.document.id], part=ranking.decision)


def _lacking_then(last: _Ranked, case: Case, ranking: Ranking) -> Iterator[str]:
    """Yield what was missing when the year was ranked, in words; requirements of later events do not count.

    A rank given before the last day for ranking is no excuse: the year's reports and evidence are its basis.
    """
    lacking = {
        p.part for i in case.items for p in i.parts if p.required and p.lacking and p.part != ranking.decision
    }
    if not lacking:
        return
    days = span_of(last.document)
    usual = periods.ranked_by(last.year, case.checklist.clock)
    given = min(days[1] if days else usual, case.today)
    then = min(max(given, usual + timedelta(days=1)), case.today)
    facts = dict(case.facts)
    ended = span(facts["ended"].value)
    if ended and ended[1] >= given - timedelta(days=1):
        facts["ended"] = Fact(None)
    items, _findings = completeness.check(
        case.state, case.checklist, facts, then, case.settings.grace_days, lacking
    )
    parts = [part for item in case.checklist.items for part in item.parts]
    steps = {title(step) for part in parts for step in part.steps}
    for item in items:
        for part in item.parts:
            if part.required and part.lacking:
                yield _lack(part, steps)


def _lack(part: PartResult, steps: Collection[str]) -> str:
    """A part with its missing periods, or its missing ``steps`` by their titles."""
    what = ", ".join(inner(said) for said in part.missing if said in steps) or inner(part.title)
    labels = [said for said in part.missing if said not in steps]
    return of_periods(what, labels)


def _replication(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    """Replication of a model without the best rank before it. Visits to other models do not count."""
    best = ranking.ranks[0]
    replicated: list[Document] = []
    for document, _place in sorted(case.placed.at(ranking.replication), key=lambda e: by_day(e[0])):
        about = document.header.abstract
        if speaks_of(about, ranking.visits) or span_of(document) is None:
            continue
        before = [each for each in ranked if not_before(document, each.document)]
        last = max(before, key=lambda each: (each.year, by_day(each.document)), default=None)
        if last is not None and last.rank is None:
            continue  # its rank could not be read
        if speaks_of(about, ranking.nationwide):
            if not (last and last.rank is best and replicated):
                yield _not_proven(document, best, ranking)
            continue
        replicated.append(document)
        if case.before_guidance(document) or (last is not None and last.rank is best):
            continue
        if last is None or last.rank is None:
            message = _("{document} nhân rộng {called} khi chưa có quyết định xếp loại “{best}” nào.")
            told = message.format(
                document=document_name(document), called=called(case.checklist), best=title(best)
            )
        else:
            message = _(
                "{document} nhân rộng {called} trong khi lần xếp loại gần nhất (năm {year}) là “{rank}”, "
                "không phải “{best}”."
            )
            told = message.format(
                document=document_name(document),
                called=called(case.checklist),
                year=last.year,
                rank=title(last.rank),
                best=title(best),
            )
        yield finding("XL-06", told, [document.id], part=ranking.replication)


def _not_proven(document: Document, best: Rank, ranking: Ranking) -> Finding:
    message = _(
        "{document} đề xuất nhân rộng toàn quốc; hồ sơ chưa cho thấy mô hình đã xếp loại “{best}” và đã được "
        "nhân rộng trên địa bàn. Mô hình mới thì phải nêu rõ cách làm hay, sáng tạo."
    )
    told = message.format(document=document_name(document), best=title(best))
    return finding("XL-14", told, [document.id], part=ranking.replication)


def _weak(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    """A latest rank that is the lowest one, without evidence that the model was consolidated or ended."""
    known = [each for each in ranked if each.rank is not None]
    ended = span(case.facts["ended"].value)
    if not known or known[-1].rank is not ranking.ranks[-1] or (ended and ended[0] <= case.today):
        return
    since = known[-1].document
    papers = [document for document, _place in case.placed.at(*ranking.mended)]
    papers += [d for d in case.state.documents if _mends(d, ranking)]
    if not any(d.id != since.id and span_of(d) and not_before(d, since) for d in papers):
        message = _(
            "Năm {year} xếp loại “{rank}” nhưng hồ sơ chưa có văn bản kiện toàn, củng cố "
            "hoặc kết thúc {called}."
        )
        told = message.format(
            year=known[-1].year, rank=title(ranking.ranks[-1]), called=called(case.checklist)
        )
        yield finding("XL-07", told, [since.id], part=ranking.decision)


def _mends(document: Document, ranking: Ranking) -> bool:
    return not document.header.draft and speaks_of(document.header.abstract, ranking.mending)


def _late(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    """Ranks that require timely reports, in years with late reports."""
    for each in ranked:
        if each.rank is None or each.rank.id not in ranking.timely:
            continue
        late = [
            due
            for due in case.due
            if due.status is DueStatus.LATE and due.part in ranking.reports and due.period == str(each.year)
        ]
        if late:
            message = _(
                "Năm {year} xếp loại “{rank}”, mức này đòi hỏi thông tin báo cáo kịp thời, nhưng trễ "
                "hạn: {what}."
            )
            told = message.format(
                year=each.year,
                rank=title(each.rank),
                what="; ".join(dict.fromkeys(inner(due.what) for due in late)),
            )
            yield finding("XL-10", told, [each.document.id], part=ranking.decision, subject=(str(each.year),))


def _higher_than_asked(ranked: list[_Ranked], case: Case, ranking: Ranking) -> Iterator[Finding]:
    order = [rank.id for rank in ranking.ranks]
    for each in ranked:
        for document, place in case.placed.at(ranking.reports[-1]) if ranking.reports else ():
            asked = document.header.rank
            if place.period != str(each.year) or asked not in order or each.rank is None:
                continue
            if order.index(each.rank.id) < order.index(asked):
                message = _(
                    "Năm {year} đề nghị xếp loại “{asked}” nhưng quyết định xếp loại “{rank}”, cao "
                    "hơn đề nghị."
                )
                told = message.format(
                    year=each.year,
                    asked=title(ranking.ranks[order.index(asked)]),
                    rank=title(each.rank),
                )
                yield finding("XL-12", told, [each.document.id, document.id], part=ranking.decision)


def _copied(case: Case, ranking: Ranking) -> Iterator[Finding]:
    """Yearly reports or requests without the competent police among their recipients."""
    by_year: dict[str, list[Document]] = {}
    for document, place in case.placed.at(*ranking.reports):
        if document.header.recipients and place.period and not _of_year_before(case, place.period):
            by_year.setdefault(place.period, []).append(document)
    for year, documents in sorted(by_year.items()):
        lines = [line for document in documents for line in document.header.recipients]
        as_above = any(speaks_of(line, "như trên | như kính gửi | như điều") for line in lines)
        if as_above or any(speaks_of(line, ranking.copied_to) for line in lines):
            continue
        told = _(
            "Báo cáo, đề nghị xếp loại năm {year}: nơi nhận không có đơn vị Công an trực tiếp quản "
            "lý địa bàn, "
            "lĩnh vực."
        ).format(year=year)
        yield finding("XL-13", told, [d.id for d in documents], part=ranking.reports[-1], subject=(year,))


def _of_year_before(case: Case, period: str) -> bool:
    return period[:4].isdecimal() and case.year_before_guidance(int(period[:4]))


def _below_floor(case: Case) -> Iterator[Finding]:
    floor = case.checklist.floor
    if floor is None:
        return
    stated = [
        (span_of(d) or _NEVER, d.id, d, share)
        for d, _p in case.placed.at(*floor.parts)
        if (share := _criteria(d)) is not None
    ]
    if not stated:
        return
    _days, _id, last, share = max(stated, key=lambda each: each[:2])
    if case.before_guidance(last):
        return
    if share < floor.least and not case.placed.at(floor.ending) and day(case.facts, "ended") is None:
        message = _(
            "{document}: mới đạt {share:g} % tiêu chí, dưới {least:g} %; hồ sơ chưa có quyết định kết thúc."
        )
        told = message.format(document=document_name(last), share=share, least=floor.least)
        yield finding("XL-08", told, [last.id], part=part_of(floor.ending))


def _criteria(document: Document) -> float | None:
    header = document.header
    return header.criteria if header.criteria is not None else header.percentage


def _uncommended(case: Case) -> Iterator[Finding]:
    """Recognition without a commendation in the year of the plan, a general criterion."""
    wanted = case.checklist.commended
    if wanted is None or case.placed.at(wanted.by):
        return
    recognised = case.placed.first(wanted.recognised)
    if recognised is not None and not case.before_guidance(recognised):
        told = _(
            "{document}: hồ sơ chưa có văn bản khen thưởng trong năm xây dựng điển hình, một tiêu chí chung "
            "để công nhận."
        ).format(document=document_name(recognised))
        yield finding(
            wanted.rule,
            told,
            [recognised.id],
            part=part_of(wanted.by),
            citation=wanted.citation,
            severity=Severity.INFO,
        )
