"""What every report format offers: a value in, bytes out.

A renderer is pure: the same report in the same language gives the same bytes. The use case that asks
for them says where they belong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from dossier.model import ComplianceReport


class Renderer(ABC):
    """One report format. ``suffix`` is the usual end of its file names, with the dot."""

    suffix: ClassVar[str]

    @property
    @abstractmethod
    def title(self) -> str:
        """What the format is good for, in a few words and in the language in use."""

    @abstractmethod
    def render(self, report: ComplianceReport) -> bytes:
        """The whole report as the content of one file."""

    def write(self, report: ComplianceReport, path: Path) -> None:
        """Write the same content to the file at ``path``; a format that grows with the documents keeps
        it out of memory, with what it needs for that beside the file. Raises :class:`OSError`."""
        path.write_bytes(self.render(report))
