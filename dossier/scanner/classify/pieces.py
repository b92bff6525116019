"""What a title names: often several things, each a paper of its own elsewhere.

"Triển khai xây dựng và tổ chức ra mắt mô hình" implements and launches; "Hoạt động của Ban Chỉ đạo, hoạt động
của mô hình" is two regulations in one. Each piece is read like a title of its own. Words that take titles
apart are data (``[titles]``); what a title only looks ahead to, or is done for, is no piece of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.checklists.schema import Titles
from dossier.scanner.classify.text import without_citations
from dossier.vietnamese import nfc, words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|\([^)]*\)")
_LEADING = re.compile(r"\W*(?:(?:v/v|về việc|về)\s+)?", re.IGNORECASE)
_FEWEST = 3  # words of a piece; one of fewer ("Tổ chức") shares what the next says
_MOST = 6  # pieces of a title that are looked at
_LONGEST = 400  # characters of a title that are looked at


class Pieces:
    """How titles are taken apart, ready for use."""

    def __init__(self, titles: Titles) -> None:
        self._joins = re.compile(rf"[,;]|{_either(titles.joins)}", re.IGNORECASE)
        self._lists = re.compile(_either(titles.lists), re.IGNORECASE)
        self._ends = re.compile(_either(titles.ends), re.IGNORECASE)
        self._asides = tuple(f"{words(aside)} " for aside in titles.asides.split("|") if aside.strip())

    def of(self, title: str) -> tuple[str, ...]:
        """The pieces of a title, as written; none where it names one thing."""
        said = _LEADING.sub("", nfc(without_citations(title[:_LONGEST])), count=1)
        pieces = [piece for piece in self._whole(said) if not self._aside(piece)]
        return tuple(pieces[:_MOST]) if len(pieces) > 1 else ()

    def _whole(self, said: str) -> Iterator[str]:
        """What stands between the joins, each with enough words to say something by itself."""
        before, begun = "", ""
        for piece in self._cut(said):
            begun = f"{begun} {piece}".strip()
            if begun.count(" ") + 1 >= _FEWEST:
                if before:
                    yield before
                before, begun = begun, ""
        yield f"{before} {begun}".strip()  # "… về an ninh, trật tự"

    def _cut(self, said: str) -> Iterator[str]:
        whole = [found.span() for found in _QUOTED.finditer(said)]
        if listed := self._lists.search(said):  # "giữa Công an xã và các trường": one thing's parties
            whole.append((listed.start(), len(said)))
        last = 0
        for join in self._joins.finditer(said):
            before = said[last : join.start()]
            purposes = join[0] not in ",;" and self._ends.search(before)  # "để xây dựng và ra mắt"
            if not purposes and not any(start <= join.start() < end for start, end in whole):
                yield self._done(before)
                last = join.end()
        yield self._done(said[last:])

    def _done(self, piece: str) -> str:
        """The piece without what it is done for: "… phục vụ xây dựng mô hình"."""
        end = self._ends.search(piece)
        return " ".join((piece[: end.start()] if end else piece).split())

    def _aside(self, piece: str) -> bool:
        return f"{words(piece)} ".startswith(self._asides)


def _either(said: str) -> str:
    """An expression for any of the words between ``|``, as whole words with a space before them."""
    each = sorted((nfc(word.strip()) for word in said.split("|") if word.strip()), key=len, reverse=True)
    return rf"\s(?:{'|'.join(map(re.escape, each)) or '(?!)'})(?=\s)"
