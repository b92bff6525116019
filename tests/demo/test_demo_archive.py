"""The sample archive as a whole: the same every time, and the truth fits what is on disk."""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dossier.demo import write_archive
from dossier.demo.requirements import Held, SampleLife, gaps, needs
from dossier.progress import heard_by

if TYPE_CHECKING:
    from conftest import Sample

TODAY = date(2026, 11, 24)


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with its hash, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("scans", [False, True])
def test_same_arguments_give_same_bytes(tmp_path: Path, scans: bool) -> None:
    for name in ("a", "b"):
        write_archive(tmp_path / name / "kho", dossiers=2, seed=8, today=TODAY, scans=scans)
    assert fingerprints(tmp_path / "a") == fingerprints(tmp_path / "b")


def test_another_seed_gives_another_archive(tmp_path: Path, plain: Sample) -> None:
    write_archive(tmp_path / "kho", dossiers=6, seed=5, today=TODAY, scans=False)
    assert fingerprints(tmp_path / "kho").keys() != fingerprints(plain.folder).keys()


def test_truth_lies_beside_the_archive(tmp_path: Path) -> None:
    assert write_archive(tmp_path / "kho", dossiers=1, seed=1, today=TODAY, scans=False) == (
        tmp_path / "kho.truth.json"
    )


def test_truth_of_an_unfinished_run_is_gone(tmp_path: Path) -> None:
    stale = tmp_path / "kho.truth.json"
    stale.write_text("{}")

    def interrupt(_done: int, _total: int, _what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), heard_by(interrupt):
        write_archive(tmp_path / "kho", dossiers=2, seed=1, today=TODAY, scans=False)
    assert not stale.exists()


def test_progress_counts_dossiers(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with heard_by(lambda done, total, _what: seen.append((done, total))):
        write_archive(tmp_path / "kho", dossiers=2, seed=1, today=TODAY, scans=False)
    assert seen == [(1, 2), (2, 2)]


def test_unknown_bank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such bank"):
        write_archive(tmp_path / "kho", dossiers=1, seed=1, today=TODAY, bank="other")


def test_every_file_on_disk_is_in_the_truth_once(plain: Sample) -> None:
    truth = plain.truth
    told = [file["path"] for file in truth["files"]] + truth["ignored"] + truth["manifests"]
    assert sorted(told) == sorted(plain.real)


def test_paths_in_the_truth_are_nfc(plain: Sample) -> None:
    assert all(unicodedata.is_normalized("NFC", file["path"]) for file in plain.truth["files"])


def test_some_names_on_disk_are_nfd(plain: Sample) -> None:
    assert any(not unicodedata.is_normalized("NFC", path.name) for path in plain.real.values())


def test_no_symbolic_links(plain: Sample) -> None:
    assert not any(path.is_symlink() for path in plain.folder.rglob("*"))


def test_files_lie_in_their_dossiers(plain: Sample) -> None:
    assert all(file["path"].startswith(file["dossier"] + "/") for file in plain.truth["files"])


def test_nothing_is_younger_than_today(plain: Sample) -> None:
    days = [doc["date"] for file in plain.truth["files"] for doc in file["documents"] if doc["date"]]
    assert max(days) <= TODAY.isoformat()


def placements(sample: Sample) -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """(document, placement) pairs by dossier."""
    found: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for file in sample.truth["files"]:
        for document in file["documents"]:
            found[file["dossier"]] += [(document, place) for place in document["placements"]]
    return found


@pytest.mark.parametrize("name", ["plain", "heldout"])
def test_missing_follows_from_the_documents(name: str, request: pytest.FixtureRequest) -> None:
    sample: Sample = request.getfixturevalue(name)
    held = placements(sample)
    for dossier in sample.truth["dossiers"]:
        facts, pairs = dossier["facts"], held[dossier["path"]]
        if dossier["kind"] == "mo-hinh":
            ended = facts["ended"] and date.fromisoformat(facts["ended"])
            founded = date.fromisoformat(facts["founded"])
            life = SampleLife("mo-hinh", founded, ended, facts["linked"], facts["fund"], facts["pilot"])
        else:
            plans = [date.fromisoformat(doc["date"]) for doc, place in pairs if place["part"] == "3"]
            life = SampleLife("dien-hinh", planned=min(plans, default=None))
        places = [Held(place["part"], place["period"], place["step"]) for _, place in pairs]
        found = gaps(needs(life, TODAY), places)
        assert (list(found.missing), found.complete) == (dossier["missing"], dossier["complete"])


def test_founding_is_the_day_of_the_founding_decision_or_declared(plain: Sample) -> None:
    pairs = placements(plain)
    for dossier in plain.truth["dossiers"]:
        if dossier["kind"] != "mo-hinh":
            continue
        days = {doc["date"] for doc, place in pairs[dossier["path"]] if place["part"] == "6a"}
        if not days:
            manifest = tomllib.loads((plain.folder / dossier["path"] / "hoso.toml").read_text("utf-8"))
            days = {manifest["founded"].isoformat()}
        assert days == {dossier["facts"]["founded"]}


def test_recurring_parts_carry_their_period(plain: Sample) -> None:
    for pairs in placements(plain).values():
        for _, place in pairs:
            assert bool(place["period"]) == (place["part"] in ("9", "10a", "10b", "13a", "13b"))


def test_numbers_are_borne_once_by_an_issuer_in_a_year(plain: Sample) -> None:
    seen = [
        (file["dossier"], doc["issuing_body"], doc["date"][:4], doc["number_symbol"])
        for file in plain.truth["files"]
        for doc in file["documents"]
        if doc["number_symbol"] and doc["date"]
    ]
    assert len(seen) == len(set(seen))


def test_some_papers_belong_to_no_item(plain: Sample) -> None:
    assert any(not doc["placements"] for file in plain.truth["files"] for doc in file["documents"])


def test_banks_share_no_abstract(plain: Sample, heldout: Sample) -> None:
    def abstracts(sample: Sample) -> set[str]:
        return {doc["abstract"] for file in sample.truth["files"] for doc in file["documents"]}

    assert not abstracts(plain) & abstracts(heldout)


def test_models_of_the_real_bank_are_called_by_what_they_are(tmp_path: Path) -> None:
    truth = write_archive(tmp_path / "kho", dossiers=4, seed=3, today=TODAY, scans=False, bank="real")
    files = json.loads(truth.read_text("utf-8"))["files"]
    documents = [document for file in files for document in file["documents"]]
    founding = [d["abstract"] for d in documents if d["placements"] and d["placements"][0]["part"] == "6a"]
    assert founding
    assert not any("mô hình “" in d["abstract"] or "MÔ HÌNH" in d["issuing_body"] for d in documents)
