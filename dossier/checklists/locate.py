"""Find the lines of keys in a TOML file, for error messages.

Python's TOML parser gives values without positions. The text was already accepted by it, so the syntax is
known to be valid here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping

from dossier.i18n import N_, _

Path = tuple[str | int, ...]

_HEADER = re.compile(r"[ \t]*(\[\[?)([^\]\n]+)\]\]?")
_NAME = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_KEY = re.compile(rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*")
_SKIP = re.compile(r"(?:\s+|#[^\n]*)+")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^,\]}\n#]+")


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._counted = 0
        self._line = 1

    def line(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def document(self) -> None:
        table: Path = ()
        counts: dict[Path, int] = {}
        self.take(_SKIP)
        while self.at < len(self.text):
            header = _HEADER.match(self.text, self.at)
            if header:
                table = _table(_split(header[2]), header[1] == "[[", counts)
                self.lines.setdefault(table, self.line())
                self.at = header.end()
            elif not self.pair(table):
                self.at += 1
            self.take(_SKIP)

    def pair(self, table: Path) -> bool:
        line = self.line()
        key = self.take(_KEY)
        if not key:
            return False
        path = table + _split(key)
        self.lines.setdefault(path, line)
        self.take(_SKIP)
        self.at += 1  # the equals sign
        self.take(_SKIP)
        self.value(path)
        return True

    def value(self, path: Path) -> None:
        self.lines.setdefault(path, self.line())
        opening = self.text[self.at : self.at + 1]
        if opening in ("[", "{"):
            self.at += 1
            self.members(path, opening)
        elif not self.take(_STRING):
            self.take(_BARE)

    def members(self, path: Path, opening: str) -> None:
        closing = "]" if opening == "[" else "}"
        index = 0
        while self.at < len(self.text):
            self.take(_SKIP)
            char = self.text[self.at : self.at + 1]
            if char == closing:
                self.at += 1
                return
            if char == ",":
                self.at += 1
            elif opening == "[":
                self.value((*path, index))
                index += 1
            elif not self.pair(path):
                self.at += 1


def _split(key: str) -> tuple[str, ...]:
    table: object = tomllib.loads(f"{key} = 0")
    path: list[str] = []
    while isinstance(table, dict):
        name, table = next(iter(table.items()))
        path.append(name)
    return tuple(path)


def _table(names: tuple[str, ...], array: bool, counts: dict[Path, int]) -> Path:
    """The path of a table: names, with the index of the current element after arrays of tables."""
    path: Path = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        if array and depth == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def key_lines(text: str) -> Mapping[Path, int]:
    """Line (from 1) of every table, key and array element of a valid TOML text, by its path.

    ``("item", 5, "parts", 0, "id")`` is the key ``id`` of the first part of the sixth item.
    """
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.document()
    return scanner.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Line of the key, or of the nearest table around it; 1 when nothing is known."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
# The parser's most frequent messages, by their beginning.
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
_MOST = 5  # errors listed at once


def syntax_error(name: str, message: str) -> str:
    """Word the parser's syntax error as one sentence."""
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
    """Format problems as ``file, line n: key: sentence``, in the order of the file."""
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
