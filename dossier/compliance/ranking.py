"""Whether ranks, shares of targets and authorities agree with each other and with the dossier (XL-nn). Pure.

Source: Hướng dẫn 22/HD-BCA-V05, III.2 (conditions, ranks, authority), III.3 (replication, ending), IV.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dossier.checklists.schema import Checklist, Rank, Ranking
from dossier.compliance import periods
from dossier.compliance.authority import differ
from dossier.compliance.definitions import found
from dossier.compliance.placed import Placed, issued
from dossier.i18n import _, language
from dossier.model import Document, Facts, Finding, ItemResult, Status


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A ranking decision: the evaluation year it is of, and the rank it states, if any was read."""

    year: int
    rank: Rank | None
    document: Document


def check(
    placed: Placed, checklist: Checklist, facts: Facts, items: Iterable[ItemResult], today: date
) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    if (ranking := checklist.ranking) is not None:
        ranked = _ranked(placed, ranking)
        yield from _too_young(ranked, facts, ranking.decision)
        yield from _share(ranked, placed, ranking)
        yield from _incomplete(ranked, checklist, ranking, items)
        yield from _authority(ranked, placed, checklist)
        yield from _replication(ranked, placed, ranking)
        yield from _weak(ranked, placed, facts, ranking, today)
    yield from _below_floor(placed, checklist)


def _ranked(placed: Placed, ranking: Ranking) -> list[_Ranked]:
    """Every year's decision, oldest first; of several for one year, the latest."""
    ranks = {rank.id: rank for rank in ranking.ranks}
    by_year: dict[int, _Ranked] = {}
    entries = placed.at(ranking.decision)
    for document, place in sorted(entries, key=lambda e: (issued(e[0]), e[0].id)):
        if place.period[:4].isdecimal():
            year = int(place.period[:4])
            by_year[year] = _Ranked(year, ranks.get(document.header.rank), document)
    return [by_year[year] for year in sorted(by_year)]


def _named(rank: Rank) -> str:
    return (rank.title_en or rank.title) if language() == "en" else rank.title


def _too_young(ranked: Iterable[_Ranked], facts: Facts, part: str) -> Iterator[Finding]:
    founded = facts["founded"].value
    if not isinstance(founded, date):
        return
    ripe = periods.add_months(founded, periods.QUALIFYING_MONTHS)
    for each in ranked:
        if ripe > periods.evaluation_year(each.year).last:
            message = _(
                "Xếp loại năm {year} khi mô hình chưa đủ 10 tháng hoạt động "
                "(thành lập ngày {founded:%d/%m/%Y})."
            )
            said = message.format(year=each.year, founded=founded)
            yield found("XL-01", said, [each.document.id], part=part)


def _share(ranked: Iterable[_Ranked], placed: Placed, ranking: Ranking) -> Iterator[Finding]:
    """The rank against the share of targets stated for the same year, by the most trusted document."""
    for each in ranked:
        if each.rank is None:
            continue
        source = each.document if each.document.header.percentage is not None else None
        for part in ranking.stated:
            if source is None:
                source = next(
                    (
                        document
                        for document, place in placed.at(part)
                        if place.period == str(each.year) and document.header.percentage is not None
                    ),
                    None,
                )
        if source is None or source.header.percentage is None:
            continue
        expected = next((r for r in ranking.ranks if source.header.percentage >= r.least), ranking.ranks[-1])
        if expected is not each.rank:
            message = _(
                "Năm {year} xếp loại “{rank}” nhưng tỷ lệ hoàn thành chỉ tiêu ghi {share:g} % "
                "ứng với “{expected}”."
            )
            said = message.format(
                year=each.year,
                rank=_named(each.rank),
                share=source.header.percentage,
                expected=_named(expected),
            )
            documents = dict.fromkeys((each.document.id, source.id))
            yield found("XL-02", said, documents, part=ranking.decision)


def _incomplete(
    ranked: list[_Ranked], checklist: Checklist, ranking: Ranking, items: Iterable[ItemResult]
) -> Iterator[Finding]:
    """The latest rank but the last against what the dossier lacked for that year."""
    last = next((each for each in reversed(ranked) if each.rank is not None), None)
    if last is None or last.rank is None or last.rank is ranking.ranks[-1]:
        return
    lacking = []
    for item in items:
        for part in item.parts:
            if not part.required or part.status not in (Status.MISSING, Status.PARTIAL):
                continue
            if part.part in (checklist.ending_part, ranking.decision):
                continue  # asked for only later than the ranking, or is the ranking
            of_then = [label for label in part.periods_missing if int(label[:4]) <= last.year]
            if of_then or not part.periods_missing:
                lacking.append(part.part)
    if lacking:
        message = _(
            "Năm {year} xếp loại “{rank}”, mức này đòi hỏi hồ sơ đầy đủ, nhưng hồ sơ còn thiếu: {parts}."
        )
        said = message.format(year=last.year, rank=_named(last.rank), parts=", ".join(lacking))
        yield found("XL-03", said, [last.document.id], part=ranking.decision)


def _authority(ranked: Iterable[_Ranked], placed: Placed, checklist: Checklist) -> Iterator[Finding]:
    founding = placed.first(checklist.founding_part) if checklist.founding_part else None
    if founding is None or not founding.header.issuing_body:
        return
    message = _(
        "{document}: do {body} ban hành, nhưng mô hình do {founder} thành lập; "
        "cấp nào thành lập thì cấp đó {act}."
    )
    acts = [("XL-04", each.document, _("xếp loại")) for each in ranked]
    if checklist.ending_part:
        place = f"{checklist.ending_part}.{checklist.ending_step}".rstrip(".")
        acts += [("XL-05", document, _("kết thúc")) for document, _place in placed.at(place)]
    for rule, document, act in acts:
        how = differ(founding, document)
        if how is not None:
            said = message.format(
                document=document.id,
                body=document.header.issuing_body,
                founder=founding.header.issuing_body,
                act=act,
            )
            if how == "renamed":
                said += " " + _("Có thể do sắp xếp lại đơn vị hành chính từ năm 2025; cần người xem.")
            yield found(rule, said, [document.id, founding.id], mild=how == "renamed")


def _replication(ranked: list[_Ranked], placed: Placed, ranking: Ranking) -> Iterator[Finding]:
    """Only the best are replicated. Where no rank was read, nothing is known and nothing said."""
    known = [each for each in ranked if each.rank is not None]
    if not ranking.replication or not known:
        return
    best = ranking.ranks[0]
    for document, _place in placed.at(ranking.replication):
        before = [each for each in known if issued(each.document) <= issued(document)]
        if before and not any(each.rank is best for each in before):
            message = _("{document}: nhân rộng mô hình chưa năm nào được xếp loại “{best}”.")
            said = message.format(document=document.id, best=_named(best))
            yield found("XL-06", said, [document.id], part=ranking.replication)


def _weak(
    ranked: list[_Ranked], placed: Placed, facts: Facts, ranking: Ranking, today: date
) -> Iterator[Finding]:
    """The last word is the last rank: the model is to be ended, or what was done to mend it shown."""
    known = [each for each in ranked if each.rank is not None]
    ended = facts["ended"].value
    if not known or known[-1].rank is not ranking.ranks[-1]:
        return
    if isinstance(ended, date) and ended <= today:
        return
    since = known[-1].document
    mended = any(
        document.header.date is not None and issued(document) >= issued(since)
        for document, _place in placed.at(*ranking.mended)
    )
    if not mended:
        message = _(
            "Năm {year} xếp loại “{rank}” nhưng hồ sơ chưa có văn bản kiện toàn, củng cố "
            "hoặc kết thúc mô hình."
        )
        said = message.format(year=known[-1].year, rank=_named(ranking.ranks[-1]))
        yield found("XL-07", said, [since.id], part=ranking.decision)


def _below_floor(placed: Placed, checklist: Checklist) -> Iterator[Finding]:
    floor = checklist.floor
    if floor is None:
        return
    stated = [d for d, _place in placed.at(*floor.parts) if d.header.percentage is not None]
    if not stated:
        return
    last = max(stated, key=lambda document: (document.header.date or date.min, document.id))
    share = last.header.percentage
    if share is not None and share < floor.least and not placed.at(floor.ending):
        message = _(
            "{document}: mới đạt {share:g} % tiêu chí, dưới {least:g} %; hồ sơ chưa có quyết định kết thúc."
        )
        said = message.format(document=last.id, share=share, least=floor.least)
        yield found("XL-08", said, [last.id], part=floor.ending.partition(".")[0])
