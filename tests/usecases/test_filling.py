"""The first index of an archive, filled while its files are read, is what it would be if made at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, put, run, write

from dossier.archive import Archive, open_archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.index import Filters, Writer
from dossier.model import DossierFolder
from dossier.scanner import VERSION
from dossier.scanner.sandbox import Done
from dossier.usecases.demo import write_sample
from dossier.usecases.filling import Filling
from dossier.usecases.indexing import catch_up, index_files, index_of, rebuild, status
from dossier.usecases.reading import processor_for
from dossier.usecases.search import search
from dossier.usecases.updating import Update


def answers(archive: Archive) -> list[tuple[str, tuple[str, ...], str, str]]:
    """All that is found, as the index has it."""
    hits = search(archive, "mô hình", Filters()).hits
    return sorted((hit.path, hit.parts, hit.dossier_name, hit.abstract) for hit in hits)


@contextmanager
def catalogued(root: Path) -> Iterator[tuple[Archive, Catalogue, list[str]]]:
    """A new archive, everything in it read and catalogued; its paths."""
    put(root, a_txt=FOUNDING, b_txt=SURVEY, c_txt=PROPOSAL)
    archive = open_archive(root)
    processor = processor_for(archive)
    with open_catalogue(archive.ready_state(), VERSION) as catalogue:
        update = Update(archive, catalogue, processor)
        for change in update.begin().read:
            update.settle(change, Done(processor(update.task(change))))
        update.finish()
        yield archive, catalogue, [f"mo-hinh/A/{name}.txt" for name in "abc"]


def test_first_scan_leaves_the_index_that_one_made_anew_is(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY, c_txt=PROPOSAL)
    run(tmp_path)
    archive = open_archive(tmp_path)
    first = answers(archive)
    assert status(archive).pending == 0
    rebuild(archive)
    assert answers(archive) == first
    assert len(first) == 3


def test_what_was_taken_in_waits_no_more(tmp_path: Path) -> None:
    with catalogued(tmp_path) as (archive, catalogue, paths), Filling(archive, catalogue) as filling:
        filling.take_in(paths[:2])
        filling.publish()
        assert list(catalogue.feed.pending()) == paths[2:]
        catch_up(archive, catalogue)
        assert sorted(index_of(archive).paths()) == paths


def test_what_changes_after_it_was_taken_in_is_taken_in_again(tmp_path: Path) -> None:
    with catalogued(tmp_path) as (archive, catalogue, paths), Filling(archive, catalogue) as filling:
        filling.take_in(paths)
        catalogue.feed.everything_pending()
        filling.publish()
        assert list(catalogue.feed.pending()) == paths


def test_index_that_fails_while_it_is_filled_is_made_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with catalogued(tmp_path) as (archive, catalogue, paths):
        with Filling(archive, catalogue) as filling, monkeypatch.context() as patch:
            patch.setattr("dossier.usecases.filling.index_files", full)
            filling.take_in(paths[:1])
            filling.take_in(paths[1:])
            filling.publish()
        assert list(catalogue.feed.pending()) == paths
        catch_up(archive, catalogue)
        assert sorted(index_of(archive).paths()) == paths


def test_more_files_than_one_query_may_name_are_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossier.usecases.filling._AT_ONCE", 2)
    with catalogued(tmp_path) as (archive, catalogue, paths), Filling(archive, catalogue) as filling:
        filling.take_in(paths)
        filling.publish()
        assert not catalogue.feed.pending()
        assert sorted(index_of(archive).paths()) == paths


def test_file_whose_document_is_weighed_is_indexed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sample(tmp_path, dossiers=3, seed=4, today=date(2026, 11, 24), scans=False)
    indexed = Counter[str]()

    def counted(
        writer: Writer, catalogue: Catalogue, paths: Collection[str], folders: Mapping[str, DossierFolder]
    ) -> None:
        indexed.update(paths)
        index_files(writer, catalogue, paths, folders)

    monkeypatch.setattr("dossier.usecases.filling.index_files", counted)
    monkeypatch.setattr("dossier.usecases.indexing.index_files", counted)
    counts, _report = run(tmp_path)
    assert len(indexed) == counts.read
    assert set(indexed.values()) == {1}


def test_files_of_a_dossier_that_is_not_whole_are_indexed_when_many_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        write(tmp_path, f"mo-hinh/A/{number}.txt", FOUNDING + "." * number)
    taken: list[int] = []
    take_in = Filling.take_in

    def told(filling: Filling, paths: Collection[str]) -> None:
        taken.append(len(paths))
        take_in(filling, paths)

    monkeypatch.setattr(Filling, "take_in", told)
    monkeypatch.setattr("dossier.usecases.scan._AT_ONCE", 2)
    monkeypatch.setattr("dossier.usecases.scan._MOST_UNINDEXED", 3)
    run(tmp_path, workers=1)
    assert [count for count in taken if count] == [4, 4]


def test_scan_that_is_cut_short_puts_no_index_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_filling: Filling, _paths: Collection[str]) -> None:
        raise KeyboardInterrupt

    put(tmp_path, a_txt=FOUNDING)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Filling, "take_in", cut)
        run(tmp_path)
    run(tmp_path)
    assert [path for path, *_rest in answers(open_archive(tmp_path))] == ["mo-hinh/A/a.txt"]


def test_index_that_another_made_meanwhile_stays(tmp_path: Path) -> None:
    with catalogued(tmp_path) as (archive, catalogue, paths), Filling(archive, catalogue) as filling:
        filling.take_in(paths[:1])
        catch_up(archive, catalogue)
        filling.publish()
        assert sorted(index_of(archive).paths()) == paths
