"""Metadata of a dossier and its documents for the receiving archive, as XML and as tables.

Names and lengths of the first form: Nghị định 30/2020/NĐ-CP, annex VI. The second form follows the terms of
the Law on Archives of 2024 and Nghị định 113/2025/NĐ-CP, whose annex was not available: it is marked as not
verified.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dossier.checklists.vocabulary import name_of
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.model import DossierReport, Office
from reports.csv import harmless
from reports.papers import sheets, wording

# Annex VI: maximal number of characters of a value.
_LONGEST = {
    "OrganId": 13, "FileCatalog": 4, "FileNotation": 20, "Title": 500, "Maintenance": 30, "Rights": 30,
    "Creator": 30, "Language": 50, "DocTotal": 4, "PageTotal": 4, "Description": 500, "DocOrdinal": 3,
    "TypeName": 100, "CodeNumber": 11, "CodeNotation": 30, "OrganName": 200, "Subject": 500, "PageAmount": 3,
    "Position": 100, "FullName": 50, "Priority": 1, "IssuedAmount": 3,
}  # fmt: skip
# Elements in the order of the annex's tables; FileCode is a group of these three.
_CODE = ("OrganId", "FileCatalog", "FileNotation")
_DOSSIER = (
    "Title", "Maintenance", "Rights", "Creator", "Language", "StartDate", "EndDate", "DocTotal", "PageTotal",
    "Description",
)  # fmt: skip
_DOCUMENT = (
    "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject", "Language",
    "PageAmount", "Description",
)  # fmt: skip
SCHEMA = Path(__file__).with_name("phu-luc-VI.xsd")
_VIETNAMESE = "Tiếng Việt"
# The terms of the later law for the same values; the element names in its annex are not known.
_TERMS = {
    "FileCode": "MaHoSo", "Title": "TieuDeHoSo", "Maintenance": "ThoiHanLuuTru", "Rights": "CheDoSuDung",
    "Creator": "NguoiLapHoSo", "Language": "NgonNgu", "StartDate": "ThoiGianBatDau",
    "EndDate": "ThoiGianKetThuc", "DocTotal": "TongSoTaiLieu",
    "PageTotal": "SoTrang", "Description": "ChuGiai", "DocOrdinal": "ThuTu",
    "TypeName": "TenLoai", "CodeNumber": "So", "CodeNotation": "KyHieu", "IssuedDate": "NgayBanHanh",
    "OrganName": "CoQuanBanHanh", "Subject": "TrichYeu", "PageAmount": "SoTrang", "Position": "ChucVuNguoiKy",
    "FullName": "NguoiKy", "Priority": "MucDoKhan", "IssuedAmount": "SoBan", "Path": "TepTin",
    "Sha256": "MaBam",
}  # fmt: skip
_UNVERIFIED = (
    "Chưa đối chiếu: tên các trường theo thuật ngữ của Luật Lưu trữ năm 2024 và Nghị định số 113/2025/NĐ-CP; "
    "phụ lục của Nghị định chưa đọc được. Đơn vị đối chiếu trước khi nhập vào hệ thống."
)
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Description:
    """Values of the dossier and of each document by their names in annex VI, empty if unknown; ``cut``: names
    of values shortened to the allowed length."""

    dossier: Values
    documents: Sequence[Values]
    cut: Sequence[str] = field(default=())


def describe(
    dossier: DossierReport, office: Office, pages: Mapping[str, int], hashes: Mapping[str, str]
) -> Description:
    """Collect the metadata. ``pages``: as in :mod:`reports.papers.sheets`; ``hashes``: SHA-256 by file
    path."""
    cut: list[str] = []
    listed = sheets.entries(dossier, pages)
    first, last = wording.days(dossier)
    symbol = wording.symbol(dossier)
    year = wording.years(dossier)[-4:]
    total = sheets.total(listed)
    kept = dossier.retention
    verified = "" if kept.verified else " (chưa đối chiếu)"
    about = {
        "FileCode": ".".join((office.code, year, symbol)) if office.code and year and symbol else "",
        "OrganId": office.code,
        "FileCatalog": year,
        "FileNotation": symbol,
        "Title": wording.title(dossier),
        "Maintenance": (wording.period(kept).removesuffix(" (*)") + verified) if kept.period else "",
        "Rights": "",
        "Creator": "",
        "Language": _VIETNAMESE,
        "StartDate": first,
        "EndDate": last,
        "DocTotal": str(len(listed)),
        "PageTotal": str(total) if total is not None else "",
        "Description": "",
    }
    documents = [_document(at, entry, dossier, hashes) for at, entry in enumerate(listed, start=1)]
    return Description(
        _fitted(about, cut, "hồ sơ"), [_fitted(each, cut, each["DocOrdinal"]) for each in documents], cut
    )


def _document(
    number: int, entry: sheets.SheetEntry, dossier: DossierReport, hashes: Mapping[str, str]
) -> dict[str, str]:
    paper = entry.paper.document if entry.paper else None
    path = paper.path if paper else entry.file.path if entry.file else ""
    header = paper.header if paper else None
    number_, _slash, symbol = header.number_symbol.partition("/") if header else ("", "", "")
    if header and not _slash:
        number_, symbol = "", header.number_symbol
    return {
        "DocOrdinal": str(number),
        "TypeName": name_of(header.type) if header else "",
        "CodeNumber": number_.strip(),
        "CodeNotation": symbol.strip(),
        "IssuedDate": header.date.strftime("%d/%m/%Y") if header and header.date else "",
        "OrganName": wording.issuer(paper) if paper else "",
        "Subject": (header.abstract if header else "") or sheets.named(entry, dossier),
        "Language": _VIETNAMESE if paper else "",
        "PageAmount": str(entry.pages) if entry.pages is not None else "",
        "Description": "",
        "Position": header.signer_title if header else "",
        "FullName": header.signer if header else "",
        "Priority": "",
        "IssuedAmount": "",
        "Path": sheets.inside(path, dossier),
        "Sha256": hashes.get(path, ""),
    }


def _fitted(values: Mapping[str, str], cut: list[str], whose: str) -> dict[str, str]:
    """Cut values to the allowed length and add the names of those cut to ``cut``."""
    fitted = dict(values)
    for name, value in values.items():
        longest = _LONGEST.get(name)
        if longest is not None and len(value) > longest:
            fitted[name] = value[: longest - 1] + "…" if longest > 20 else ""
            cut.append(f"{name} ({whose})")
    return fitted


def annex_vi(of: Description) -> bytes:
    """Return the first form as XML, valid by :data:`SCHEMA`: elements in the order of the annex's tables of
    dossiers (III) and documents (I), followed by our own elements for file paths and hashes."""
    root = _element("Files", {"xmlns": "urn:vn:nghi-dinh-30-2020:phu-luc-VI"})
    file = _below(root, "File")
    _code(file, of.dossier)
    for name in _DOSSIER:
        _below(file, name, of.dossier[name])
    documents = _below(file, "Documents")
    for values in of.documents:
        document = _below(documents, "Document")
        _code(document, of.dossier)
        for name in _DOCUMENT:
            _below(document, name, values[name])
        signer = _below(document, "SignerInfo")
        for name in ("Position", "FullName"):
            _below(signer, name, values[name])
        for name in ("Priority", "IssuedAmount", "Path", "Sha256"):
            _below(document, name, values[name])
    made = _xml(root)
    _check(made)
    return made


def _code(parent: Any, dossier: Values) -> None:
    code = _below(parent, "FileCode")
    for name in _CODE:
        _below(code, name, dossier[name])


def _check(made: bytes) -> None:
    """Raise :class:`ArchiveError` if the XML is not valid by the schema."""
    from lxml import etree

    schema = etree.XMLSchema(etree.fromstring(SCHEMA.read_bytes()))
    if not schema.validate(etree.fromstring(made)):
        raise ArchiveError(
            _("Dữ liệu đặc tả không đúng lược đồ của phụ lục VI."),
            _("Xin báo lỗi này kèm tên hồ sơ: {why}").format(why=str(schema.error_log)[:300]),
        )


def law_2024(of: Description) -> bytes:
    """Return the second form as XML, marked as not verified."""
    root = _element("HoSoLuuTruSo", {"doiChieu": "chua"})
    _below(root, "LuuY", _UNVERIFIED)
    file = _below(root, "HoSo")
    for name, value in of.dossier.items():
        if name in _TERMS:
            _below(file, _TERMS[name], value)
    documents = _below(root, "DanhSachTaiLieu")
    for values in of.documents:
        document = _below(documents, "TaiLieu")
        for name, value in values.items():
            if name in _TERMS and name != "Language":
                _below(document, _TERMS[name], value)
    return _xml(root)


def table(rows: Iterable[Mapping[str, str]], names: Sequence[str]) -> bytes:
    """Return rows with these columns as CSV for Excel; texts that look like formulas are escaped."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([harmless(row.get(name, "")) for name in names])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _element(name: str, attributes: Mapping[str, str]) -> Any:
    from lxml import etree

    return etree.Element(name, dict(attributes))


def _below(parent: Any, name: str, text: str = "") -> Any:
    from lxml import etree

    added = etree.SubElement(parent, name)
    if text:
        added.text = "".join(char if char.isprintable() else " " for char in text)
    return added


def _xml(root: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made
