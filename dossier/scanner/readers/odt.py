"""OpenDocument text (.odt): paragraphs, lists, tables, frames, notes, in reading order.

Source: OASIS OpenDocument 1.3, part 3: chapters 5 (text), 6.1 (white space), 9 (tables), 10.4 (frames).
"""

from __future__ import annotations

from dossier.model import Page
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.odf_text import OdfText, page_breaks, table_styles
from dossier.scanner.readers.open_document import OpenDocumentReader
from dossier.scanner.readers.package import Package
from dossier.scanner.readers.paging import pages_of


class OdtReader(OpenDocumentReader):
    """OpenDocument text: page headers, body, page footers, then footnotes."""

    format = "odt"

    def pages(self, package: Package, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
        """See :meth:`OpenDocumentReader.pages`."""
        return pages_of(_text(package), limits)


def _text(package: Package) -> str:
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    trees = [content] if styles is None else [content, styles]
    text = OdfText(page_breaks(trees), table_styles(trees))
    text.page_parts(styles, "header")
    text.body(content)
    text.page_parts(styles, "footer")
    text.notes()
    return text.text()
