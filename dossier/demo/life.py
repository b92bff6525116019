"""The random history of a dossier: when it began and ended, its documents, and which of them are missing."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dossier.demo.paper import Place
from dossier.demo.requirements import Held, Need, SampleLife, meets, needs, qualifies

_COMPLETE = 0.36  # share of dossiers from which nothing that counts is taken
_EARLIEST = date(2018, 2, 1)


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """A document to be written: the name of its text in the bank, its day, its places in the dossier."""

    key: str
    day: date
    places: tuple[Place, ...]

    @property
    def period(self) -> str:
        """The period it is about, if any."""
        return next((place.period for place in self.places if place.period), "")


@dataclass(frozen=True, slots=True)
class Course:
    """The history of a dossier: the true facts, and the documents that are not missing, in order of time."""

    life: SampleLife
    orders: tuple[PaperOrder, ...]


def place(part: str, step: str = "", period: str = "") -> Place:
    """Return a place by the id of its part."""
    return Place(int(part.rstrip("abc")), part, step, period)


def held(orders: tuple[PaperOrder, ...]) -> list[Held]:
    """Return the places that the documents fill."""
    return [Held(p.part, p.period, p.step) for order in orders for p in order.places]


class _Diary:
    """Collects the documents written up to ``today``."""

    def __init__(self, rng: random.Random, today: date) -> None:
        self.rng, self.today, self.orders = rng, today, list[PaperOrder]()

    def between(self, first: date, last: date) -> date:
        return first + timedelta(self.rng.randint(0, max(0, (last - first).days)))

    def write(self, part: str, day: date, step: str = "", period: str = "", key: str = "") -> None:
        if day <= self.today:
            self.orders.append(PaperOrder(key or part, day, (place(part, step, period),)))

    def after(self, day: date, least: int, most: int) -> date:
        """Return a day between ``least`` and ``most`` days later, but not after today."""
        return min(self.today, day + timedelta(self.rng.randint(least, most)))


def model_course(rng: random.Random, today: date, linked: bool) -> Course:
    """Return the history of a model."""
    age = _age(rng, (today - _EARLIEST).days)
    founded = today - timedelta(age)
    ended = None
    if age > 330 and rng.random() < 0.28:
        ended = founded + timedelta(rng.randint(250, age - 25))
    life = SampleLife("mo-hinh", founded, ended, linked, rng.random() < 0.3, rng.random() < 0.14)
    diary = _Diary(rng, today)
    _founding(diary, life)
    for year in range(founded.year, today.year + 1):
        _year(diary, life, year)
    _reviews(diary, life)
    if ended:
        _ending(diary, ended)
    return _combined(rng, _with_losses(rng, Course(life, tuple(diary.orders)), today))


def _age(rng: random.Random, oldest: int) -> int:
    """Return days since founding: mostly under three years, some very few, some from the first years."""
    least, most = rng.choices(
        ((6, 75), (75, 330), (330, 800), (800, 1080), (1080, oldest)), (8, 17, 36, 30, 9)
    )[0]
    return rng.randint(least, max(least, most))


def _founding(diary: _Diary, life: SampleLife) -> None:
    rng = diary.rng
    assert life.founded is not None
    founded = life.founded
    steps = [rng.randint(*span) for span in ((9, 24), (3, 12), (3, 12), (3, 10), (4, 14))]
    day = founded - timedelta(sum(steps))
    for part, step in zip(("1", "2", "3", "4", "5"), steps, strict=True):
        diary.write(part, day)
        day += timedelta(step)
    if rng.random() < 0.7:
        diary.write("16a", founded - timedelta(rng.randint(1, 6)))
    diary.write("6a", founded)
    diary.write("6b", founded if rng.random() < 0.6 else diary.after(founded, 0, 4))
    diary.write("6c", founded if rng.random() < 0.5 else diary.after(founded, 0, 6))
    for part in ("7a", "7b", *["7c"] * life.linked):
        diary.write(part, diary.after(founded, 2, 18))
    for _ in range(rng.choice((1, 2, 2))):
        diary.write("8a", diary.after(founded, 4, 28))
    if life.pilot:
        diary.write("8b", diary.after(founded, 5, 40))
    if life.fund:
        diary.write("12", diary.after(founded, 60, 300))


def _year(diary: _Diary, life: SampleLife, year: int) -> None:
    """Write the yearly documents."""
    rng, end = diary.rng, life.ended or date.max
    assert life.founded is not None
    due = {(need.part, need.period) for need in needs(life, date(year + 1, 3, 1))}
    plan = max(date(year, 1, 3), life.founded + timedelta(8))
    if ("9", str(year)) in due:
        diary.write("9", min(end, plan + timedelta(rng.randint(0, 20))), period=str(year))
    if ("10a", f"{year}-H1") in due:
        half = diary.between(date(year, 6, 18), date(year, 7, 8))
        diary.write("10a", min(end, half), period=f"{year}-H1")
    close = diary.between(date(year, 10, 26), date(year, 11, 3))
    if ("10b", str(year)) in due:
        diary.write("10b", min(end, close), period=str(year))
    if rng.random() < 0.3 and life.founded < date(year, 5, 1) and end > date(year, 9, 1):
        diary.write("10c", diary.between(date(year, 5, 10), date(year, 8, 30)))
    if rng.random() < 0.2 and life.founded < date(year - 1, 12, 1) and end > date(year, 6, 1):
        diary.write("14", diary.between(date(year, 2, 1), date(year, 5, 25)))
    if qualifies(life, year):
        diary.write("13a", close, period=str(year))
        diary.write("13b", diary.between(date(year, 11, 5), date(year, 11, 9)), period=str(year))
        if rng.random() < 0.25:
            diary.write("13c", diary.between(date(year, 11, 12), date(year, 12, 28)))
        if rng.random() < 0.1 and end > date(year + 1, 6, 1):
            diary.write("16b", diary.between(date(year + 1, 2, 1), date(year + 1, 5, 1)))
        if not any(order.key == "11" for order in diary.orders) or rng.random() < 0.4:
            diary.write("11", diary.between(date(year, 10, 20), date(year, 11, 8)))


def _reviews(diary: _Diary, life: SampleLife) -> None:
    """Write the review after the first whole evaluation year, or shortly before the end."""
    assert life.founded is not None
    year = life.founded.year + (life.founded > date(life.founded.year, 11, 1)) + 1
    if life.ended is None or life.ended >= date(year, 12, 30):
        diary.write("15a", diary.between(date(year, 11, 6), date(year, 11, 20)))
        diary.write("15b", diary.between(date(year, 11, 25), date(year, 12, 26)))
    else:
        diary.write("15a", life.ended - timedelta(diary.rng.randint(60, 75)))
        diary.write("15b", life.ended - timedelta(diary.rng.randint(40, 55)))


def _ending(diary: _Diary, ended: date) -> None:
    for step, least, most in (("assessment", -38, -30), ("opinions", -25, -10), ("decision", 0, 0),
                              ("notice", 1, 9)):  # fmt: skip
        day = ended + timedelta(diary.rng.randint(least, most))
        diary.write("16c", day, step=step, key=f"16c-{step}")


def exemplar_course(rng: random.Random, today: date) -> Course:
    """Return the history of an exemplar."""
    planned = today - timedelta(rng.choice((rng.randint(10, 350), rng.randint(366, 900))))
    diary = _Diary(rng, today)
    diary.write("1", planned - timedelta(rng.randint(14, 40)), key="d1")
    diary.write("2", planned - timedelta(rng.randint(1, 12)), key="d2")
    diary.write("3", planned, key="d3")
    if rng.random() < 0.2:
        diary.write("5", planned + timedelta(rng.randint(150, 220)), step="review", key="d5-review")
    report = planned + timedelta(rng.randint(320, 348))
    diary.write("4", report, key="d4")
    verdict = "end" if rng.random() < 0.15 else "recognise"
    diary.write("5", report + timedelta(rng.randint(3, 14)), step=verdict, key=f"d5-{verdict}")
    for step, chance in (("commend", 0.35), ("replicate", 0.2)):
        if verdict == "recognise" and rng.random() < chance:
            diary.write("5", report + timedelta(rng.randint(20, 90)), step=step, key=f"d5-{step}")
    life = SampleLife("dien-hinh", planned=planned)
    course = _with_losses(rng, Course(life, tuple(diary.orders)), today)
    return replace(course, life=_exemplar_life(course))


def _exemplar_life(course: Course) -> SampleLife:
    """Return the facts that the documents not missing tell of an exemplar."""
    days = {order.key: order.day for order in reversed(course.orders)}
    return replace(
        course.life, planned=days.get("d3"), recognised=days.get("d5-recognise"), ended=days.get("d5-end")
    )


def _with_losses(rng: random.Random, course: Course, today: date) -> Course:
    """Remove the documents of one to four requirements, none, or only recommended ones."""
    asked = needs(course.life, today)
    lost: list[Need] = []
    if rng.random() >= _COMPLETE:
        count = min(len(asked), rng.choices((1, 2, 3, 4), (35, 30, 20, 15))[0])
        if course.life.kind == "dien-hinh":
            count = min(count, 2)
        lost = rng.sample(asked, count)
    elif rng.random() < 0.25:
        lost = [need for need in asked if need.warning]
    if any(need.part in ("9", "10a", "10b", "13a", "13b") for need in lost) and rng.random() < 0.2:
        lost += [need for need in asked if need.part == lost[0].part]  # the habit was missing, not one sheet
    kept = tuple(
        order
        for order in course.orders
        if not any(meets(need, Held(p.part, p.period, p.step)) for need in lost for p in order.places)
    )
    return replace(course, orders=tuple(sorted(kept, key=lambda order: order.day)))


_COMBINATIONS = (
    (("2", "3"), "2+3", 0.14),
    (("6a", "6b", "6c"), "6a+6b+6c", 0.25),
    (("6a", "6b"), "6a+6b", 0.15),
    (("10b", "13a"), "10b+13a", 0.22),
    (("15b", "16c-assessment"), "15b+16c", 0.35),
)


def _combined(rng: random.Random, course: Course) -> Course:
    """Replace several documents by one that serves for all of them, as offices do."""
    orders = list(course.orders)
    for keys, name, chance in _COMBINATIONS:
        for period in sorted({order.period for order in orders if order.key in keys}):
            parts = [next((o for o in orders if o.key == key and o.period == period), None) for key in keys]
            found = [part for part in parts if part is not None]
            review_apart = name == "15b+16c" and len(found) == 2 and (found[1].day - found[0].day).days > 60
            if len(found) < len(keys) or review_apart or rng.random() >= chance:
                continue
            orders = [order for order in orders if order not in found]
            day = found[0].day if name.startswith("6a") else found[-1].day
            orders.append(PaperOrder(name, day, tuple(p for order in found for p in order.places)))
    return replace(course, orders=tuple(sorted(orders, key=lambda order: order.day)))
