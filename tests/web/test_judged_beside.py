"""Pages go on while the archive is judged again, however often a scan changes it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import TODAY

from dossier.archive import open_archive
from dossier.catalogue import open_catalogue
from dossier.scanner import VERSION
from dossier.usecases.locking import working
from dossier.usecases.scan import scan
from dossier.usecases.standing import Standing, StandingFeed
from dossier.web import cache as judging
from dossier.web.cache import Cache


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    """Of an archive that was judged; every look at the catalogue finds that it has changed since."""
    (tmp_path / "ghi chép.txt").write_text("Ghi chép của xã.\n", "utf-8")
    archive = open_archive(tmp_path)
    scan(archive, workers=1)
    monkeypatch.setattr(judging, "_CHECK_SECONDS", 0.01)
    made = Cache(archive, TODAY)
    changes = iter(range(1_000_000))
    monkeypatch.setattr(made._pulse, "revision", lambda: next(changes))
    yield made
    made.stop()


def until(true: threading.Event) -> None:
    assert true.wait(60)


def test_page_shows_the_last_answer_while_the_next_is_made(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand, begun, go_on = StandingFeed.stand, threading.Event(), threading.Event()

    def slow(self: StandingFeed, revision: object, today: object = None) -> Standing:
        if cache.judged:
            begun.set()
            go_on.wait(60)
        return stand(self, revision, TODAY)

    monkeypatch.setattr(StandingFeed, "stand", slow)
    cache.start()
    first = cache.standing(60)
    until(begun)
    assert cache.standing(0) is first
    go_on.set()


def test_changes_of_a_scan_are_judged_with_rests_between(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand, begun, judged = StandingFeed.stand, threading.Event(), []

    def counted(self: StandingFeed, revision: object, today: object = None) -> Standing:
        judged.append(revision)
        if len(judged) == 2:
            begun.set()
        return stand(self, revision, TODAY)

    monkeypatch.setattr(StandingFeed, "stand", counted)
    monkeypatch.setattr(judging, "_REST", 1_000_000)  # so the longest rest follows any judging
    cache.start()
    cache.standing(60)
    until(begun)
    time.sleep(0.5)  # fifty looks
    assert len(judged) == 2
    cache.changed()  # what somebody clicked is shown at once all the same
    assert len(judged) == 3


def test_index_takes_in_what_a_scan_at_work_has_read(cache: Cache) -> None:
    cache.start()
    cache.standing(60)
    with open_catalogue(cache.archive.state, VERSION) as catalogue:
        catalogue.feed.everything_pending()
        assert catalogue.feed.behind() == 1
        with working(cache.archive, "scan"):
            for _again in range(200):
                if not catalogue.feed.behind():
                    break
                time.sleep(0.05)
        assert catalogue.feed.behind() == 0
