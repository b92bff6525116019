"""Digital signatures on their way from a file to the verdict."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from archives import FOUNDING, put, run

from dossier.model import ComplianceReport, Severity, Signature

BLOCK = "Người ký: UBND xã Hàm Thắng\nCơ quan: Tỉnh Bình Thuận\nThời gian ký: 05.03.2023 14:34:48 +07:00\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_with_ruined_signature() -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in FOUNDING.split("\n"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{lines}</w:body></w:document>'
        )
        package.writestr("_xmlsignatures/sig1.xml", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>')
    return out.getvalue()


def signatures(report: ComplianceReport) -> list[Signature]:
    return [signature for document in report.documents for signature in document.signatures]


def test_ruined_signature_is_a_finding(tmp_path: Path) -> None:
    put(tmp_path, QĐ_docx=word_with_ruined_signature())
    _counts, report = run(tmp_path)
    (finding,) = [f for f in report.dossiers[0].findings if f.rule == "TV-10"]
    assert finding.severity is Severity.ERROR
    assert finding.documents == ("mo-hinh/A/QĐ.docx",)


def test_printed_block_is_listed_and_no_finding(tmp_path: Path) -> None:
    put(tmp_path, QĐ_txt=BLOCK + FOUNDING)
    _counts, report = run(tmp_path)
    assert [(s.kind, s.signer) for s in signatures(report)] == [("printed", "UBND xã Hàm Thắng")]
    assert "TV-10" not in {finding.rule for finding in report.dossiers[0].findings}


def test_renamed_file_keeps_its_signatures(tmp_path: Path) -> None:
    put(tmp_path, QĐ_docx=word_with_ruined_signature())
    _counts, before = run(tmp_path)
    (tmp_path / "mo-hinh/A/QĐ.docx").rename(tmp_path / "mo-hinh/A/QĐ 12.docx")
    counts, after = run(tmp_path)
    assert counts.placed_anew == 1
    assert signatures(after) == signatures(before) != []


def test_file_sealed_as_secret_keeps_no_signature(tmp_path: Path) -> None:
    put(tmp_path, QĐ_txt=BLOCK + FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nTỐI MẬT"))
    _counts, report = run(tmp_path)
    assert report.documents[0].security == "toi-mat"
    assert signatures(report) == []


def test_finding_on_a_signature_inside_an_archive_names_the_file_inside(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("06/QĐ.docx", word_with_ruined_signature())
    put(tmp_path, gui_zip=out.getvalue())
    _counts, report = run(tmp_path)
    (finding,) = [f for f in report.dossiers[0].findings if f.rule == "TV-10"]
    assert "gui.zip › 06/QĐ.docx" in finding.message
