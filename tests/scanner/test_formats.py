"""The registries of formats and of engines: every row has its class, every reader a row."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from dossier import engines
from dossier.scanner import readers
from dossier.scanner.formats import EXTENSIONS, FORMATS, Format
from dossier.scanner.ocr.interface import Recogniser
from dossier.scanner.readers.detect import detect
from dossier.scanner.readers.interface import Reader


@pytest.mark.parametrize("format_", FORMATS.values(), ids=lambda format_: format_.name)
def test_every_format_has_a_reader_that_knows_its_name(format_: Format) -> None:
    made = format_.made()
    assert isinstance(made, Reader)
    assert made.format == format_.name


def test_every_reader_is_registered() -> None:
    registered = {format_.reader for format_ in FORMATS.values()}
    written = {
        f"{module.name}:{name}"
        for module in pkgutil.iter_modules(readers.__path__)
        for name, value in vars(import_module(f"{readers.__name__}.{module.name}")).items()
        if isinstance(value, type)
        and issubclass(value, Reader)
        and value is not Reader
        and value.__module__.endswith("." + module.name)
        and not value.__abstractmethods__
        and not name.startswith("_")
    }
    assert written == registered


def test_no_extension_belongs_to_two_formats() -> None:
    every = [extension for format_ in FORMATS.values() for extension in format_.extensions]
    assert sorted(every) == sorted(EXTENSIONS)


def test_no_format_begins_as_another_does() -> None:
    every = [(magic, format_.name) for format_ in FORMATS.values() for magic in format_.magic]
    assert [
        (name, other)
        for magic, name in every
        for begin, other in every
        if magic.startswith(begin) and name != other
    ] == []


def test_what_begins_as_a_row_says_is_of_that_format() -> None:
    assert {detect(magic + bytes(64)) for format_ in FORMATS.values() for magic in format_.magic} == {
        format_.name for format_ in FORMATS.values() if format_.magic
    }


@pytest.mark.parametrize("engine", engines.OCR)
def test_every_engine_for_printed_text_is_called_as_its_row(engine: str) -> None:
    made = engines.load("dossier.scanner.ocr", engines.OCR[engine])
    assert issubclass(made, Recogniser) and not made.__abstractmethods__ and made.name == engine
