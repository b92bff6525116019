"""What a scan has to do, decided from disk and catalogue."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dossier.model import FileEntry, KnownFile
from dossier.scanner.changes import Change, ReadBy, ReadingOrder, compare

ENTRY = FileEntry("d/a.pdf", b"d/a.pdf", 10, 1000, 7, "d")
KNOWN = KnownFile(1, "d/a.pdf", "d", 10, 1000, 7, False, 1, "sha")


def test_same_size_time_and_inode_is_unchanged() -> None:
    assert compare([ENTRY], {b"d/a.pdf": KNOWN}, ReadBy(1)).unchanged == 1


def test_new_file_is_read() -> None:
    changes = compare([ENTRY], {}, ReadBy(1))
    assert [c.entry for c in changes.read] == [ENTRY]


def test_other_size_is_read_without_comparing_hashes() -> None:
    (change,) = compare([replace(ENTRY, size=11)], {b"d/a.pdf": KNOWN}, ReadBy(1)).read
    assert change.twin is None


def test_other_time_or_inode_leaves_it_to_the_hash() -> None:
    for entry in (replace(ENTRY, mtime_ns=2000), replace(ENTRY, inode=8)):
        (change,) = compare([entry], {b"d/a.pdf": KNOWN}, ReadBy(1)).read
        assert change.twin == KNOWN


def test_time_of_change_that_no_program_sets_leaves_it_to_the_hash() -> None:
    known = replace(KNOWN, ctime_ns=5)
    assert compare([replace(ENTRY, ctime_ns=5)], {b"d/a.pdf": known}, ReadBy(1)).unchanged == 1
    (change,) = compare([replace(ENTRY, ctime_ns=6)], {b"d/a.pdf": known}, ReadBy(1)).read
    assert change.twin == known
    assert compare([replace(ENTRY, ctime_ns=6)], {b"d/a.pdf": KNOWN}, ReadBy(1)).unchanged == 1  # not known


def test_doubtful_file_is_compared_by_hash() -> None:
    doubtful = replace(KNOWN, doubtful=True)
    assert len(compare([ENTRY], {b"d/a.pdf": doubtful}, ReadBy(1)).read) == 1


def test_renamed_file_is_recognised_by_size_and_time() -> None:
    entry = replace(ENTRY, path="d/b.pdf", raw_path=b"d/b.pdf")
    changes = compare([entry], {b"d/a.pdf": KNOWN}, ReadBy(1))
    assert changes.read[0].twin == KNOWN
    assert changes.gone == [KNOWN]


def test_file_that_is_itself_read_again_is_no_twin_of_a_new_one() -> None:
    renamed = replace(ENTRY, path="d/b.pdf", raw_path=b"d/b.pdf")
    changes = compare([replace(ENTRY, size=11), renamed], {b"d/a.pdf": KNOWN}, ReadBy(1))
    assert {change.entry.path: change.twin for change in changes.read} == {"d/a.pdf": None, "d/b.pdf": None}


def test_older_reading_chain_is_read_again() -> None:
    assert len(compare([ENTRY], {b"d/a.pdf": KNOWN}, ReadBy(2)).read) == 1


def test_file_that_lacked_a_program_is_read_once_it_is_there() -> None:
    lacking = replace(KNOWN, lacks=("tesseract",))
    assert compare([ENTRY], {b"d/a.pdf": lacking}, ReadBy(1)).unchanged == 1
    assert len(compare([ENTRY], {b"d/a.pdf": lacking}, ReadBy(1, frozenset({"tesseract"}))).read) == 1


def test_changed_kind_places_anew_without_reading() -> None:
    changes = compare([ENTRY], {b"d/a.pdf": KNOWN}, ReadBy(1), moved_kinds=frozenset({"d"}))
    assert (len(changes.read), len(changes.replace)) == (0, 1)


def test_what_lies_below_an_unreadable_folder_is_not_gone() -> None:
    assert compare([], {b"d/a.pdf": KNOWN}, ReadBy(1), unreadable=[b"d"]).gone == []
    assert compare([], {b"d/a.pdf": KNOWN}, ReadBy(1), unreadable=[b"e"]).gone == [KNOWN]


@given(
    st.sets(st.binary(min_size=1, max_size=3), max_size=8),
    st.sets(st.binary(min_size=1, max_size=3), max_size=8),
)
def test_every_file_gets_exactly_one_verdict(on_disk: set[bytes], known: set[bytes]) -> None:
    files = [replace(ENTRY, raw_path=raw, path=raw.hex()) for raw in sorted(on_disk)]
    rows = {raw: replace(KNOWN, path=raw.hex()) for raw in known}
    changes = compare(files, rows, ReadBy(1))
    assert len(changes.read) + len(changes.replace) + changes.unchanged == len(files)
    assert len(changes.gone) == len(known - on_disk)


def _of_sizes(*sizes: int) -> list[Change]:
    names = [b"d/%d" % at for at in range(len(sizes))]
    return [Change(replace(ENTRY, raw_path=name, size=size)) for name, size in zip(names, sizes, strict=True)]


def test_of_each_size_one_file_is_read_first() -> None:
    order = ReadingOrder(_of_sizes(5, 5, 5, 5, 7, 5))
    assert [change.entry.size for change in order.first] == [5, 7]
    assert order.released_by(order.first[1:]) == []
    second = order.released_by(order.first[:1])
    assert [change.entry.size for change in second] == [5, 5]
    assert [change.entry.size for change in order.released_by(second)] == [5, 5]


@given(st.lists(st.integers(0, 3), max_size=40), st.randoms(use_true_random=False))
def test_every_file_is_read_once(sizes: list[int], chance: Random) -> None:
    todo = _of_sizes(*sizes)
    order = ReadingOrder(todo)
    at_work, read = list(order.first), []
    while at_work:
        done = chance.sample(at_work, chance.randint(1, len(at_work)))
        at_work = [change for change in at_work if change not in done] + order.released_by(done)
        read += done
    assert sorted(c.entry.raw_path for c in read) == sorted(c.entry.raw_path for c in todo)
