"""The interface of report formats.

A renderer is pure: the same report in the same language gives the same bytes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from dossier.model import ComplianceReport


class Renderer(ABC):
    """A report format. ``suffix`` is the usual extension of its files, with the dot."""

    suffix: ClassVar[str]

    @property
    @abstractmethod
    def title(self) -> str:
        """The purpose of the format in a few words, in the language in use."""

    @abstractmethod
    def render(self, report: ComplianceReport) -> bytes:
        """Render the report as the content of a file."""

    def write(self, report: ComplianceReport, path: Path) -> None:
        """Write the content to the file at ``path``; large formats write it piece by piece, if needed with
        temporary files beside it. Raises :class:`OSError`."""
        path.write_bytes(self.render(report))
