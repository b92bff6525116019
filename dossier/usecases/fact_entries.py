"""Record facts of a dossier and fulfilled duties of the unit as entered by a person. Originals stay
unchanged.

Keys and values are Vietnamese, with or without diacritics, or those of ``hoso.toml``; dates may be written in
the usual ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dossier.archive import Archive
from dossier.checklists.conditions import FACTS, When
from dossier.checklists.duties import Duty, load_duties
from dossier.checklists.spoken import rule_named
from dossier.compliance.naming import title
from dossier.compliance.periods import EARLIEST, LATEST, span
from dossier.compliance.unit import UNKNOWN, WHERE
from dossier.errors import UsageError
from dossier.i18n import _, language
from dossier.model import DossierReport, FactValue, ToldFact
from dossier.usecases import typed_text
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.typed_days import typed_day
from dossier.usecases.whole_acts import whole_act
from dossier.vietnamese import nfc, slug, words
from dossier.workspace import person

# Names accepted for each key of a fact; the first one is shown.
KEYS: dict[str, tuple[str, ...]] = {
    "founded": ("thành-lập", "ngày-thành-lập"),
    "ended": ("kết-thúc", "ngày-kết-thúc"),
    "handed_over": ("nộp-lưu", "ngày-nộp-lưu"),
    "planned": ("kế-hoạch", "ngày-kế-hoạch", "ngày-ban-hành-kế-hoạch"),
    "recognised": ("công-nhận", "ngày-công-nhận"),
    "led_by": ("chủ-trì", "lực-lượng-chủ-trì", "đơn-vị-chủ-trì"),
    "unit": ("đơn-vị", "đơn-vị-giữ-hồ-sơ"),
    "linked": FACTS[When.LINKED].names,
    "members": ("thành-viên", "đơn-vị-thành-viên"),
    "open_membership": ("không-giới-hạn-thành-viên", "thành-viên-mở"),
    "committee": FACTS[When.COMMITTEE].names,
    "fund": FACTS[When.FUND].names,
    "party_committee": ("tổ-chức-đảng", "có-tổ-chức-đảng", "cấp-ủy"),
    "pilot": FACTS[When.PILOT].names,
    "year": ("năm-kế-hoạch", "lịch-năm"),
    "electronic": ("hồ-sơ-điện-tử", "bản-điện-tử"),
    "hold": ("tạm-giữ", "giữ-lại"),
    "symbol": ("ký-hiệu", "số-ký-hiệu", "số-hồ-sơ"),
}
KEYS |= {condition.value: fact.names for condition, fact in FACTS.items() if condition.value not in KEYS}
_AHEAD = timedelta(days=366)  # a duty whose deadline is further away cannot be done yet
_DAYS = frozenset({"founded", "ended", "handed_over", "planned", "recognised"})
_TEXTS = frozenset({"unit", "hold", "symbol"})
_WORDS: dict[str, dict[str, str]] = {
    "led_by": {
        "police": "police", "cong an": "police", "luc luong cong an": "police",
        "other": "other", "khac": "other", "don vi khac": "other", "mat tran": "other",
        "doanh nghiep": "other", "truong hoc": "other", "co so giao duc": "other", "co quan": "other",
        "ban nganh": "other",
    },
    "year": {
        "school": "school", "nam hoc": "school", "calendar": "calendar", "nam duong lich": "calendar",
        "duong lich": "calendar", "nam": "calendar",
    },
}  # fmt: skip
_YES = frozenset({"co", "dung", "yes", "true", "1", "x", "roi"})
_NO = frozenset({"khong", "sai", "no", "false", "0", "chua", "ko"})


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A parsed ``key=value`` entry; ``value`` ``None``: revoke what was entered for this key."""

    key: str
    value: FactValue


def parse_fact(assignment: str) -> FactEntry:
    """Parse ``thành-lập=05/03/2023``. Raises :class:`UsageError` that lists what may be written."""
    name, equals, text = nfc(assignment).partition("=")
    key = _key(name)
    if not equals:
        raise UsageError(
            _("“{text}” thiếu dấu =.").format(text=assignment),
            _("Viết KHÓA=GIÁ-TRỊ, ví dụ: {key}=…; để trống sau dấu = thì bỏ điều đã ghi.").format(
                key=key_name(key)
            ),
        )
    if key == "members":
        text = text.strip().replace("\n", ";")
    text = typed_text.checked(text, key_name(key), typed_text.LONGEST_FACT)
    return FactEntry(key, _value(key, text) if text else None)


def _key(name: str) -> str:
    wanted = slug(name)
    for key, names in KEYS.items():
        if wanted in (slug(key), *map(slug, names)):
            return key
    raise UsageError(
        _("Không có điều gì của hồ sơ tên “{name}”.").format(name=name.strip()),
        _("Các khóa: {keys}.").format(keys=", ".join(map(key_name, KEYS))),
    )


def _value(key: str, text: str) -> FactValue:
    if key in _DAYS:
        return day_of(text)
    if key in _TEXTS:
        return text
    if key == "members":
        return tuple(part.strip() for part in text.split(";") if part.strip())
    known = _WORDS.get(key)
    said = words(text)
    if known is not None:
        if said not in known:
            raise UsageError(
                _("{key}: không hiểu giá trị “{text}”.").format(key=key_name(key), text=text),
                _("Viết công an hoặc đơn vị khác.")
                if key == "led_by"
                else _("Viết năm học hoặc năm dương lịch."),
            )
        return known[said]
    if said in _YES or said in _NO:
        return said in _YES
    raise UsageError(
        _("{key}: không hiểu giá trị “{text}”.").format(key=key_name(key), text=text),
        _("Viết có hoặc không."),
    )


def key_name(key: str) -> str:
    """Return the name of a key for display: in Vietnamese, in other languages the key of ``hoso.toml``."""
    return KEYS[key][0] if language() == "vi" else key


def shown_value(value: str) -> str:
    """Return the word for a value of ``led_by`` or ``year``, as :func:`parse_fact` accepts it."""
    return {
        "police": _("công an"), "other": _("đơn vị khác"),
        "school": _("năm học"), "calendar": _("năm dương lịch"),
    }.get(value, value)  # fmt: skip


def day_of(text: str) -> date | str:
    """Parse a date, or a month (``2024-03``) or year (``2024``) if no more is known.

    Raises :class:`UsageError` for a text that is no date, an impossible date, or one before 1945.
    """
    said = typed_day(text)
    known = said if said and said.whole_year else None
    if known and known.day:
        try:
            found = date(*map(int, known))
        except ValueError:
            raise UsageError(
                _("Không có ngày “{text}” trong lịch.").format(text=text), _("Xem lại ngày, tháng, năm.")
            ) from None
        if not EARLIEST <= found < LATEST:
            raise UsageError(
                _("Ngày “{text}” không dùng được: năm phải từ 1945.").format(text=text),
                _("Viết đủ bốn chữ số của năm, như 05/03/2024."),
            )
        return found
    partial = f"{known.year}-{int(known.month):02}" if known and known.month else known.year if known else ""
    if partial and span(partial):
        return partial
    raise UsageError(
        _("“{text}” không phải ngày.").format(text=text),
        _("Viết như 05/03/2024; chỉ biết tháng hoặc năm thì viết 03/2024 hoặc 2024."),
    )


def record_and_report(archive: Archive, dossier: str, assignments: Sequence[str]) -> DossierReport:
    """Record facts of a dossier and return its new report."""
    facts(archive, dossier)  # raises an error if there is no such dossier
    record(archive, dossier, assignments)
    return facts(archive, dossier)


def record(archive: Archive, dossier: str, assignments: Sequence[str]) -> None:
    """Record facts of an existing dossier."""
    sayings = [parse_fact(assignment) for assignment in assignments]
    author, now = person(), datetime.now(UTC)
    with writing(archive, "set"), open_known(archive) as catalogue, whole_act(archive, catalogue) as say:
        say("set", dossier, said=list(assignments))
        for saying in sayings:
            if saying.value is None:
                catalogue.facts.end(dossier, saying.key, author=author)
        catalogue.facts.record(
            ToldFact(dossier, saying.key, saying.value, author, now)
            for saying in sayings
            if saying.value is not None
        )


def entries_of(archive: Archive, dossier: str, *, history: bool = True) -> tuple[ToldFact, ...]:
    """Return people's entries on a dossier, or (``.``) on the unit's duties, oldest first; with ``history``
    also those replaced or revoked."""
    with open_known(archive) as catalogue:
        return catalogue.facts.all(history=history, dossier=dossier)


def choices(key: str) -> tuple[str, ...]:
    """Return the values to choose from, as :func:`parse_fact` accepts them; empty for free text and dates."""
    if key in _WORDS:
        return tuple(dict.fromkeys(_WORDS[key].values()))
    return () if key in _DAYS or key in _TEXTS or key == "members" else ("yes", "no")


def facts(archive: Archive, dossier: str) -> DossierReport:
    """Return the dossier's report, which contains its facts with their sources."""
    return assess(archive, dossier=dossier).dossiers[0]


def done(
    archive: Archive, rule: str, year: int, on: str = "", *, undo: bool = False, today: date | None = None
) -> ToldFact | None:
    """Record that the unit fulfilled a duty for ``year``, ``on`` a day if known; ``undo``: revoke that.

    Returns the record, ``None`` if revoked. Raises :class:`UsageError` for an unknown duty or a bad day.
    """
    duty, last = duty_with_deadline(rule, year)
    key, author, now = f"{duty.rule}/{year}", person(), today or date.today()
    if not undo and last - now > _AHEAD:
        raise UsageError(
            _("{rule} năm {year} chưa đến kỳ.").format(rule=duty.rule, year=year),
            _("Xem việc của đơn vị bằng: dossier due"),
        )
    with (
        writing(archive, "done"),
        open_known(archive) as catalogue,
        whole_act(archive, catalogue) as say,
    ):
        say("undone" if undo else "done", key, on=on)
        if undo:
            if not catalogue.facts.end(WHERE, key, author=author):
                raise UsageError(
                    _("Chưa từng ghi nhận {rule} năm {year}.").format(rule=duty.rule, year=year),
                    _("Xem các việc đã ghi nhận bằng: dossier done"),
                )
            return None
        day = done_on(on, last, now)
        fact = ToldFact(WHERE, key, day, author, datetime.now(UTC))
        catalogue.facts.record([fact])
    return fact


def duty_with_deadline(rule: str, year: int) -> tuple[Duty, date]:
    """Return a duty of the unit and its deadline for a year. Raises :class:`UsageError` if there is none."""
    duty = _duty(rule)
    last = duty.last_day(year) if 1945 <= year < LATEST.year else None
    if last is None or not duty.in_force(last):
        raise UsageError(
            _("{rule} không có việc của năm {year}.").format(rule=duty.rule, year=year),
            _("Xem việc của đơn vị bằng: dossier due"),
        )
    return duty, last


def done_on(on: str, last: date, today: date) -> FactValue:
    """Return the day on which a duty was fulfilled. Without a day given: today if the deadline has not
    passed, otherwise ``True`` (fulfilled on an unknown day)."""
    if not on.strip():
        return today if today <= last else True
    day = day_of(on)
    if not isinstance(day, date) or day > today or day == UNKNOWN:
        raise UsageError(
            _("Ngày “{text}” không dùng được.").format(text=on),
            _("Viết đủ ngày, tháng, năm, không sau hôm nay; không nhớ ngày thì bỏ --on."),
        )
    return day


def _duty(rule: str) -> Duty:
    known = {duty.rule: duty for duty in load_duties()}
    if rule_named(rule) not in known:
        raise UsageError(
            _("“{rule}” không phải việc chung của đơn vị.").format(rule=rule),
            _("Chỉ ghi được: {rules}.").format(
                rules="; ".join(f"{duty.rule} ({title(duty)})" for duty in known.values())
            ),
        )
    return known[rule_named(rule)]
