"""How well real papers are found by what people type and paste: first, among the first ten.

    python benchmarks/typed.py FOLDER TRUTH.json [--state DIR] [--only cited telex] [--lost 5]

FOLDER and TRUTH.json as in real_papers.py; of each paper the values that stand on it are asked in many ways:
number and day as cited elsewhere, the whole abstract as copied, its first words in capitals, with ``v/v``
before them, as typed with a keyboard whose Vietnamese is off, with one slip of the hand. A paper that lies
there twice counts as one. ``--state``: of a scan that was made before; ``--lost``: how many queries are
printed whose paper is not among the first ten.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dossier.archive import open_archive
from dossier.checklists.vocabulary import current
from dossier.index import Filters, SearchOptions
from dossier.usecases.known import check_scanned
from dossier.usecases.scan import scan
from dossier.usecases.search import search
from dossier.vietnamese import fold

_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_BESIDE = {"a": "s", "n": "b", "h": "g", "t": "r", "c": "v", "i": "o", "o": "p", "g": "h"}  # on a keyboard
_SLIPS: dict[str, Callable[[str, int], str]] = {
    "letter left out": lambda word, at: word[:at] + word[at + 1 :],
    "letters swapped": lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    "letter twice": lambda word, at: word[: at + 1] + word[at:],
    "key beside": lambda word, at: word[:at] + _BESIDE.get(fold(word[at]), "k") + word[at + 1 :],
}
_CODES = {name: code for code, name in reversed(current().codes.items())}


def keys(text: str, letters: dict[str, str], tones: str) -> str:
    """The keys of an input method for a text, a tone's after its word."""
    made = []
    for word in text.lower().split():
        pieces = unicodedata.normalize("NFD", word)
        tone = "".join(tones[_TONES.index(piece)] for piece in pieces if piece in _TONES)
        bare = unicodedata.normalize("NFC", "".join(piece for piece in pieces if piece not in _TONES))
        made.append("".join(letters.get(letter, letter) for letter in bare) + tone)
    return " ".join(made)


def queries(paper: dict[str, Any], lot: random.Random) -> Iterator[tuple[str, str]]:
    """Ways to ask for a paper, each with its name."""
    number, day, kind = paper["number"] or "", paper["date"] or "", paper["type"]
    called, code = current().names.get(kind, ""), _CODES.get(kind, "")
    digits = re.match(r"0*(\d+)", number)
    if number:
        yield from (("number", number), ("number, spaced", re.sub(r"[/-]", " ", number)))
        yield from (("number, bare", fold(number)), ("number, said", f"số {number}"))
    if digits and called and len(day) == 10:
        year, month, its_day = day.split("-")
        written = f"{called} số {number} ngày {int(its_day)}"
        yield "cited", f"{written}/{int(month)}/{year}"
        yield "cited in full", f"{written} tháng {int(month)} năm {year} của {paper['issuing_body']}"
        yield "code, digits, year", f"{code or called} số {digits[1]} năm {year}"
    if len(day) == 10:
        year, month, its_day = day.split("-")
        yield from (
            ("day", f"{int(its_day)}/{int(month)}/{year}"),
            ("day in dots", f"{its_day}.{month}.{year}"),
        )
        yield "day in words", f"ngày {its_day} tháng {month} năm {year}"
    words = [word.strip('.,;:()“”"') for word in (paper["abstract"] or "").split()]
    words = [word for word in words if word]
    if not words:
        return
    first = " ".join(words[:7])
    yield from (("abstract", paper["abstract"]), ("abstract, bare", fold(paper["abstract"])))
    yield from (
        ("first words", first),
        ("in capitals", first.upper()),
        ("decomposed", unicodedata.normalize("NFD", first)),
    )
    yield from (
        ("v/v", f"v/v {first}"),
        ("code and words", f"{code} {first}"),
        ("type về việc", f"{called} về việc {first}"),
    )
    yield "words by lot", " ".join(lot.sample(words, min(5, len(words))))
    yield from (("telex", keys(first, _TELEX, "sfrxj")), ("vni", keys(first, _VNI, "12345")))
    long = [at for at, word in enumerate(words[:7]) if len(word) > 3 and word.isalpha()]
    for name, slip in _SLIPS.items() if long else ():
        at = lot.choice(long)
        slipped = slip(words[at], lot.randrange(len(words[at]) - 1))
        yield name, " ".join([*words[:at], slipped, *words[at + 1 : 7]])


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--only", nargs="+", default=[""])
    parser.add_argument("--lost", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-typed-") as made:
        archive = open_archive(options.folder, options.state or Path(made))
        if options.state:
            check_scanned(archive)
        else:
            scan(archive)
        same: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        papers: dict[tuple[str, ...], dict[str, Any]] = {}
        for file in json.loads(options.truth.read_text("utf-8"))["files"]:
            for paper in file["documents"]:
                known = tuple(str(paper[field]) for field in ("number", "date", "abstract"))
                same[known].add(file["path"].removeprefix("files/"))
                papers.setdefault(known, paper)
        asked: Counter[str] = Counter()
        first: Counter[str] = Counter()
        ten: Counter[str] = Counter()
        lost = []
        lot = random.Random(5)
        for known, paper in papers.items():
            for name, query in queries(paper, lot):
                if not name.startswith(tuple(options.only)):
                    continue
                hits = [
                    hit.path in same[known] for hit in search(archive, query, Filters(), SearchOptions()).hits
                ]
                asked[name] += 1
                first[name] += hits[:1] == [True]
                ten[name] += any(hits)
                lost += [] if any(hits) else [f"{name}: {query}"]
    for name, count in [*asked.items(), ("all", asked.total())]:
        own = (first.total(), ten.total()) if name == "all" else (first[name], ten[name])
        print(f"{name:22} {count:5}   first {own[0] / count:6.1%}   among ten {own[1] / count:6.1%}")
    print(*lost[: options.lost], sep="\n")


if __name__ == "__main__":
    main()
