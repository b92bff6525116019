"""Digital signatures in the reports."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from rich.console import Console
from specimen import ESCAPE, SCRIPT, complete, document, report

from dossier.model import Document, Signature
from reports import html
from reports.json import as_dict
from reports.screen.document import document_view

AT = datetime(2024, 8, 28, 14, 34, 48, tzinfo=timezone(timedelta(hours=7)))
SIGNATURE = Signature("pades", "Trần Thị Bình", AT, True, False, "Nguyên vẹn.")


def signed(**changes: object) -> Document:
    signature = replace(SIGNATURE, **changes)  # type: ignore[arg-type]
    return replace(document("mo-hinh/Camera an ninh/QĐ.pdf", "1"), signatures=(signature,))


def screen(**changes: object) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(document_view(signed(**changes)))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def page(**changes: object) -> str:
    return html.render(report(replace(complete(), documents=(signed(**changes),)))).decode()


def test_json_has_every_field_of_a_signature() -> None:
    given = report(replace(complete(), documents=(signed(),)))
    assert as_dict(given)["documents"][0]["signatures"] == [
        {
            "kind": "pades",
            "signer": "Trần Thị Bình",
            "at": "2024-08-28T14:34:48+07:00",
            "intact": True,
            "trusted": False,
            "checked": True,
            "amended": False,
            "detail": "Nguyên vẹn.",
            "inner": None,
        }
    ]


def test_screen_shows_who_signed_and_when() -> None:
    assert "✓ Chữ ký số: Trần Thị Bình, 28/08/2024 14:34 +0700" in screen()


@pytest.mark.parametrize(
    ("changes", "symbol"),
    [({"intact": False}, "✗"), ({"amended": True}, "!"), ({"intact": False, "checked": False}, "–")],
)
def test_screen_tells_the_states_apart_without_colour(changes: dict[str, object], symbol: str) -> None:
    assert f"{symbol} Chữ ký số" in screen(**changes)


def test_name_of_a_signer_reaches_neither_screen_nor_page_as_code() -> None:
    assert ESCAPE not in screen(signer=ESCAPE)
    assert SCRIPT not in page(signer=SCRIPT)


def test_page_lists_signed_files_once() -> None:
    twice = replace(complete(), documents=(signed(), replace(signed(), ordinal=2)))
    shown = html.render(report(twice)).decode()
    assert shown.count("Trần Thị Bình, 28/08/2024 14:34 +0700") == 1


def test_page_of_a_dossier_without_signatures_says_nothing_of_them() -> None:
    assert "Chữ ký số" not in html.render(report(complete())).decode()
