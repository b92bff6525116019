"""Processes of a first scan are started before their parent has loaded what it needs itself."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path

import pytest
from archives import FOUNDING, put, run

from dossier.archive import CONFIG_NAME, open_archive
from dossier.errors import ConfigurationError
from dossier.progress import heard_by
from dossier.usecases.reading import early_pool
from dossier.usecases.scan import scan


def test_processes_of_a_first_scan_are_started_at_once(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    before = set(active_children())
    with early_pool(open_archive(tmp_path), 2):
        assert len(set(active_children()) - before) == 2


def test_no_process_is_started_for_an_archive_in_which_nothing_may_have_changed(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    before = set(active_children())
    with early_pool(open_archive(tmp_path), 2):
        assert not set(active_children()) - before


def test_scan_reads_with_the_processes_that_were_started(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    archive = open_archive(tmp_path)
    before = set(active_children())
    with early_pool(archive, 1) as pool:
        started = set(active_children()) - before
        reading: list[set[object]] = []
        with heard_by(lambda *_told: reading.append(set(active_children()))):
            counts = scan(archive, pool=pool)
    assert counts.read == 1
    assert [each - before for each in reading] == [started]
    assert not set(active_children()) - before


def test_archive_with_a_wrong_setting_is_left_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    (tmp_path / CONFIG_NAME).write_text('[archive.dossiers]\nkhac = ["*"]\n', "utf-8")
    archive = open_archive(tmp_path)
    with pytest.raises(ConfigurationError):
        early_pool(archive, 1)
    assert not archive.state.exists()


def test_processes_are_started_before_the_database_library_is_loaded() -> None:
    told = "import sys, dossier.usecases.reading; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
