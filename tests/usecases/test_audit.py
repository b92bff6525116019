"""The log of acts: nothing in it can be changed, left out, put in or moved without its being told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError
from dossier.usecases import audit
from dossier.usecases.decide import assign, waive
from dossier.workspace import acting
from tests.usecases.archives import FOUNDING, put, run


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "kho").mkdir()
    return open_archive(tmp_path / "kho")


def _file(archive: Archive) -> Path:
    (found,) = archive.state.glob("audit-*.jsonl")
    return found


def _lines(archive: Archive) -> list[str]:
    return _file(archive).read_text("utf-8").splitlines()


def test_every_act_is_told_with_who_and_by_what(archive: Archive) -> None:
    with acting("an", archive.root):
        audit.note(archive, "assign", "a.pdf#1", places=["6a"])
    audit.note(archive, "waive", "A")
    second, first = audit.entries(archive)
    assert (first.actor, first.way, first.act, first.details["places"]) == ("an", "page", "assign", ["6a"])
    assert second.way == "cli" and second.at > first.at
    assert audit.verify(archive) == audit.ChainCheck(2, second.hash) and audit.head(archive) == second.hash


def _flip(lines: list[str]) -> list[str]:
    return [lines[0].replace('"an"', '"bo"'), *lines[1:]]


def _drop(lines: list[str]) -> list[str]:
    return [lines[0], *lines[2:]]


def _swap(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], *lines[2:]]


def _insert(lines: list[str]) -> list[str]:
    return [lines[0], lines[0], *lines[1:]]


def _empty(lines: list[str]) -> list[str]:
    return [lines[0], "", *lines[1:]]


def _rehash(lines: list[str]) -> list[str]:
    """As somebody would who knows how the hashes are made, and forgets the lines behind."""
    told = json.loads(lines[0])
    told["actor"] = "bo"
    told["hash"] = audit._hash({name: value for name, value in told.items() if name != "hash"})
    return [json.dumps(told), *lines[1:]]


@pytest.mark.parametrize("change", [_flip, _drop, _swap, _insert, _empty, _rehash])
def test_change_is_found_where_it_begins(archive: Archive, change: Callable[[list[str]], list[str]]) -> None:
    with acting("an", archive.root):
        for number in range(4):
            audit.note(archive, "act", str(number))
    _file(archive).write_text("\n".join(change(_lines(archive))) + "\n", "utf-8")
    assert audit.verify(archive).broken.startswith("audit-")


def test_lines_cut_off_at_the_end_change_the_head(archive: Archive) -> None:
    for number in range(3):
        audit.note(archive, "act", str(number))
    before = audit.head(archive)
    _file(archive).write_text("\n".join(_lines(archive)[:-1]) + "\n", "utf-8")
    assert audit.verify(archive).broken == "" and audit.head(archive) != before


def test_line_torn_by_a_power_cut_is_gone_and_the_chain_goes_on(archive: Archive) -> None:
    audit.note(archive, "act", "1")
    with _file(archive).open("a") as file:
        file.write('{"n": 2, "act": "to')
    audit.note(archive, "act", "2")
    assert audit.verify(archive).entries == 2 and audit.verify(archive).broken == ""


def test_clock_set_back_does_not_break_the_order(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.note(archive, "act", "1")
    monkeypatch.setattr(audit.time, "time_ns", lambda: 1)
    audit.note(archive, "act", "2")
    assert audit.verify(archive).broken == ""


def test_many_at_once_make_one_chain(archive: Archive) -> None:
    threads = [threading.Thread(target=audit.note, args=(archive, "act", str(at))) for at in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify(archive) == audit.ChainCheck(12, audit.head(archive))


@pytest.mark.parametrize("about", ['"\n{"n": 9}', "\x1b[2J\r\n", "\u202e.pdf", "x" * 10_000])
def test_names_cannot_forge_lines(archive: Archive, about: str) -> None:
    audit.note(archive, "act", about)
    audit.note(archive, "act", "2")
    assert len(_lines(archive)) == 2 and all(line.isprintable() for line in _lines(archive))
    assert audit.verify(archive).broken == ""


def test_what_cannot_be_logged_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, quyet_dinh_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(audit, "_append", full)
    with pytest.raises(ArchiveError):
        waive(archive, "mo-hinh/A", "MH-01", reason="x")
    from dossier.usecases.decide import waivers

    assert waivers(archive) == []


def test_decisions_of_commands_are_in_the_log(tmp_path: Path) -> None:
    put(tmp_path, quyet_dinh_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    assign(archive, "mo-hinh/A/quyet.dinh.txt", ["6b"])
    waive(archive, "mo-hinh/A", "MH-01", reason="đã có bản giấy")
    assert [(e.act, e.way) for e in audit.entries(archive)] == [("waive", "cli"), ("assign", "cli")]


def test_words_of_a_line_cannot_be_changed(archive: Archive) -> None:
    audit.note(archive, "waive", "A", reason="đang xin ý kiến")
    line = _file(archive).read_text("utf-8")
    told = json.loads(line)
    told["details"]["reason"] = "đã xong"
    _file(archive).write_text(json.dumps(told) + "\n", "utf-8")
    assert audit.verify(archive).broken


def test_act_with_endless_words_leaves_the_log_usable(archive: Archive) -> None:
    audit.note(archive, "correct", "a.txt", fields={"abstract": "ba " * 100_000}, said=["x" * 500] * 3000)
    audit.note(archive, "waive", "A")
    assert audit.verify(archive) == audit.ChainCheck(2, audit.head(archive))


def test_log_that_cannot_be_read_is_told(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.note(archive, "waive", "A")

    def refused(_file: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    for asked in (audit.verify, audit.entries):
        with pytest.raises(ArchiveError, match="không có quyền"):
            asked(archive)
