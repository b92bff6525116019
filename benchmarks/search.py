"""Full-text search beside SQLite FTS5 and Recoll (Xapian): indexing, size, speed, and what is found.

    python benchmarks/search.py [--documents 20000] [--syllables 600] [--dossiers 30]

Texts are pieces of the sample archive's phrases, put together by chance, the same for everybody. A query
counts with its ten snippets. FTS5 is that of Python's ``sqlite3`` (``unicode61 remove_diacritics 2``);
Recoll is Debian's ``recollcmd`` and ``python3-recoll``, asked from one process of the system's Python.
What is found is measured on a sample archive, by queries for one known document each; the peers get
texts and queries with ``d`` for ``đ`` there.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from dossier.archive import open_archive
from dossier.index import Filters, Index, IndexedDocument, SearchOptions, Sort, new_index
from dossier.index.query import number_tokens
from dossier.vietnamese import fold, words

Ranked = Callable[[str, bool], list[str]]  # (query, is a phrase) → ids, best first
_ASK_RECOLL = """
import json, sys, time
from recoll import recoll
db = recoll.connect(confdir=sys.argv[1])
for line in sys.stdin:
    asked = json.loads(line)
    started = time.perf_counter()
    query = db.query()
    if asked["sort"]:
        query.sortby("mtime", ascending=False)
    count = query.execute(asked["query"], fetchtext=False)
    found = []
    for doc in query.fetchmany(10):
        query.makedocabstract(doc)
        found.append(doc.url)
    print(json.dumps([count, found, (time.perf_counter() - started) * 1000]), flush=True)
"""


def phrases() -> list[str]:
    """The words of the sample archive's phrase bank, in their order."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.extend(re.findall(r"[^\W_]+[.,;:]?", re.sub(r"\{[^{}]*\}|[<>|$@#]", " ", value)))
        elif isinstance(value, dict):
            for part in value.values():
                collect(part)
        elif isinstance(value, list):
            for part in value:
                collect(part)

    collect(tomllib.loads((resources.files("dossier.demo") / "bank_default.toml").read_text("utf-8")))
    return found


def documents(count: int, syllables: int) -> Iterator[IndexedDocument]:
    """Documents of so many syllables; every text differs, numbers and dates too."""
    chance, tokens = random.Random(7), phrases()
    types = [("quyet-dinh", "QĐ"), ("ke-hoach", "KH"), ("bao-cao", "BC"), ("to-trinh", "TTr")]
    for number in range(count):
        text: list[str] = []
        while len(text) < syllables:
            length = chance.randrange(2, 9)
            at = chance.randrange(len(tokens) - length)
            text += tokens[at : at + length]
            if chance.random() < 0.15:
                text.append(str(chance.randrange(1, 3000)))
        type_, code = types[number % 4]
        yield IndexedDocument(
            path=f"mo-hinh/{number // 20}/{number}.txt", ordinal=1, dossier=f"mo-hinh/{number // 20}",
            dossier_name=f"Mô hình {number // 20}", kind="mo-hinh", items=(number % 16 + 1,), parts=(),
            type=type_, number_symbol=f"{number % 900 + 1}/{code}-UBND",
            dated=(date(2018, 1, 1) + timedelta(number % 3000)).isoformat(),
            issuing_body="ỦY BAN NHÂN DÂN XÃ HÀM THẮNG",
            signer="Nguyễn Văn An", abstract=" ".join(text[:14]), name=f"{number}.txt",
            body=" ".join(text[:syllables]),
        )  # fmt: skip


def questions(texts: list[str], each: int) -> dict[str, list[str]]:
    """Queries by kind, their words taken from the texts."""
    chance = random.Random(11)
    made: dict[str, list[str]] = {"a word": [], "three words": [], "a phrase": [], "a prefix": []}
    for _number in range(each):
        found = [word for word in words(chance.choice(texts)).split() if len(word) > 2]
        at = chance.randrange(len(found) - 3)
        plain = words(chance.choice(texts)).split()
        start = chance.randrange(len(plain) - 3)
        made["a word"].append(found[at])
        made["three words"].append(" ".join(chance.sample(found, 3)))
        made["a phrase"].append(f'"{" ".join(plain[start : start + 3])}"')
        made["a prefix"].append(found[at + 1][:3] + "*")
    made["filtered and sorted"] = made["three words"]
    return made


def spread(times: list[float]) -> str:
    """Median and 99th percentile of milliseconds."""
    ordered = sorted(times)
    return f"{statistics.median(ordered):7.1f} /{ordered[int(len(ordered) * 0.99)]:7.1f}"


def size(folder: Path, without: str = "-") -> int:
    """Bytes of the files in a folder, without those of a suffix."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and f.suffix != without)


def ours(base: Path, engine: str, batch: list[IndexedDocument]) -> tuple[Index, float]:
    """An index filled as ``dossier index --rebuild`` fills it, and the seconds that took."""
    started = time.perf_counter()
    index = new_index(base, engine)
    with index.writer() as writer:
        for document in batch:
            writer.replace(document.path, [document])
    index.publish()
    return index, time.perf_counter() - started


def ask_ours(index: Index, kind: str, query: str) -> float:
    """Milliseconds of a query with its snippets."""
    narrow = kind.startswith("filtered")
    filters = Filters(type="ke-hoach", date_from=date(2020, 1, 1)) if narrow else Filters()
    started = time.perf_counter()
    index.search(query, filters, SearchOptions(Sort.DATE if narrow else Sort.RELEVANCE))
    return (time.perf_counter() - started) * 1000


def fts5(file: Path, batch: list[IndexedDocument]) -> tuple[sqlite3.Connection, float]:
    """The same documents in SQLite's full-text table."""
    started = time.perf_counter()
    database = sqlite3.connect(file)
    database.execute(
        "CREATE VIRTUAL TABLE docs USING fts5(path UNINDEXED, type UNINDEXED, day UNINDEXED, number,"
        " abstract, body, tokenize='unicode61 remove_diacritics 2', prefix='3')"
    )
    rows = ((d.path, d.type, str(d.date), d.number_symbol, d.abstract, d.body) for d in batch)
    database.executemany("INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?)", rows)
    database.commit()
    return database, time.perf_counter() - started


def ask_fts5(database: sqlite3.Connection, kind: str, query: str) -> float:
    """Milliseconds of a query with its snippets and the number of all matches."""
    narrow = kind.startswith("filtered")
    where = "docs MATCH ?" + (" AND type = 'ke-hoach' AND day >= '2020-01-01'" if narrow else "")
    order = "day DESC" if narrow else "bm25(docs, 0, 0, 0, 4, 3, 1)"
    match = (
        query
        if '"' in query
        else " ".join(f'"{w.rstrip("*")}"{"*" * w.endswith("*")}' for w in query.split())
    )
    started = time.perf_counter()
    database.execute(f"SELECT count(*) FROM docs WHERE {where}", (match,)).fetchone()
    database.execute(
        f"SELECT path, snippet(docs, 5, '<mark>', '</mark>', '…', 30) FROM docs WHERE {where}"
        f" ORDER BY {order} LIMIT 10",
        (match,),
    ).fetchall()
    return (time.perf_counter() - started) * 1000


class Recoll:
    """The desktop indexer on text files; ``None`` instead where it is not installed."""

    def __init__(self, base: Path, texts: dict[str, str]) -> None:
        self.conf, tree = base / "conf", base / "tree"
        self.conf.mkdir(parents=True)
        for path, text in texts.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).write_text(text, "utf-8")
        (self.conf / "recoll.conf").write_text(f"topdirs = {tree}\nidxflushmb = 100\n")
        self.tree = tree
        started = time.perf_counter()
        command = ["recollindex", "-c", str(self.conf)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.seconds = time.perf_counter() - started
        self._asking = subprocess.Popen(
            ["/usr/bin/python3", "-c", _ASK_RECOLL, str(self.conf)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    @staticmethod
    def available() -> bool:
        """Whether the programs are here."""
        probe = ["/usr/bin/python3", "-c", "from recoll import recoll"]
        return (
            bool(shutil.which("recollindex"))
            and subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0
        )

    def ask(self, query: str, narrow: bool = False) -> tuple[list[str], float]:
        """Paths, best first, and milliseconds."""
        assert self._asking.stdin and self._asking.stdout
        query += " date:2020-01-01/" if narrow else ""
        self._asking.stdin.write(json.dumps({"query": query, "sort": narrow}) + "\n")
        self._asking.stdin.flush()
        _count, urls, took = json.loads(self._asking.stdout.readline())
        start = len(f"file://{self.tree}/")
        return [url[start:] for url in urls], took

    def close(self) -> None:
        """End the process that asks."""
        self._asking.communicate()


def speed(work: Path, options: argparse.Namespace, has_recoll: bool) -> None:
    """Indexing, size and time of queries, of everybody on the same texts."""
    batch = list(documents(options.documents, options.syllables))
    raw = sum(len(d.body.encode()) for d in batch)
    print(f"\n{len(batch)} documents of {options.syllables} syllables, {raw / 1e6:.0f} MB of text")
    asked = questions([d.body for d in batch[:500]], options.queries)
    index, seconds = ours(work / "t", "tantivy", batch)
    index_size = size(work / "t", ".store")
    stored = size(work / "t") - index_size
    print(
        f"dossier, tantivy  {len(batch) / seconds:7.0f} documents/s   index {index_size / raw:4.0%} of text"
        f" + stored text {stored / raw:4.0%}"
    )
    columns = {"dossier": {k: [ask_ours(index, k, q) for q in qs] for k, qs in asked.items()}}
    if options.peers:
        database, seconds = fts5(work / "f.sqlite", batch)
        share = (work / "f.sqlite").stat().st_size / raw
        print(f"SQLite FTS5       {len(batch) / seconds:7.0f} documents/s   index {share:4.0%} with the text")
        columns["FTS5"] = {k: [ask_fts5(database, k, q) for q in qs] for k, qs in asked.items()}
        database.close()
    if options.peers and has_recoll:
        recoll = Recoll(work / "r", {d.path: d.body for d in batch})
        share = size(recoll.conf / "xapiandb") / raw
        print(f"Recoll            {len(batch) / recoll.seconds:7.0f} documents/s   index {share:4.0%}")
        columns["Recoll"] = {
            k: [recoll.ask(q, k.startswith("filtered"))[1] for q in qs] for k, qs in asked.items()
        }
        recoll.close()
    if options.whoosh:
        few = batch[: options.whoosh]
        slow, seconds = ours(work / "w", "whoosh", few)
        print(f"dossier, Whoosh   {len(few) / seconds:7.0f} documents/s   on {len(few)} documents")
        columns[f"Whoosh/{len(few)}"] = {
            k: [ask_ours(slow, k, q) for q in qs[:20]] for k, qs in asked.items()
        }
    print("p50 / p99 in ms, ten snippets each:" + "".join(f"{name:>18}" for name in columns))
    for kind in asked:
        print(f"  {kind:32}" + "".join(f"{spread(column[kind]):>18}" for column in columns.values()))


def known_items(truth: dict, texts: dict[str, str], each: int) -> dict[str, list[tuple[str, str]]]:
    """Queries that mean one document each: by kind, (id, query)."""
    chance = random.Random(5)
    papers = [
        (f"{file['path']}#{d['ordinal']}", d) for file in truth["files"] for d in file["documents"]
        if f"{file['path']}#{d['ordinal']}" in texts
    ]  # fmt: skip
    numbers = Counter(" ".join(number_tokens(d["number_symbol"])) for _id, d in papers)
    titles = Counter((fold(d["abstract"]), (d["date"] or "")[:4]) for _id, d in papers)
    heads = [words(d["abstract"]) for _id, d in papers]
    bodies = [f" {words(text)} " for text in texts.values()]
    made: dict[str, list[tuple[str, str]]] = {
        "number with errors": [], "words of the abstract": [], "phrase of the body": [], "title and year": [],
    }  # fmt: skip
    for name, paper in chance.sample(papers, len(papers)):
        symbol, abstract, year = paper["number_symbol"], paper["abstract"], (paper["date"] or "")[:4]
        if symbol and numbers[" ".join(number_tokens(symbol))] == 1:
            made["number with errors"].append((name, misspelt(symbol, chance)))
        told = abstract.split()
        at = chance.randrange(max(len(told) - 6, 1))
        piece = " ".join(told[at : at + 7])
        if len(told) > 4 and sum(words(piece) in head for head in heads) == 1:
            made["words of the abstract"].append((name, re.sub(r'["“”*:()]', " ", piece)))
        body = re.findall(r"[^\W_]+", texts[name])
        at = chance.randrange(max(len(body) - 8, 1))
        run = " ".join(body[at : at + 8])
        if len(body) > 40 and sum(f" {words(run)} " in other for other in bodies) == 1:
            made["phrase of the body"].append((name, run))
        if abstract and year and titles[fold(abstract), year] == 1:
            made["title and year"].append((name, re.sub(r'["“”*:()]', " ", abstract) + f" {year}"))
    return {kind: pairs[:each] for kind, pairs in made.items()}


def misspelt(symbol: str, chance: random.Random) -> str:
    """A number as people type it: other marks, small letters, zeros, two letters swapped."""
    pieces = re.findall(r"\d+|[^\W\d_]+", symbol)
    kind = chance.randrange(5)
    if kind == 0:
        return " ".join(pieces)
    if kind == 1:
        return symbol.lower().replace("-", "/")
    if kind == 2:
        return "0" + symbol.replace("/", "-")
    if kind == 3:
        return "số " + "".join(pieces[:2]) + " " + " ".join(pieces[2:])
    last = pieces[-1]
    swapped = last[:-2] + last[-1] + last[-2] if len(last) > 2 and last.isalpha() else last
    return symbol[: len(symbol) - len(last)] + swapped


def quality(work: Path, options: argparse.Namespace, has_recoll: bool) -> None:
    """How often the document that was meant comes first, and among the first five."""
    from dossier.catalogue import open_catalogue
    from dossier.demo import write_archive
    from dossier.scanner import VERSION
    from dossier.usecases.indexing import index_of
    from dossier.usecases.scan import scan

    folder = work / "kho"
    truth = json.loads(
        write_archive(
            folder, dossiers=options.dossiers, seed=99, today=date(2026, 11, 24), scans=False
        ).read_text()
    )
    archive = open_archive(folder, work / "state")
    scan(archive)
    with open_catalogue(archive.state, VERSION) as catalogue:
        paths = [file.path for file in catalogue.known_files().values()]
        entries = [entry for found in catalogue.feed.to_index(paths).values() for entry in found]
    texts = {document.id: text for document, text, _dossier in entries}
    asked = known_items(truth, texts, options.items)
    index = index_of(archive)
    peers: dict[str, Ranked] = {"dossier": lambda q, phrase: _ids(index, f'"{q}"' if phrase else q)}
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, number, abstract, body,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    for document, text, _dossier in entries:
        row = (document.id, *map(_for_peers, (document.header.number_symbol, document.header.abstract, text)))
        database.execute("INSERT INTO docs VALUES (?, ?, ?, ?)", row)
    peers["FTS5"] = lambda q, phrase: _fts5_ids(database, _for_peers(q), phrase)
    if has_recoll:
        names = {f"{n}.txt": name for n, name in enumerate(texts)}
        recoll = Recoll(work / "q", {file: _for_peers(texts[name]) for file, name in names.items()})
        peers["Recoll"] = lambda q, phrase: [
            names[f] for f in recoll.ask(_for_peers(f'"{q}"' if phrase else _plain(q)))[0]
        ]
    total = sum(map(len, asked.values()))
    print(f"\n{total} queries for one known document each, among {len(texts)} of a sample archive;"
          " right document first / in the first five:")  # fmt: skip
    print(f"  {'':44}" + "".join(f"{name:>16}" for name in peers))
    sums: dict[str, list[int]] = {name: [0, 0, 0] for name in peers}
    for kind, pairs in asked.items():
        for spelling in ("as written", "without diacritics"):
            cells = []
            for name, ranked in peers.items():
                ranks = [
                    _rank(ranked, meant, q if spelling == "as written" else _bare(q), kind)
                    for meant, q in pairs
                ]
                first, five = sum(r == 1 for r in ranks), sum(r <= 5 for r in ranks)
                sums[name] = [a + b for a, b in zip(sums[name], (first, five, len(ranks)), strict=True)]
                cells.append(f"{first / len(ranks):6.1%} /{five / len(ranks):6.1%}")
                if options.misses and name == "dossier":
                    for (meant, q), rank in zip(pairs, ranks, strict=True):
                        if rank != 1:
                            print("   miss", spelling, rank, repr(q), meant)
            print(f"  {kind + ', ' + spelling + f' ({len(pairs)})':44}" + "".join(f"{c:>16}" for c in cells))
    cells = [f"{first / n:6.1%} /{five / n:6.1%}" for first, five, n in sums.values()]
    print(f"  {'all':44}" + "".join(f"{cell:>16}" for cell in cells))
    print("\n" + cold(folder, archive.state))


def _for_peers(text: str) -> str:
    """With ``d`` for ``đ``, which neither peer folds: else they would lose by their tokenizers alone."""
    return text.replace("đ", "d").replace("Đ", "D")


def _bare(text: str) -> str:
    """As typed on a keyboard without diacritics: letters only change their marks."""
    return fold(text)


def _plain(query: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", query))


def _rank(ranked: Ranked, meant: str, query: str, kind: str) -> int:
    found = ranked(query, kind.startswith("phrase"))
    return found.index(meant) + 1 if meant in found else 99


def _ids(index: Index, query: str) -> list[str]:
    return [f"{hit.path}#{hit.ordinal}" for hit in index.search(query).hits]


def _fts5_ids(database: sqlite3.Connection, query: str, phrase: bool) -> list[str]:
    tokens = re.findall(r"[^\W_]+", query)
    match = f'"{" ".join(tokens)}"' if phrase else " ".join(f'"{token}"' for token in tokens)
    asked = "SELECT id FROM docs WHERE docs MATCH ? ORDER BY bm25(docs, 0, 4, 3, 1) LIMIT 10"
    return [row[0] for row in database.execute(asked, (match,))]


def cold(folder: Path, state: Path) -> str:
    """Seconds of whole processes, from outside."""
    command = [sys.executable, "-m", "dossier", "search", "quyet dinh thanh lap", "--archive", str(folder),
               "--state", str(state)]  # fmt: skip
    times = []
    for _number in range(7):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return (
        f"dossier search as a process of its own: {statistics.median(times):.2f} s (median of {len(times)})"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=20_000, help="0: what is found only")
    parser.add_argument("--syllables", type=int, default=600)
    parser.add_argument("--queries", type=int, default=200, help="of each kind")
    parser.add_argument("--dossiers", type=int, default=30, help="of the sample archive; 0: speed only")
    parser.add_argument("--items", type=int, default=60, help="known documents of each kind")
    parser.add_argument("--whoosh", type=int, default=0, help="documents for the engine in pure Python")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--misses", action="store_true", help="show what did not come first")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="dossier-search-"))
    has_recoll = Recoll.available()
    if not has_recoll:
        print("Recoll is not installed (apt-get install recollcmd python3-recoll): no comparison with it")
    try:
        if options.dossiers:
            quality(work, options, has_recoll and options.peers)
        if options.documents:
            speed(work, options, has_recoll)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
