"""What anybody may have written into the queue is data: no job leads out of the archive."""

from __future__ import annotations

import os

import pytest

from dossier.model import FileEntry
from dossier.work.tasks import StrangeJobError, as_argument, entries_of, from_argument, paths_of

GOOD = as_argument(FileEntry("A/đ.txt", "A/đ.txt".encode(), 3, -1, 7, "A", 9))


def test_own_jobs_come_back() -> None:
    assert as_argument(from_argument(GOOD)) == GOOD
    odd = FileEntry("A/\\xff.txt", b"A/\xff.txt", 3, 4, 7, "", 9)
    assert from_argument(as_argument(odd)) == odd


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"/etc/passwd",
        b"../x",
        b"A/../../x",
        b"A//x",
        b"A/./x",
        b"A/x\0y",
        b".dossier/catalogue.sqlite",
        b"A/",
        b"A/" + b"x" * (1 << 17),
    ],
)
def test_path_that_leads_elsewhere_is_no_job(raw: bytes) -> None:
    for path in ("", os.fsdecode(raw)):
        with pytest.raises(StrangeJobError):
            from_argument(GOOD | {"raw": raw.hex(), "path": path, "dossier": ""})


@pytest.mark.parametrize(
    "wrong",
    [
        {"raw": "zz"},
        {"raw": None},
        {"raw": ["41"]},
        {"path": 1},
        {"path": "B/other.txt"},
        {"size": "3"},
        {"size": -1},
        {"size": True},
        {"size": 1e300},
        {"size": 1 << 70},
        {"mtime": "x"},
        {"mtime": "9" * 5000},
        {"inode": None},
        {"ctime": []},
        {"dossier": "../B"},
        {"dossier": "B"},
        {"dossier": None},
        {"dossier": "/"},
    ],
    ids=str,
)
def test_values_of_another_kind_are_no_job(wrong: dict[str, object]) -> None:
    with pytest.raises(StrangeJobError):
        from_argument(GOOD | wrong)


@pytest.mark.parametrize(
    "files", [None, {}, "A", [None], [[]], [GOOD] * 1001, [GOOD, {}]], ids=lambda files: str(files)[:20]
)
def test_lists_of_another_kind_are_no_job(files: object) -> None:
    with pytest.raises(StrangeJobError):
        entries_of(files)


@pytest.mark.parametrize(
    "paths", [None, "A", [1], ["/etc"], [".."], ["A/../.."], ["\ud800"], [".dossier"], ["a\0b"]]
)
def test_paths_to_look_at_lie_in_the_archive(paths: object) -> None:
    with pytest.raises(StrangeJobError):
        paths_of(paths)


def test_own_paths_are_taken() -> None:
    assert paths_of([".", "A", "A/đ.txt"]) == {".", "A", "A/đ.txt"}
