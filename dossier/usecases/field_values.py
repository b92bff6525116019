"""Validate values that a person types for fields of a document's head, and convert them to the header's
form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from dossier.checklists.vocabulary import current, name_of
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Header
from dossier.scanner.recognise.levels import level_of
from dossier.scanner.recognise.names import person_named
from dossier.scanner.recognise.number import find_number
from dossier.usecases.typed_days import typed_day
from dossier.vietnamese import fold, nfc, squash, words

FIELDS = ("number", "date", "type", "abstract", "issuer", "signer")
STORED = {  # by these, the names in a header and a correction
    "number": "number_symbol",
    "date": "date",
    "type": "type",
    "abstract": "abstract",
    "issuer": "issuing_body",
    "signer": "signer",
}
_LONGEST = {"number": 60, "abstract": 2000, "issuer": 300, "signer": 80}
# A document number as written on papers, including symbols outside the vocabulary: 12/QĐ-UBND, 12-QĐ/ĐU,
# 05a/X11, HD-05/CAX, 12 QĐ/ĐU; and a symbol whose number was left blank: /QĐ-UBND.
_MARK = r"[^\W\d_][\w()]*"
_NUMBER = re.compile(
    rf"(?:{_MARK}[-./])*[0-9]{{1,7}}(?: ?[^\W\d_]{{1,3}})?"
    rf"(?:[-–./+&]\w[\w()]*| ?\([\w ]+\)| {_MARK}[-/]{_MARK})*"
    rf"|[…._]*/{_MARK}(?:[-–./+&]{_MARK})*"
)
_DAY = re.compile(r"[0-9]{1,2}([-./])[0-9]{1,2}\1(?:19|20)[0-9]{2}")
_YEARS = 1900  # earliest year of a document


def parsed(typed_values: dict[str, str], header: Header, today: date | None = None) -> dict[str, str]:
    """Convert values typed for :data:`FIELDS` to the values of a :class:`~dossier.model.Correction`.

    ``header``: the document's recognised head, which also determines the issuer's level. Raises
    :class:`UsageError` for an invalid value.
    """
    values: dict[str, str] = {}
    for name, typed in typed_values.items():
        text = squash(nfc(typed))
        longest = _LONGEST.get(name, 100)
        if len(text) > longest:
            raise UsageError(_("Giá trị dài quá {longest} ký tự.").format(longest=longest))
        values |= _PARSERS[name](text, header, today or date.today())
    return values


def typed(values: Mapping[str, str]) -> dict[str, str]:
    """Convert the values of a :class:`~dossier.model.Correction` to the form that a person types, by
    :data:`FIELDS`."""
    found = {name: values[stored] for name, stored in STORED.items() if stored in values}
    if found.get("type"):
        found["type"] = name_of(found["type"])
    if rank := values.get("signer_rank", ""):
        found["signer"] = f"{rank} {found.get('signer', '')}"
    return found


def read(header: Header) -> dict[str, str]:
    """Return a header's values in the form that a person types, by :data:`FIELDS`."""
    return {
        "number": header.number_symbol,
        "date": "/".join(reversed(header.dated.split("-"))),
        "type": name_of(header.type) if header.type else "",
        "abstract": header.abstract,
        "issuer": header.issuing_body,
        "signer": f"{header.signer_rank} {header.signer}".strip(),
    }


def parse_date(text: str, today: date) -> str:
    """Parse a complete or partial date: ``2024-12-05``, ``2024-12`` or ``2024``. Raises
    :class:`UsageError`."""
    if not text:
        return ""
    said = typed_day(text)
    if said is None:
        raise UsageError(
            _("“{value}” không phải ngày.").format(value=text),
            _("Ghi như trên văn bản: 05/12/2024; biết đến đâu ghi đến đó: 12/2024 hoặc 2024."),
        )
    year, month, day = said
    if not said.whole_year:
        raise UsageError(_("Ghi đủ bốn chữ số của năm: “{value}”.").format(value=text))
    if not _YEARS <= int(year) <= today.year + 1:
        raise UsageError(_("Năm {year} không thể là năm của văn bản.").format(year=year))
    try:
        known = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise UsageError(
            _("Không có ngày {value} trong lịch.").format(value=text), _("Kiểm tra lại ngày và tháng.")
        ) from None
    return known.isoformat()[: len("2024-12-05") if day else len("2024-12") if month else len("2024")]


def parse_type(text: str) -> str:
    """Return the slug of a document type given by name, code or slug. Raises :class:`UsageError` with similar
    names."""
    if not text:
        return ""
    vocabulary = current()
    slugs = {words(slug): slug for slug in vocabulary.names}
    for each in vocabulary.types:
        for name in (each.name, *each.also):
            slugs.setdefault(words(name), each.slug)
    codes = {fold(code): slug for code, slug in vocabulary.codes.items()}
    found = vocabulary.codes.get(text) or slugs.get(words(text)) or codes.get(fold(text))
    if found is None:
        close = get_close_matches(words(text), slugs, n=3, cutoff=0.5)
        near = ", ".join(dict.fromkeys(vocabulary.names[slugs[name]].lower() for name in close))
        raise UsageError(
            _("Không có loại văn bản “{type}”.").format(type=text),
            _("Có thể là: {close}.").format(close=near) if near else _("Ghi tên loại, ví dụ: quyết định."),
        )
    return found


def _number(text: str, _header: Header, _today: date) -> dict[str, str]:
    if not text:
        return {"number_symbol": ""}
    labelled = text if fold(text).startswith("so") else f"Số: {text}"
    found = find_number(labelled)
    # A number that the recogniser would not accept is kept as typed.
    bare = re.sub(r"^s[ốo]\s*:?\s*", "", text, flags=re.IGNORECASE)
    whole = found is not None and not labelled[found.end :].strip()
    if whole and found and (found.value[:1].isdigit() or not bare[:1].isdigit()):  # 12 bis/QĐ keeps its 12
        return {"number_symbol": found.value}
    written = re.sub(r"\s*([/-])\s*", r"\1", bare).rstrip(" .,;")
    if _DAY.fullmatch(written):
        raise UsageError(
            _("“{value}” là ngày, không phải số, ký hiệu.").format(value=text),
            _("Ghi ngày vào ô của ngày; số, ký hiệu ghi như trên văn bản: 12/QĐ-UBND."),
        )
    if not _NUMBER.fullmatch(written):
        raise UsageError(
            _("“{value}” không thể là số, ký hiệu của văn bản.").format(value=text),
            _("Ghi như trên văn bản: 12/QĐ-UBND; văn bản không có số thì để trống."),
        )
    return {"number_symbol": written}


def _date(text: str, _header: Header, today: date) -> dict[str, str]:
    return {"date": parse_date(text, today)}


def _type(text: str, _header: Header, _today: date) -> dict[str, str]:
    return {"type": parse_type(text)}


def _abstract(text: str, _header: Header, _today: date) -> dict[str, str]:
    return {"abstract": text}


def _issuer(text: str, header: Header, _today: date) -> dict[str, str]:
    level = level_of(header.form, text, header.superior_body, header.number_symbol) if text else None
    return {"issuing_body": text, "issuer_level": level.value if level else ""}


def _signer(text: str, _header: Header, _today: date) -> dict[str, str]:
    found = person_named(text) if text else None
    if found is not None and found.name:
        return {"signer": found.name, "signer_rank": found.rank}
    return {"signer": text} | ({} if text else {"signer_rank": ""})


_PARSERS = {
    "number": _number,
    "date": _date,
    "type": _type,
    "abstract": _abstract,
    "issuer": _issuer,
    "signer": _signer,
}
