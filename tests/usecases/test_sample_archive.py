"""The sample archive from end to end: what the tool says against the truth written beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dossier import libraries
from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.index import Filters, SearchOptions
from dossier.model import ComplianceReport
from dossier.usecases.assess import assess
from dossier.usecases.demo import demonstrate, truth_of, write_sample
from dossier.usecases.scan import scan
from dossier.usecases.search import search

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, dict[str, Any], ComplianceReport]]:
    folder = tmp_path_factory.mktemp("mau") / "kho"
    write_sample(folder, dossiers=10, seed=90210, today=TODAY, scans=False)
    archive = open_archive(folder)
    scan(archive, workers=2)
    yield folder, json.loads(truth_of(folder).read_text("utf-8")), assess(archive, TODAY)


def test_missing_parts_of_every_dossier_are_the_truth(sample: Any) -> None:
    _folder, truth, report = sample
    said = {d.path: sorted(p for item in d.items for p in item.missing) for d in report.dossiers}
    assert said == {d["path"]: sorted(d["missing"]) for d in truth["dossiers"]}


def test_completeness_of_every_dossier_is_the_truth(sample: Any) -> None:
    _folder, truth, report = sample
    assert {d.path: d.complete for d in report.dossiers} == {
        d["path"]: d["complete"] for d in truth["dossiers"]
    }


def test_documents_are_in_their_items(sample: Any) -> None:
    _folder, truth, report = sample
    said = {d.id: {p.item for p in d.placements} for d in report.documents if not d.review}
    true = {
        f"{file['path']}#{doc['ordinal']}": {p["item"] for p in doc["placements"]}
        for file in truth["files"]
        for doc in file["documents"]
    }
    right = sum(said.get(name) == items for name, items in true.items())
    assert right >= 0.95 * len(true)


def test_every_file_of_the_archive_is_accounted_for(sample: Any) -> None:
    folder, _truth, report = sample
    state = open_archive(folder).state
    on_disk = [
        path
        for path in folder.rglob("*")
        if (path.is_file() or path.is_symlink()) and not path.is_relative_to(state)
    ]
    said = len({d.path for d in report.documents}) + len(report.unread)
    assert said + report.summary["ignored"] == len(on_disk)


def test_every_decision_is_found_by_its_number(sample: Any) -> None:
    folder, _truth, report = sample
    archive = open_archive(folder)
    decisions = [d for d in report.documents if d.header.type == "quyet-dinh" and d.header.number_symbol]
    assert decisions
    for document in decisions[:20]:
        found = search(archive, document.header.number_symbol, Filters(), SearchOptions(limit=50))
        assert document.path in {hit.path for hit in found.hits}


def test_demonstration_scans_reports_and_searches(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    assert write_sample(folder, dossiers=2, seed=3, today=TODAY, scans=False)
    shown = demonstrate(folder)
    assert shown.html.read_text("utf-8").startswith("<!doctype html>")
    assert shown.report.dossiers
    assert shown.found.hits


def test_demonstration_uses_the_archive_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    write_sample(folder, dossiers=1, seed=3, today=TODAY, scans=False)
    before = truth_of(folder).read_bytes()
    assert not write_sample(folder, dossiers=9, seed=4, today=TODAY, scans=False)
    assert truth_of(folder).read_bytes() == before


@pytest.mark.parametrize("missing", ["fontTools", "fontpkg_source_serif_4"])
def test_without_the_fonts_the_sample_archive_names_what_to_install_and_writes_nothing(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    libraries.trouble.cache_clear()
    with pytest.raises(UsageError) as told:
        write_sample(tmp_path / "kho", dossiers=1, seed=0, today=TODAY)
    libraries.trouble.cache_clear()
    assert missing in told.value.message and 'pip install "dossier[sample]"' in told.value.advice
    assert list(tmp_path.iterdir()) == []
