"""Errors of a configuration file in words: file, line, key, what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossier.checklists.locate import Path, key_lines, line_of
from dossier.i18n import N_, _

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
# What the parser says most often, by how it begins.
_REASONS = {
    "Invalid date": N_("ngày không có trong lịch"),
    "Invalid value": N_("giá trị không hợp lệ; chữ phải đặt trong ngoặc kép"),
    "Expected '='": N_("thiếu dấu = sau khóa"),
    "Expected ']'": N_("tên phần chưa đóng ngoặc vuông, phải viết như [unit]"),
    "Unclosed inline table": N_("bảng chưa đóng ngoặc nhọn"),
    "Unterminated string": N_("ngoặc kép chưa đóng"),
    "Unescaped": N_("dấu \\ trong ngoặc kép phải viết hai lần"),
    "Cannot declare": N_("phần này đã khai ở trên"),
    "Cannot mutate": N_("khóa này đã khai ở trên"),
    "Duplicate inline table key": N_("khóa này đã khai ở trên"),
    "Invalid statement": N_("dòng phải là khóa = giá trị, hoặc [phần]"),
    "Found invalid character": N_("ký tự không được phép"),
    "Invalid hex": N_("ký tự không được phép"),
    "Cannot overwrite": N_("khóa này đã khai ở trên"),
    "Expected newline": N_("thừa chữ sau giá trị"),
    "Unclosed array": N_("danh sách chưa đóng ngoặc vuông"),
    "Illegal character": N_("ký tự không được phép, hoặc ngoặc kép chưa đóng"),
    "Invalid initial character": N_("khóa chỉ gồm chữ không dấu, số, dấu gạch"),
}
_MOST = 5  # errors told at once; more would bury the first


def syntax_error(name: str, message: str) -> str:
    """The parser's complaint about the syntax as one sentence."""
    at = _AT.search(message)
    reason = _AT.sub("", message).strip()
    unknown = _("không đọc được dòng này; ví dụ dòng đúng: {example}").format(example='name = "Công an xã"')
    reason = next((_(told) for begins, told in _REASONS.items() if reason.startswith(begins)), unknown)
    if at and at[1]:
        return _("{name}, dòng {line}: sai cách viết ở cột {column} ({reason}).").format(
            name=name, line=at[1], column=at[2], reason=reason
        )
    return _("{name}, cuối tệp: sai cách viết ({reason}).").format(name=name, reason=reason)


def listed(name: str, source: str, problems: Iterable[tuple[Path, str]]) -> str:
    """Problems by path as ``file, line n: key: sentence``, in the order of the file."""
    lines = key_lines(source)
    found = sorted({(line_of(lines, path), _key(path), text) for path, text in problems})
    said = [
        _("{name}, dòng {line}: {key}{text}.").format(name=name, line=line, key=key, text=text)
        for line, key, text in found[:_MOST]
    ]
    if len(found) > _MOST:
        said.append(_("… và {count} lỗi nữa.").format(count=len(found) - _MOST))
    return "\n".join(said)


def _key(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"“{names[-1]}” " if names else ""
