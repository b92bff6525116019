"""Consistency of a checklist beyond its schema: unique ids, valid references."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checklists.build import Problem
from dossier.checklists.judging import Deadline
from dossier.checklists.locate import Path
from dossier.checklists.rules import by_id, definitions
from dossier.checklists.schema import Checklist, Item, Part, Per
from dossier.i18n import _


def problems(checklist: Checklist) -> list[Problem]:
    """All inconsistencies, each with the path of the key and a sentence."""
    parts = {part.id for item in checklist.items for part in item.parts}
    return [
        *_unique(checklist),
        *(problem for i, item in enumerate(checklist.items) for problem in _item(i, item, parts)),
        *_references(checklist, parts),
        *_places(checklist, parts),
        *_rules_there(checklist),
    ]


def _rules_there(checklist: Checklist) -> Iterator[Problem]:
    """Parameters of rules that ``rules.toml`` does not define."""
    tables = (("early", checklist.early), ("issuers", checklist.issuers), ("contents", checklist.contents))
    given: list[tuple[Path, str]] = [
        ((key, i, "rule"), each.rule)  # type: ignore[attr-defined]
        for key, table in tables
        for i, each in enumerate(table)
    ]
    for key in ("one_name", "agreed", "commended"):
        if (one := getattr(checklist, key)) is not None:
            given.append(((key, "rule"), one.rule))
    for path, rule in given:
        if rule not in by_id():
            yield path, _("không có quy tắc “{rule}” trong rules.toml").format(rule=rule)
    kinds = {kind.id for kind in definitions().bodies.kinds}
    for i, issuers in enumerate(checklist.issuers):
        for name in (*issuers.only, *issuers.never):
            if name not in kinds:
                yield ("issuers", i, "only"), _("không có loại cơ quan “{name}”").format(name=name)


def _unique(checklist: Checklist) -> Iterator[Problem]:
    numbers: set[int] = set()
    rules: set[str] = set()
    seen: set[str] = set()
    for i, item in enumerate(checklist.items):
        if item.number in numbers:
            yield ("item", i, "number"), _("mục số {number} đã có").format(number=item.number)
        if item.rule in rules:
            yield ("item", i, "rule"), _("mã quy tắc {rule} đã dùng cho mục khác").format(rule=item.rule)
        numbers.add(item.number)
        rules.add(item.rule)
        for p, part in enumerate(item.parts):
            if part.id in seen:
                yield ("item", i, "parts", p, "id"), _("thành phần “{id}” đã có").format(id=part.id)
            seen.add(part.id)


def _item(index: int, item: Item, parts: set[str]) -> Iterator[Problem]:
    for p, part in enumerate(item.parts):
        path: Path = ("item", index, "parts", p)
        if part.id.rstrip("abcdefghijklmnopqrstuvwxyz") != str(item.number):
            message = _("thành phần “{id}” không thuộc mục {number}: mã phải bắt đầu bằng số của mục")
            yield (*path, "id"), message.format(id=part.id, number=item.number)
        yield from _part(path, part, parts)


def _part(path: Path, part: Part, parts: set[str]) -> Iterator[Problem]:
    steps: set[str] = set()
    for s, step in enumerate(part.steps):
        if step.id in steps:
            yield (*path, "steps", s, "id"), _("bước “{id}” đã có").format(id=step.id)
        steps.add(step.id)
    for s, step in enumerate(part.steps):
        if step.sent and (step.sent not in steps or step.sent == step.id):
            yield (*path, "steps", s, "sent"), _("không có bước “{id}”").format(id=step.sent)
    for r, requirement in enumerate(part.requirements):
        for s, name in enumerate(requirement.steps):
            if name not in steps:
                message = _("không có bước “{id}” trong thành phần này").format(id=name)
                yield (*path, "requirements", r, "steps", s), message
    for a, also in enumerate(part.also):
        for b, beside in enumerate(also.beside):
            if beside not in parts:
                yield (*path, "also", a, "beside", b), _("không có thành phần “{id}”").format(id=beside)


def _references(checklist: Checklist, parts: set[str]) -> Iterator[Problem]:
    for key in ("founding_part", "ending_part", "plan_part"):
        value = getattr(checklist, key)
        if value is not None and value not in parts:
            yield (key,), _("không có thành phần “{id}”").format(id=value)
    if checklist.ending_step:
        if checklist.ending_part is None:
            yield ("ending_step",), _("phải khai kèm “ending_part”")
        elif checklist.ending_part in parts:
            steps = {step.id for step in checklist.part(checklist.ending_part).steps}
            if checklist.ending_step not in steps:
                yield ("ending_step",), _("không có bước “{id}”").format(id=checklist.ending_step)


def _places(checklist: Checklist, parts: set[str]) -> Iterator[Problem]:
    """References to parts that do not exist, and rules defined twice."""
    steps = {f"{part.id}.{step.id}" for item in checklist.items for part in item.parts for step in part.steps}
    named: list[tuple[Path, str]] = []
    for i, link in enumerate(checklist.order):
        named.append((("order", i, "part"), link.part))
        named += [(("order", i, "after", a), place) for a, place in enumerate(link.after)]
    for i, deadline in enumerate(checklist.deadlines):
        named += [(("deadline", i, "parts", p), place) for p, place in enumerate(deadline.parts)]
        yield from _clock(i, deadline, checklist, parts)
    named += _judged(checklist)
    named += [(("after_end", i), place) for i, place in enumerate(checklist.after_end)]
    if (ranking := checklist.ranking) is not None:
        named.append((("ranking", "decision"), ranking.decision))
        named += [(("ranking", "stated", i), place) for i, place in enumerate(ranking.stated)]
        named += [(("ranking", "mended", i), place) for i, place in enumerate(ranking.mended)]
        named += [(("ranking", "replication"), ranking.replication)] * bool(ranking.replication)
    if (floor := checklist.floor) is not None:
        named += [(("floor", "parts", i), place) for i, place in enumerate(floor.parts)]
        named.append((("floor", "ending"), floor.ending))
    named += _circumstances(checklist)
    for path, place in named:
        if place not in parts and place not in steps:
            yield path, _("không có thành phần hay bước “{id}”").format(id=place)
    seen = {item.rule for item in checklist.items}
    rules = [(("order", i, "rule"), link.rule) for i, link in enumerate(checklist.order)]
    rules += [(("deadline", i, "rule"), deadline.rule) for i, deadline in enumerate(checklist.deadlines)]
    for path, rule in rules:
        if rule in seen:
            yield path, _("mã quy tắc {rule} đã dùng").format(rule=rule)
        seen.add(rule)


def _judged(checklist: Checklist) -> Iterator[tuple[Path, str]]:
    """Parts and steps referenced by rules other than completeness."""
    yield from ((("early", i, "part"), each.part) for i, each in enumerate(checklist.early))
    yield from ((("issuers", i, "part"), each.part) for i, each in enumerate(checklist.issuers))
    yield from ((("contents", i, "part"), each.part) for i, each in enumerate(checklist.contents))
    yield from (
        (("tell", i, "parts", p), x)
        for i, each in enumerate(checklist.tells)
        for p, x in enumerate(each.parts)
    )
    yield from ((("proposed_at", i), part) for i, part in enumerate(checklist.proposed_at))
    if checklist.recognised_at:
        yield ("recognised_at",), checklist.recognised_at
    for key in ("one_name", "evidence", "agreed"):
        if (one := getattr(checklist, key)) is not None:
            yield from (((key, "parts", i), part) for i, part in enumerate(one.parts))
    if checklist.commended is not None:
        yield ("commended", "recognised"), checklist.commended.recognised
        yield ("commended", "by"), checklist.commended.by


def _circumstances(checklist: Checklist) -> Iterator[tuple[Path, str]]:
    """Parts and steps referenced by ``circumstances``."""
    if (around := checklist.circumstances) is not None:
        yield from ((("circumstances", "single", i), place) for i, place in enumerate(around.single))
        yield from ((("circumstances", "expected", i), place) for i, place in enumerate(around.expected))
        for i, timing in enumerate(around.dates):
            path: Path = ("circumstances", "dates", i)
            yield (*path, "milestone"), timing.milestone
            yield from (((*path, "parts", p), place) for p, place in enumerate(timing.parts))


def _clock(index: int, deadline: Deadline, checklist: Checklist, parts: set[str]) -> Iterator[Problem]:
    if bool(deadline.before) == bool(deadline.months):
        yield ("deadline", index, "before"), _("phải khai đúng một trong hai: “before” hoặc “months”")
    elif deadline.months and checklist.plan_part is None:
        yield ("deadline", index, "months"), _("cần “plan_part” để tính hạn")
    elif deadline.before:
        part = deadline.part
        if part in parts and not any(r.per is not Per.ONCE for r in checklist.part(part).requirements):
            yield ("deadline", index, "parts"), _("thành phần “{id}” không lập theo kỳ").format(id=part)
        if deadline.before in ("30/02", "31/02", "31/04", "31/06", "31/09", "31/11"):
            yield ("deadline", index, "before"), _("không có ngày {day}").format(day=deadline.before)
