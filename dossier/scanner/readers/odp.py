"""OpenDocument presentations (.odp): a slide is a page, its notes at its end.

Source: OASIS OpenDocument 1.3, part 3: 3.8 (presentations), 10.2.4 (pages), 16.17 (notes).
"""

from __future__ import annotations

from dossier.model import Page
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.odf_text import OdfText, slides, table_styles
from dossier.scanner.readers.open_document import OpenDocumentReader
from dossier.scanner.readers.package import Package
from dossier.scanner.readers.paging import numbered


class OdpReader(OpenDocumentReader):
    """Presentations: slides in their order; text boxes, shapes, tables, notes."""

    format = "odp"

    def pages(self, package: Package, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
        """See :meth:`OpenDocumentReader.pages`."""
        content = package.xml("content.xml")
        lined = table_styles([content])
        return numbered((_slide(slide, lined) for slide in slides(content)), limits)


def _slide(slide: object, lined: dict[str, bool]) -> str:
    text = OdfText(frozenset(), lined)
    text.blocks(slide)
    text.notes()
    return text.text()
