"""What machines and mails get of one report, letter by letter: a change must be meant.

After a change that is: ``pytest tests/reports/test_report_golden.py --snapshot-update``, and read what
differs.
"""

from __future__ import annotations

import pytest
from specimen import report
from syrupy.assertion import SnapshotAssertion

import reports
from dossier.i18n import speaking


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["json", "csv", "sarif", "junit", "ics", "txt", "digest"])
def test_a_report_reads_as_it_did(snapshot: SnapshotAssertion, name: str, language: str) -> None:
    with speaking(language):
        made = reports.render(name, report()).decode("utf-8")
    assert made == snapshot
