"""Common presentation for all formats: symbol, word and colour of each status, and wording of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dossier.checklists.conditions import FACTS as CONDITIONS
from dossier.checklists.english import citation_said, type_said
from dossier.checklists.sentence_case import body
from dossier.i18n import N_, _, language
from dossier.model import (
    AnyArchive,
    AnyDossier,
    Document,
    DossierReport,
    DueStatus,
    Fact,
    FactSource,
    FieldSource,
    Finding,
    Form,
    Header,
    ItemResult,
    PartResult,
    Reading,
    Retention,
    Severity,
    Signature,
    Status,
    UnreadReason,
)


@dataclass(frozen=True, slots=True)
class Look:
    """A symbol that is clear without colour, a word, a colour's name for the terminal; ``kind``: class
    name in style sheets."""

    symbol: str
    word: str
    colour: str
    kind: str = ""


_STATUS = {
    Status.PRESENT: ("✓", N_("đủ"), "green"),
    Status.PARTIAL: ("◐", N_("thiếu một phần"), "yellow"),
    Status.MISSING: ("✗", N_("thiếu"), "red"),
    Status.NOT_APPLICABLE: ("–", N_("không bắt buộc"), "bright_black"),
    Status.WAIVED: ("○", N_("được chấp nhận"), "cyan"),
    Status.NEEDS_REVIEW: ("?", N_("cần xem lại"), "magenta"),
}
_SEVERITY = {
    Severity.ERROR: ("✗", N_("lỗi"), "red"),
    Severity.WARNING: ("!", N_("cảnh báo"), "yellow"),
    Severity.INFO: ("i", N_("thông tin"), "blue"),
}
_FACTS = {
    "founded": N_("Ngày thành lập"),
    "ended": N_("Ngày kết thúc"),
    "planned": N_("Ngày ban hành kế hoạch"),
    "handed_over": N_("Ngày nộp lưu"),
    "members": N_("Đơn vị thành viên"),
    "led_by": N_("Lực lượng chủ trì"),
    "party_committee": N_("Có tổ chức đảng"),
    "unit": N_("Đơn vị"),
    "hold": N_("Tạm giữ, không xét hủy"),
    "existed": N_("Đã hoạt động, muộn nhất từ"),
    "recognised": N_("Ngày công nhận"),
    "open_membership": N_("Không giới hạn thành viên"),
    "year": N_("Kế hoạch lập theo"),
    "electronic": N_("Chỉ có bản điện tử"),
    "symbol": N_("Số, ký hiệu hồ sơ"),
    **{condition.value: fact.title for condition, fact in CONDITIONS.items()},
}
_SOURCES = {
    FactSource.PERSON: N_("người dùng ghi nhận"),
    FactSource.DECLARED: N_("khai trong hoso.toml"),
    FactSource.INFERRED: N_("suy từ tài liệu"),
    FactSource.ARCHIVE: N_("theo cài đặt của kho"),
    FactSource.DEFAULT: N_("mặc định"),
}
_DATED = frozenset({"founded", "ended", "planned", "recognised", "handed_over", "existed"})
_REASONS = {
    UnreadReason.ENCRYPTED: N_("có mật khẩu"),
    UnreadReason.CORRUPT: N_("không mở được"),
    UnreadReason.UNSUPPORTED: N_("chưa đọc được loại này"),
    UnreadReason.TIMEOUT: N_("đọc quá lâu"),
    UnreadReason.TOO_LARGE: N_("quá lớn"),
    UnreadReason.EMPTY: N_("không có chữ"),
    UnreadReason.IN_USE: N_("đang mở, đọc sau"),
    UnreadReason.NOT_LOCAL: N_("chưa tải về máy"),
}
_READINGS = {
    Reading.TEXT: N_("có sẵn chữ"),
    Reading.OCR: N_("nhận dạng từ bản quét"),
    Reading.MIXED: N_("một phần nhận dạng từ bản quét"),
    Reading.NONE: N_("không có chữ"),
}
_VALUES = {
    ("led_by", "police"): N_("lực lượng Công an"),
    ("led_by", "other"): N_("đơn vị khác"),
    ("year", "calendar"): N_("năm dương lịch"),
    ("year", "school"): N_("năm học"),
}
_MOSTLY = frozenset({"committee", "year"})  # usual defaults, not shown as assumptions


def status(value: Status) -> Look:
    """The look of a status."""
    symbol, word, colour = _STATUS[value]
    return Look(symbol, _(word), colour, value.value)


def advised() -> Look:
    """The look of something missing that leaves the dossier complete."""
    return Look("!", _("nên bổ sung"), "yellow", "advised")


def later() -> Look:
    """The look of something that is not required yet."""
    return replace(status(Status.NOT_APPLICABLE), symbol="…", word=_("chưa đến kỳ"))


def part(value: PartResult) -> Look:
    """The look of a part: red only if its absence makes the dossier incomplete."""
    if value.later:
        return later()
    return advised() if value.lacking and not value.required else status(value.status)


def item(value: ItemResult) -> Look:
    """The look of an item, by the most severe of its gaps."""
    lacking = [part for part in value.parts if part.lacking]
    if any(part.required for part in lacking):
        half = status(Status.PARTIAL if value.status is Status.PARTIAL else Status.MISSING)
        return replace(half, colour="red", kind=Status.MISSING.value)  # it makes the dossier incomplete
    if value.later:
        return later()
    return advised() if lacking else status(value.status)


def lacking(report: AnyDossier, *, required: bool) -> list[str]:
    """Ids of missing or partial parts: those that make the dossier incomplete (``required``), or
    the others."""
    parts = (part for item in report.items for part in item.parts)
    return [part.part for part in parts if part.lacking and part.required is required]


def lacking_words(report: AnyDossier) -> str:
    """The missing parts in words, recommended ones apart; a dash for none."""
    grave, light = (", ".join(lacking(report, required=required)) for required in (True, False))
    light = _("nên bổ sung: {parts}").format(parts=light) if light else ""
    return "; ".join(filter(None, (grave, light))) or "–"


def legend() -> list[Look]:
    """All looks of parts, in the order of the legend."""
    shown = [status(value) for value in Status]
    return [*shown[:3], advised(), *shown[3:4], later(), *shown[4:]]


def severity(value: Severity) -> Look:
    """The look of a severity."""
    symbol, word, colour = _SEVERITY[value]
    return Look(symbol, _(word), colour)


def signature(value: Signature) -> Look:
    """The look of a digital signature, by its integrity."""
    if not value.checked:
        return Look("–", _("chưa kiểm tra"), "bright_black")
    if not value.intact:
        return Look("✗", _("không còn nguyên vẹn"), "red")
    if value.amended:
        return Look("!", _("nguyên vẹn, có thay đổi sau khi ký"), "yellow")
    return Look("✓", _("nguyên vẹn"), "green")


def signed(value: Signature) -> str:
    """Signer, time (in the zone of the signature) and inner file, as far as known."""
    return ", ".join(
        filter(
            None,
            (
                value.signer or _("không rõ người ký"),
                value.at.strftime("%d/%m/%Y %H:%M %z") if value.at else "",
                value.inner,
            ),
        )
    )


def complete(report: AnyDossier) -> Look:
    """The look of a dossier's verdict; one that is complete with a stamp of secrecy is not all right."""
    if report.complete and report.secret:
        return Look("!", _("đủ văn bản, có cảnh báo mật"), "red", "alarmed")
    if report.complete:
        return Look("✓", _("đầy đủ"), "green")
    return Look("✗", _("chưa đầy đủ"), "red")


def reason(value: UnreadReason) -> str:
    """The reason why a file was not read, in two or three words."""
    return _(_REASONS[value])


def reading(value: Reading) -> str:
    """How a text was obtained, in words."""
    return _(_READINGS[value])


_COPIES = {"sao-y": N_("sao y"), "sao-luc": N_("sao lục"), "trich-sao": N_("trích sao")}


def state_of(header: Header) -> str:
    """Draft or copy, in words; empty for an ordinary document."""
    said = [_("dự thảo")] if header.draft else []
    return ", ".join([*said, *([_(_COPIES[header.copy])] if header.copy in _COPIES else [])])


def day(value: date | None) -> str:
    """A date in Vietnamese form; empty for none."""
    return value.strftime("%d/%m/%Y") if value else ""


def written(dated: str) -> str:
    """Convert a (partial) ISO date to Vietnamese form: ``12/2024``."""
    return "/".join(reversed(dated.split("-")))


def percent(value: float) -> str:
    """A percentage in the format of the language in use: ``94,1 %``, ``94.1 %``; integers without
    decimals."""
    return f"{decimal(value)} %"


def decimal(value: float) -> str:
    """A number with at most one decimal, with the decimal separator of the language in use."""
    said = f"{value:.1f}".removesuffix(".0")
    return said.replace(".", ",") if language() == "vi" else said


def fact_value(key: str, fact: Fact) -> str:
    """A fact's value in words; a dash if unknown."""
    value = fact.value
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return "; ".join(value) or "–"
    if known := _VALUES.get((key, str(value))):
        return _(known)
    if key == "unit" and value:
        return body(str(value))
    if isinstance(value, str) and key in _DATED:
        return written(value)  # known only to the month or the year
    return str(value) if value else "–"


def fact_name(key: str) -> str:
    """The name of a fact; an unknown key unchanged."""
    return _(_FACTS[key]) if key in _FACTS else key


def shown_facts(report: DossierReport) -> list[tuple[str, str, str]]:
    """Name, value and source of known facts; for models also an unknown founding date."""
    shown = []
    for key, fact in report.facts.items():
        known = fact.value not in (None, "", ())
        assumed = fact.source is FactSource.DEFAULT
        if known and not (assumed and (fact.value is False or key in _MOSTLY)):
            said = _(_SOURCES[fact.source])
            if fact.source in (FactSource.INFERRED, FactSource.PERSON) and fact.origin:
                said += f": {fact.origin.removeprefix(report.path + '/')}"
            shown.append((_(_FACTS.get(key, key)), fact_value(key, fact), said))
    return shown


def citation(text: str) -> str:
    """A citation in words of the language in use."""
    return citation_said(text)


def retention(value: Retention) -> str:
    """The retention period with its legal basis, and whether that was verified."""
    if not value.period:
        return _("chưa xác định thời hạn; chưa đối chiếu với {law}").format(law=value.title)
    if value.verified or not value.reasons:
        return _("{period}, theo {law}").format(
            period=value.period_title,
            law=citation(value.reasons[0].citation) if value.reasons else value.title,
        )
    said = _("{period}, tham khảo theo {citation}; chưa đối chiếu với {law}")
    source = citation(value.reasons[0].citation.split(" (")[0])
    return said.format(period=value.period_title, citation=source, law=value.title)


_DUES = {
    DueStatus.ON_TIME: ("✓", N_("đúng hạn"), "green"),
    DueStatus.LATE: ("!", N_("xong, trễ hạn"), "yellow"),
    DueStatus.OVERDUE: ("✗", N_("quá hạn"), "red"),
    DueStatus.SOON: ("!", N_("sắp đến hạn"), "yellow"),
    DueStatus.AHEAD: ("–", N_("chưa đến hạn"), "bright_black"),
}


def due(value: DueStatus) -> Look:
    """The look of a duty's state."""
    symbol, word, colour = _DUES[value]
    return Look(symbol, _(word), colour)


def number(symbol: str) -> str:
    """A number and symbol as a paper is cited: dotted where the number was not written or not read."""
    return f"…{symbol}" if symbol.startswith(("/", "-")) else symbol


def heading(document: Document) -> str:
    """A document in one line: type, number, date and abstract, as far as known."""
    header = document.header
    name = type_said(header.type) or (_("Tài liệu") if header.form is Form.NONE else _("Văn bản"))
    cited = _(" số {number}").format(number=number(header.number_symbol)) if header.number_symbol else ""
    dated = _(" ngày {day}").format(day=written(header.dated)) if header.dated else ""
    said = f": {header.abstract}" if header.abstract else ""
    return f"{name}{cited}{dated}{said}"


def summary_line(counts: Mapping[str, int], asked: int) -> str:
    """The archive in one sentence: the counts of the contract, and what a review asks about."""
    return _(
        "{dossiers} hồ sơ: {complete} đầy đủ, {incomplete} chưa đầy đủ. {files} tệp, {documents} văn bản; "
        "{needs_review} cần xem lại, {unread} chưa đọc được, {ignored} tệp không tính."
    ).format(**{**counts, "needs_review": asked})


def of_whole(report: AnyArchive) -> list[tuple[Look, Finding]]:
    """Errors and warnings on the archive as a whole, with their looks."""
    return [(severity(f.severity), f) for f in report.findings if f.severity is not Severity.INFO]


def share(report: AnyDossier) -> tuple[int, int]:
    """Number of items in order, and of items with requirements; items that are only recommended or not
    applicable do not count."""
    outside = (status(Status.NOT_APPLICABLE).kind, advised().kind)
    asked = [each for each in report.items if item(each).kind not in outside]
    right = [each for each in asked if each.status in (Status.PRESENT, Status.WAIVED)]
    return len(right), len(asked)


def shown_parts(item: ItemResult) -> list[PartResult]:
    """Parts that are applicable or have documents; else the item as one part."""
    shown = [p for p in item.parts if p.status is not Status.NOT_APPLICABLE or p.documents]
    return shown or [PartResult(str(item.item), item.title, item.status, False, later=item.later)]


def printable(text: str, keep: str = "") -> str:
    """Replace unprintable characters, except those in ``keep``: file names may contain control
    characters, which must not reach a terminal or a file format."""
    return "".join(char if char.isprintable() or char in keep else "�" for char in text)


_OPEN = {"number_symbol": N_("số, ký hiệu"), "date": N_("ngày ban hành"), "abstract": N_("trích yếu"),
         "issuing_body": N_("cơ quan ban hành"), "superior_body": N_("cơ quan chủ quản")}  # fmt: skip


def open_fields(document: Document) -> list[str]:
    """A sentence for each doubtful field, with its candidates."""
    said = []
    for name in document.open_fields:
        candidates = document.header.fields[name].candidates
        may_be = ", ".join(map(written, candidates) if name == "date" else candidates)
        if document.header.fields[name].source is FieldSource.ORDER:
            told = _("{field} trái thứ tự ngày của các số liền kề trong sổ; đọc được {values}")
        else:
            told = _("{field} đọc chưa chắc, có thể là {values}") if may_be else _("{field} đọc chưa chắc")
        said.append(told.format(field=_(_OPEN[name]), values=may_be))
    return said
