"""One catalogue answers in Vietnamese and in English: what was stored is said in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

from archives import FOUNDING, SURVEY, put, run

from dossier import i18n
from dossier.archive import open_archive
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known

QUOTED = re.compile("“[^”]*”|mo-hinh/[^ :]*|(?<=type of document: ).*")
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")


def told(root: Path) -> list[str]:
    """Evidence, reasons and notes of everything the last scan met, in the language in use."""
    with open_known(open_archive(root)) as catalogue:
        states = catalogue.states()
    sentences = [reason for state in states for unread in state.unread for reason in [unread.detail]]
    sentences += [
        sentence
        for state in states
        for document in state.documents
        for sentence in (*document.notes, *(s for place in document.placements for s in place.evidence))
    ]
    return sentences


def test_what_a_scan_in_vietnamese_stored_is_said_in_english(tmp_path: Path) -> None:
    put(tmp_path, quyet_dinh_txt=FOUNDING, bao_cao_khao_sat_txt=SURVEY)
    (tmp_path / "mo-hinh/A/rong.docx").write_bytes(b"")
    (tmp_path / "mo-hinh/A/hong.pdf").write_bytes(b"%PDF-1.4 broken")
    run(tmp_path)
    before = told(tmp_path)
    assert any(VIETNAMESE.search(QUOTED.sub("", sentence)) for sentence in before)
    with i18n.speaking("en"):
        after = told(tmp_path)
    assert len(after) == len(before)
    assert [sentence for sentence in after if VIETNAMESE.search(QUOTED.sub("", sentence))] == []


def test_findings_judged_in_one_language_are_said_in_another(tmp_path: Path) -> None:
    put(tmp_path, quyet_dinh_txt=FOUNDING)
    run(tmp_path)
    findings = [f for dossier in assess(open_archive(tmp_path)).dossiers for f in dossier.findings]
    assert findings
    with i18n.speaking("en"):
        english = [i18n.say(finding.message) for finding in findings]
    assert all(said != finding.message for said, finding in zip(english, findings, strict=True))
