"""Keep the translations: extract the messages of the source, merge them into the catalogues, compile.

    python -m dossier.locale.build

``en/…/messages.po`` is the English of this tool's own (Vietnamese) messages; ``vi/…/click.po`` the
Vietnamese of what the command-line library says by itself. The compiled files are kept beside them,
so that a plain ``pip install`` needs no tool for translations (Babel is a development dependency).
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo

LOCALE = Path(__file__).parent
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "messages.po"
CLICK = LOCALE / "vi" / "LC_MESSAGES" / "click.po"
_ROOT = LOCALE.parents[1]
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def _of_source(
    file: IO[bytes], keywords: Mapping[str, Any], tags: list[str], options: dict[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Messages of a Python file, as Babel wants them; also those within f-strings, which Babel sees only from
    Python 3.12 on."""
    yield from extract_python(file, keywords, tags, options)  # type: ignore[misc, arg-type]
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.FormattedValue):
            inner = io.BytesIO(ast.unparse(node.value).encode())
            yield from extract_python(inner, keywords, tags, options)  # type: ignore[misc, arg-type]


_METHODS: list[tuple[str, Any]] = [("**.py", _of_source), ("**.j2", "jinja2.ext:babel_extract")]


def extracted() -> Catalog:
    """Every message that the source says."""
    found = Catalog()
    for package in ("dossier", "reports"):
        for name, _line, message, comments, context in extract_from_dir(
            _ROOT / package,
            _METHODS,
            options_map={"**.j2": {"silent": "false"}},
            directory_filter=lambda _folder: True,  # Babel by itself passes over names with an underscore
        ):
            found.add(message, None, [(f"{package}/{name}", 0)], auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """A catalogue as it is kept."""
    with path.open("rb") as file:
        return pofile.read_po(file, locale=path.parts[-3])


def merged(kept: Catalog) -> Catalog:
    """The kept translations for the messages of today; a changed message starts untranslated."""
    kept.update(extracted(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    return kept


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as text, without line numbers, which would change with every edit."""
    out = io.BytesIO()
    pofile.write_po(out, catalogue, width=110, omit_header=True, include_lineno=False, sort_output=True)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as :mod:`gettext` reads it; the same messages always give the same bytes."""
    out = io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Update and compile both catalogues; say what is not translated."""
    english = merged(read(ENGLISH) if ENGLISH.exists() else Catalog(locale="en"))
    ENGLISH.write_bytes(as_po(english))
    for path, catalogue in ((ENGLISH, english), (CLICK, read(CLICK))):
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        lacking = [message.id for message in catalogue if message.id and not message.string]
        print(f"{path.relative_to(_ROOT)}: {len(catalogue)} messages, {len(lacking)} untranslated")  # noqa: T201


if __name__ == "__main__":
    main()
