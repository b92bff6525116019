"""The JSON contract."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from specimen import complete, incomplete, report

import reports
from dossier import machine_json
from dossier.model import Box, FieldReading, FieldSource
from reports.json import as_dict, plain


def test_bytes_and_value_say_the_same() -> None:
    assert json.loads(reports.render("json", report())) == as_dict(report())


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        (lambda d: d, "schema archive scanned_at today summary dossiers documents unread"),
        (lambda d: d["summary"], "dossiers complete incomplete files documents unread needs_review"),
        (lambda d: d["dossiers"][0], "path kind name status facts items findings retention"),
        (lambda d: d["dossiers"][0]["items"][0], "item title status parts missing periods_missing"),
        (lambda d: d["dossiers"][0]["items"][0]["parts"][0], "part status required documents"),
        (lambda d: d["dossiers"][0]["findings"][0], "rule part severity message citation documents"),
        (lambda d: d["dossiers"][0]["retention"], "pack period verified handover_due expires"),
        (lambda d: d["dossiers"][0]["facts"]["founded"], "value source from"),
        (
            lambda d: d["documents"][0],
            "path ordinal pages sha256 format size reading type number_symbol date issuing_body abstract "
            "signer security placements",
        ),
        (lambda d: d["documents"][0]["placements"][0], "item part confidence source evidence"),
        (lambda d: d["unread"][0], "path reason detail"),
    ],
)
def test_the_keys_of_the_contract_are_there(where, keys) -> None:  # type: ignore[no-untyped-def]
    assert set(keys.split()) <= set(where(as_dict(report())))


def test_every_file_on_the_disk_is_accounted_for() -> None:
    made = as_dict(report())
    read = {document["path"] for document in made["documents"]}
    assert len(read) + len(made["unread"]) == made["summary"]["files"]
    assert len(made["ignored"]) == made["summary"]["ignored"]


def test_missing_parts_and_periods_of_an_item_are_named() -> None:
    yearly = as_dict(report())["dossiers"][1]["items"][2]
    assert (yearly["missing"], yearly["periods_missing"]) == (["9"], ["2024"])


def test_a_name_stays_as_it_is() -> None:
    assert plain(incomplete())["documents"][0]["path"].count("\n") == 1  # type: ignore[index]


def test_a_dossier_for_machines_holds_its_documents() -> None:
    assert len(plain(complete())["documents"]) == 1  # type: ignore[index]


def test_a_file_for_machines_is_the_list_of_its_documents() -> None:
    assert [made["ordinal"] for made in plain(complete().documents)] == [1]  # type: ignore[attr-defined]


def test_an_unread_file_says_why() -> None:
    assert plain(incomplete().unread[0])["reason"] == "encrypted"  # type: ignore[index]


def test_an_ignored_file_says_why() -> None:
    assert plain(complete().ignored[0])["why"]  # type: ignore[index]


def test_json_can_be_written_for_every_kind_of_answer() -> None:
    known = (complete(), complete().documents, incomplete().unread[0], complete().ignored[0])
    assert all(json.dumps(plain(value)) for value in known)


def test_a_date_known_in_part_and_how_fields_were_read_are_told() -> None:
    (paper,) = complete().documents
    reading = FieldReading(0.912345, FieldSource.OCR, ("12/QĐ-UBND",), 1, Box(0.1, 0.2, 0.4, 0.25))
    header = replace(paper.header, date=None, partial_date="2023-03", fields={"number_symbol": reading})
    told = as_dict(report(replace(complete(), documents=(replace(paper, header=header),))))["documents"][0]
    assert told["date"] == "2023-03"
    assert told["fields"]["number_symbol"] == {
        "confidence": 0.912,
        "source": "ocr",
        "candidates": ["12/QĐ-UBND"],
        "page": 1,
        "box": [0.1, 0.2, 0.3, 0.05],
    }


def test_a_folder_of_dossiers_for_machines_is_the_report_on_them() -> None:
    assert plain(report()) == as_dict(report())


def test_a_moment_is_told_as_programs_write_it() -> None:
    moment = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert json.loads(machine_json.dumps({"at": moment})) == {"at": "2026-11-24T05:00:00+00:00"}
