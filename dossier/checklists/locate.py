"""Where in a TOML file a key stands, so that an error can name the line.

Python's TOML parser gives values without positions. This reads text that it has already
accepted, so it may trust the syntax and only keeps count of lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

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
