"""A whole dossier in one file comes apart into its documents, each with its pages."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from dossier.demo import write_archive
from dossier.model import Content, Reading
from dossier.scanner._exec import tesseract
from dossier.scanner.readers import read_file
from dossier.scanner.readers.interface import Limits
from dossier.scanner.recognise import recognise

pytestmark = pytest.mark.slow  # OCR of whole dossiers

Spans = list[tuple[int, int]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("whole") / "kho"
    truth = write_archive(folder, dossiers=2, seed=5, today=date(2026, 11, 24))
    return folder, json.loads(truth.read_text("utf-8"))["files"]


def in_one(sample: tuple[Path, list[dict[str, Any]]], *, scan: bool, pages: int, into: Path) -> Spans:
    folder, files = sample
    writer = PdfWriter()
    spans: Spans = []
    for file in files:
        path = folder / file["path"]
        if file["format"] != "pdf" or file["scan"] is not scan or not path.exists():
            continue
        reader, before = PdfReader(io.BytesIO(path.read_bytes())), len(writer.pages)
        if before + len(reader.pages) <= pages:
            writer.append(reader)
            spans += [(a + before, b + before) for a, b in (true["pages"] for true in file["documents"])]
    writer.write(into)
    assert len(spans) > 2
    return spans


def found(path: Path, reading: Reading) -> Spans:
    content = read_file(os.fsencode(path), Limits()).result
    assert isinstance(content, Content)
    documents = recognise(content)
    assert {document.reading for document in documents} == {reading}
    return [document.pages for document in documents]


def test_texts_in_one_pdf(sample: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    spans = in_one(sample, scan=False, pages=60, into=tmp_path / "ho so.pdf")
    assert found(tmp_path / "ho so.pdf", Reading.TEXT) == spans


def test_pictures_in_one_pdf(sample: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    if not tesseract.reads_vietnamese():
        assert os.environ.get("CI") != "true", "Tesseract with Vietnamese must be installed in CI"
        pytest.skip("Tesseract with Vietnamese is not installed")
    spans = in_one(sample, scan=True, pages=5, into=tmp_path / "ho so quet.pdf")
    assert found(tmp_path / "ho so quet.pdf", Reading.OCR) == spans
