"""The index follows what it is told, and survives what happens to its files."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from papers import doc, paths

from dossier.errors import IndexUnusableError
from dossier.index import NewIndex, chosen_engine, is_filled, new_index, open_index


def base(tmp_path: Path) -> Path:
    return tmp_path / "i"


def filled(made: NewIndex, *documents: str) -> None:
    """Put documents of these names in the index and the index in force."""
    with made.writer() as writer:
        for name in documents:
            writer.replace(name, [doc(name, body=f"văn bản {name}")])
    made.publish()


def put_in_place(file: Path, content: bytes) -> None:
    """Another file under the same name: the one before may still be mapped into memory."""
    file.unlink()
    file.write_bytes(content)


def test_replacing_a_file_drops_its_old_documents(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="cũ"), doc("a", ordinal=2)])
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="mới")])
    assert (made.count(), paths(made, "cũ"), paths(made, "mới")) == (1, [], ["a"])


def test_removed_file_is_not_found(made: NewIndex) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a")])
    with made.writer() as writer:
        writer.remove("a")
    assert list(made.paths()) == []


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux lists what a process holds open")
def test_files_that_a_commit_replaces_are_let_go(made: NewIndex, tmp_path: Path) -> None:
    """Windows removes no files that are open: they would stay."""
    for name in "abcdefghijkl":  # enough for parts to be merged
        with made.writer() as writer:
            writer.replace(name, [doc(name)])
        if name == "c":
            assert len(list(made.paths())) == 3  # a search opens what is there
    gc.collect()
    open_files = Path("/proc/self/maps").read_text("utf-8").splitlines()
    assert [line for line in open_files if str(base(tmp_path)) in line and line.endswith("(deleted)")] == []


def test_failed_writer_changes_nothing(made: NewIndex, tmp_path: Path, engine: str) -> None:
    filled(made, "a")
    with pytest.raises(RuntimeError), made.writer() as writer:
        writer.replace("b", [doc("b")])
        raise RuntimeError
    assert list(open_index(base(tmp_path), engine).paths()) == ["a"]


def test_index_is_there_when_opened_again(made: NewIndex, tmp_path: Path, engine: str) -> None:
    filled(made, "a")
    assert open_index(base(tmp_path), engine).count() == 1


def test_index_that_was_not_published_is_not_in_force(made: NewIndex, tmp_path: Path, engine: str) -> None:
    with made.writer() as writer:
        writer.replace("a", [doc("a")])
    assert not is_filled(base(tmp_path), engine)
    with pytest.raises(IndexUnusableError):
        open_index(base(tmp_path), engine)


def test_index_in_force_answers_while_a_new_one_is_filled(
    made: NewIndex, tmp_path: Path, engine: str
) -> None:
    filled(made, "a")
    second = new_index(base(tmp_path), engine)
    with second.writer() as writer:
        writer.replace("b", [doc("b")])
    assert list(open_index(base(tmp_path), engine).paths()) == ["a"]
    second.publish()
    assert list(open_index(base(tmp_path), engine).paths()) == ["b"]


def test_half_filled_indexes_are_swept_away(made: NewIndex, tmp_path: Path, engine: str) -> None:
    for _number in range(3):
        new_index(base(tmp_path), engine)
    filled(new_index(base(tmp_path), engine), "a")
    assert len(list(base(tmp_path).iterdir())) == 2  # one index, and the file that names it


def test_index_of_an_older_format_is_not_opened(made: NewIndex, tmp_path: Path, engine: str) -> None:
    filled(made, "a")
    current = base(tmp_path) / "current"
    current.write_text(current.read_text().replace(f"{engine} ", f"{engine} 0", 1))
    with pytest.raises(IndexUnusableError):
        open_index(base(tmp_path), engine)


@pytest.mark.parametrize("told", ["", "x", "tantivy 2 ../../etc", "\x00 1 2", "tantivy two three"])
def test_damaged_name_of_the_index_in_force_is_no_index(
    made: NewIndex, tmp_path: Path, engine: str, told: str
) -> None:
    filled(made, "a")
    (base(tmp_path) / "current").write_text(told)
    with pytest.raises(IndexUnusableError):
        open_index(base(tmp_path), engine)


def test_every_file_that_is_cut_short_is_noticed_or_not_needed(
    made: NewIndex, tmp_path: Path, engine: str
) -> None:
    filled(made, *"abc")
    (folder,) = (there for there in base(tmp_path).iterdir() if there.is_dir())
    for file in sorted(folder.iterdir()):
        whole = file.read_bytes()
        put_in_place(file, whole[: len(whole) // 2])
        try:
            index = open_index(base(tmp_path), engine)
            found = sorted(paths(index, "van ban"))
        except IndexUnusableError:
            continue
        finally:
            put_in_place(file, whole)
        assert found == ["a", "b", "c"], file.name


def test_unused_segments_are_collected(made: NewIndex, tmp_path: Path) -> None:
    filled(made, "a")
    (folder,) = (there for there in base(tmp_path).iterdir() if there.is_dir())
    for _number in range(3):
        filled(made, "a")
    few = len(list(folder.iterdir()))
    for _number in range(12):
        filled(made, "a")
    assert len(list(folder.iterdir())) <= few + 3


def test_reader_opened_before_a_write_answers_as_before(made: NewIndex, tmp_path: Path, engine: str) -> None:
    filled(made, "a")
    reader = open_index(base(tmp_path), engine)
    assert paths(reader, "van ban") == ["a"]
    with made.writer() as writer:
        writer.replace("b", [doc("b", body="văn bản b")])
        assert paths(reader, "van ban") == ["a"]
    assert sorted(paths(open_index(base(tmp_path), engine), "van ban")) == ["a", "b"]


def test_engine_is_the_one_asked_for_or_the_best_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (chosen_engine("auto"), chosen_engine("tantivy"), chosen_engine("whoosh")) == (
        "tantivy",
        "tantivy",
        "whoosh",
    )
    monkeypatch.setattr("dossier.libraries.usable", lambda _name: False)
    assert (chosen_engine("auto"), chosen_engine("tantivy")) == ("whoosh", "whoosh")


def test_killed_writer_leaves_the_last_commit_readable(made: NewIndex, tmp_path: Path, engine: str) -> None:
    filled(made, "a")
    script = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from papers import doc; from dossier.index import open_index\n"
        "index = open_index(Path(sys.argv[1]), sys.argv[3])\n"
        "with index.writer() as writer:\n"
        "    for n in range(200): writer.replace(f'x{n}', [doc(f'x{n}')])\n"
        "    print('ready', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(base(tmp_path)), str(Path(__file__).parent), engine],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    process.kill()
    process.wait()
    again = open_index(base(tmp_path), engine)
    assert paths(again, "văn bản") == ["a"]
    with again.writer() as writer:
        writer.replace("b", [doc("b")])
    assert again.count() == 2
