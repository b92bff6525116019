"""Heads of documents, as the readers give them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dossier.model import Content, Header, LogicalDocument, Page, Reading
from dossier.scanner.recognise import recognise

Recognise = Callable[..., tuple[LogicalDocument, ...]]
ReadHeader = Callable[..., Header]


@pytest.fixture
def documents() -> Recognise:
    """Documents of texts, one per page."""

    def read(
        *pages: str, format: str = "pdf", reading: Reading = Reading.TEXT
    ) -> tuple[LogicalDocument, ...]:
        return recognise(Content(format, tuple(Page(n, text, reading) for n, text in enumerate(pages, 1))))

    return read


@pytest.fixture
def header(documents: Recognise) -> ReadHeader:
    """The header of the only document of a text."""

    def read(*pages: str, reading: Reading = Reading.TEXT) -> Header:
        (only,) = documents(*pages, reading=reading)
        return only.header

    return read
