"""Whether abstracts end where titles do: papers of the banks, their titles broken over several lines.

    python benchmarks/titles.py [--errors 20]

Each paper of benchmarks/bank with a title and a body is laid out four times: as plain text, as Word tells it
(centred paragraphs), as a printed page (lines with positions) and as a scan of it. Widths of titles are drawn
by lot. *Right*: the abstract is the title; *wrong and sure*: it is not, with a confidence of 0.8 and more.
Bodies begin as their authors wrote them, seldom with the words that papers usually begin with.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossier.model import CENTRED, Box, Header, Segment, Word
from dossier.scanner.recognise.header import read_header
from dossier.vietnamese import words

BANK = Path(__file__).parent / "bank"
WAYS = ("plain text", "Word", "PDF", "scan")
SURE = 0.8
_WIDTHS = (38, 48, 58, 70, 200)  # characters of a line of a title
_LETTER = 0.0105  # width of a letter, of the page's width
_LEFT, _TEXT, _INDENT = 0.143, 0.762, 0.06  # left edge and width of the text, indent of a paragraph
_MIDDLE, _WIDEST = 0.524, 0.74  # of a title: where its middle is, how wide it may be
_HEAD = (
    ((0.25, "ỦY BAN NHÂN DÂN"), (0.68, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    ((0.25, "XÃ TÂN HỘI"), (0.68, "Độc lập - Tự do - Hạnh phúc")),
    ((0.25, "Số: 31/VB-UBND"), (0.68, "Tân Hội, ngày 14 tháng 5 năm 2024")),
)
_FOOT = ("Nơi nhận:", "CHỦ TỊCH", "Nguyễn Văn An")

Row = Sequence[tuple[float, str]]  # left edge, text of each segment


def papers() -> Iterator[tuple[str, str, str]]:
    """Yield type, title and body of the banks' papers."""
    for path in sorted(BANK.glob("*.toml")):
        for dossier in tomllib.loads(path.read_text("utf-8")).get("dossier", ()):
            if isinstance(dossier, str):  # a bank of papers of other work
                continue
            names = {key: value for key, value in dossier.items() if isinstance(value, str)}
            for _file, kind, _issuer, number, _day, title, body in (row[:7] for row in dossier["papers"]):
                if title and body and number and kind.isupper() and not kind.startswith("CÔNG VĂN"):
                    yield kind, title.format_map(names), body.format_map(names)


def broken(text: str, width: int) -> list[str]:
    """The lines of a text of at most ``width`` characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def typed(kind: str, title: Sequence[str], body: str, mark: str) -> Header:
    """The header of a text without positions, whose lines of the title begin with ``mark``."""
    head = ["\t".join(text for _middle, text in row) for row in _HEAD]
    return read_header("\n".join([*head, *(f"{mark}{line}" for line in (kind, *title)), body, *_FOOT]))


def printed(kind: str, title: Sequence[str], body: str, *, scanned: bool) -> Header:
    """The header of a page with these lines."""
    rows: list[Row] = [[(_centred(text, middle), text) for middle, text in row] for row in _HEAD]
    lines = [line for part in title for line in broken(part, int(_WIDEST / _LETTER))]
    rows += [[(_centred(line, _MIDDLE), line)] for line in (kind, *lines)]
    for paragraph in body.split("\n"):
        first, *rest = broken(paragraph, int((_TEXT - _INDENT) / _LETTER))
        rows.append([(_LEFT + _INDENT, first)])
        rows += [[(_LEFT, line)] for line in broken(" ".join(rest), int(_TEXT / _LETTER)) if line]
    rows += [[(_LEFT, _FOOT[0]), (0.65, _FOOT[1])], [(0.62, _FOOT[2])]]
    text, segments = "", []
    for at, row in enumerate(rows):
        for place, (left, piece) in enumerate(row):
            text += "\t" if place else ""
            segments.append(Segment(tuple(_words(piece, left, at / 60)), len(text)))
            text += piece
        text += "\n"
    return read_header(text, scanned=scanned, segments=segments)


def _centred(text: str, middle: float) -> float:
    return middle - len(text) * _LETTER / 2


def _words(text: str, left: float, top: float) -> Iterator[Word]:
    for word in text.split(" "):
        yield Word(word, Box(left, top, left + len(word) * _LETTER, top + 0.012))
        left += (len(word) + 1) * _LETTER


def is_right(abstract: str, kind: str, title: str) -> bool:
    """Whether the abstract is the title, with or without “V/v” and the rest of a long type before it."""
    wanted, found = _bare(title), _bare(abstract)
    before = found.removesuffix(wanted).strip() if found.endswith(wanted) else None
    return before is not None and before in words(kind)


def _bare(text: str) -> str:
    return words(text).removeprefix("ve viec ").removeprefix("v v ")


def main() -> None:
    """Lay out, read, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong abstracts of each way")
    options = parser.parse_args()
    lot = random.Random(7)
    known = [(kind, title, broken(title, lot.choice(_WIDTHS)), body) for kind, title, body in papers()]
    for way in WAYS:
        right, wrong = 0, []
        for kind, title, lines, body in known:
            if way in ("PDF", "scan"):
                header = printed(kind, lines, body, scanned=way == "scan")
            else:
                header = typed(kind, lines, body, CENTRED if way == "Word" else "")
            if is_right(header.abstract, kind, title):
                right += 1
            elif header.abstract and header.fields["abstract"].confidence >= SURE:
                wrong.append(f"{' | '.join(lines)} → {header.abstract}")
        count = len(known)
        print(f"{way:10} right {right:5} of {count} = {right / count:.1%}; wrong and sure {len(wrong)}")
        for line in lot.sample(wrong, min(options.errors, len(wrong))):
            print(f"    {line}")


if __name__ == "__main__":
    main()
