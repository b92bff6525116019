"""An index that is damaged, older, shut or killed while it is made costs time, never an answer."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put, run

from dossier import engines
from dossier.archive import Archive, open_archive
from dossier.index import Filters, SearchOptions, folder, open_index
from dossier.usecases.indexing import rebuild, status
from dossier.usecases.search import search


@pytest.fixture(params=engines.INDEX)
def archive(tmp_path: Path, request: pytest.FixtureRequest) -> Archive:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    (tmp_path / "dossier.toml").write_text(f'[index]\nengine = "{request.param}"\n')
    run(tmp_path)
    return open_archive(tmp_path)


def in_force(archive: Archive) -> Path:
    base = archive.state / "index"
    return base / (base / "current").read_text().split()[2]


def each_file(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(there: Path) -> None:
        for file in there.iterdir():
            if file.suffix != ".lock":
                content = file.read_bytes()
                file.unlink()  # the one before may still be mapped into memory
                file.write_bytes(change(content))

    return damage


def one_file(sign: str, change: Callable[[Path], object]) -> Callable[[Path], None]:
    def damage(there: Path) -> None:
        for file in [file for file in there.iterdir() if sign in file.name]:
            change(file)

    return damage


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut short": each_file(lambda content: content[: len(content) // 2]),
    "emptied": each_file(lambda _content: b""),
    "noise": each_file(lambda content: random.Random(1).randbytes(len(content))),
    "no list of segments": lambda there: [one_file(n, Path.unlink)(there) for n in ("meta", ".toc")],
    "no segments": lambda there: [one_file(n, Path.unlink)(there) for n in (".idx", ".seg")],
    "empty folder": lambda there: [file.unlink() for file in there.iterdir()],
    "no folder": shutil.rmtree,
    "a file for a folder": lambda there: (shutil.rmtree(there), there.write_text("x")),
    "noise for the name": lambda there: (there.parent / "current").write_bytes(bytes(range(128, 255))),
    "a folder for the name": lambda there: (
        (there.parent / "current").unlink(), (there.parent / "current").mkdir()
    ),
    "an earlier format": lambda there: (there.parent / "current").write_text(
        (there.parent / "current").read_text().replace(" ", " 0", 1)
    ),
    "another engine's": lambda there: (there.parent / "current").write_text(f"xapian 1 {there.name}"),
    "nothing at all": lambda there: shutil.rmtree(there.parent),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_index_is_noticed_and_made_again(archive: Archive, damage: str) -> None:
    DAMAGE[damage](in_force(archive))
    assert [hit.path for hit in search(archive, "thanh lap mo hinh", Filters()).hits] == ["mo-hinh/A/a.txt"]
    told = status(archive)
    assert (told.documents, told.pending, told.trouble) == (2, 0, "")


def test_index_that_may_only_be_read_answers(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.index.tantivy_engine.may_lock", lambda _folder: False)
    before = sorted(in_force(archive).iterdir())
    index = open_index(archive.state / "index", archive.config.index.engine)
    assert index.search("thanh lap mo hinh").total == 1
    assert sorted(in_force(archive).iterdir()) == before


def test_index_is_as_open_to_other_users_as_its_folder(archive: Archive) -> None:
    rebuild(archive)
    modes = {file.stat().st_mode & 0o666 for file in in_force(archive).iterdir()}
    assert len(modes) == 1, modes


def test_folder_that_cannot_be_written_is_not_locked(tmp_path: Path) -> None:
    assert folder.may_lock(tmp_path)
    (tmp_path / "a.lock").symlink_to(tmp_path / "nothing")  # a lock that nobody can lock
    assert not folder.may_lock(tmp_path)


# Children of a process that has everything loaded but no index open: a kill falls into the work.
_KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from dossier.archive import open_archive
from dossier.index import Filters
from dossier.usecases import indexing
from dossier.usecases.search import search
import dossier.catalogue, dossier.index.{engine}_engine
archive, chance = open_archive(Path(sys.argv[1])), random.Random(3)

def apart(what):
    pid = os.fork()
    if not pid:
        try:
            what()
        except BaseException as error:
            print(repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    return pid

def over_and_over():
    while True:
        indexing.rebuild(archive)

def check():
    paths = [hit.path for hit in search(archive, "thanh lap mo hinh", Filters()).hits]
    told = indexing.status(archive)
    assert paths == ["mo-hinh/A/a.txt"], paths
    assert (told.documents, told.pending, told.trouble) == (2, 0, ""), told

def rebuild_and_check():
    indexing.rebuild(archive)
    check()
    left = [there.name for there in (archive.state / "index").iterdir()]
    assert len(left) == 2, left  # the index in force, and the file that names it

for _number in range(8):
    pid = apart(over_and_over)
    time.sleep(chance.uniform(0, 0.25))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert os.waitpid(apart(check), 0)[1] == 0
assert os.waitpid(apart(rebuild_and_check), 0)[1] == 0
"""


@pytest.mark.slow  # killed at one moment after another
@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_rebuild_killed_at_any_moment_costs_no_answer(archive: Archive) -> None:
    script = _KILLED.format(engine=archive.config.index.engine)
    done = subprocess.run(
        [sys.executable, "-c", script, str(archive.root)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from papers import doc
from dossier.index import new_index, open_index
base, engine = Path(sys.argv[1]), sys.argv[3]
for turn in range(12):
    index = open_index(base, engine) if turn % 4 else new_index(base, engine)
    with index.writer() as writer:
        for number in range(turn % 4 * 5 + 5):
            writer.replace(f"{number}", [doc(f"{number}", body=f"văn bản thứ {number}")])
    if not turn % 4:
        index.publish()
    print(turn, flush=True)
"""


@pytest.mark.parametrize("engine", engines.INDEX)
def test_readers_and_the_writer_do_not_wait_for_each_other(tmp_path: Path, engine: str) -> None:
    papers = Path(__file__).parents[1] / "index"
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path / "i"), str(papers), engine], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == b"0"
    seen = set()
    while writer.poll() is None:
        held = open_index(tmp_path / "i", engine)
        found = held.search("văn bản", options=SearchOptions(limit=100))
        assert len(found.hits) == found.total
        seen.add(found.total)
    assert writer.returncode == 0
    assert seen <= {5, 10, 15, 20}, seen  # whole commits, never a part of one
