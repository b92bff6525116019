"""No picture is promised that this machine cannot make."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.scanner.pictures import can_draw


def test_office_documents_are_drawn_only_where_libreoffice_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not can_draw("docx") and not can_draw("pptx")
    assert can_draw("pdf") and can_draw("jpeg") and not can_draw("txt")
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert can_draw("docx")
