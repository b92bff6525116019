"""The nouns: plain frozen values that carry facts between the parts and know nothing of I/O.

The way of the data, one direction:
``FileEntry → Content → LogicalDocument → Document with Placements → Facts → DossierReport →
ComplianceReport``. Paths are relative to the archive, ``/``-separated, NFC, unless said otherwise.
"""

from __future__ import annotations

from dossier.model.corrections import Correction, corrected
from dossier.model.documents import (
    AlteredFile,
    Decision,
    DepartedFile,
    Document,
    FileRecord,
    Form,
    Header,
    IgnoredFile,
    KnownFile,
    Level,
    LogicalDocument,
    PlacedDocument,
    Placement,
    Reference,
    Source,
    UnreadFile,
)
from dossier.model.dossiers import (
    Adoption,
    DossierFolder,
    Fact,
    Facts,
    FactSource,
    FactValue,
    Hint,
    Manifest,
    Proposal,
    Reason,
    ToldFact,
)
from dossier.model.files import (
    OUTSIDE,
    Content,
    FileEntry,
    Page,
    Reading,
    Signature,
    Unread,
    UnreadReason,
)
from dossier.model.findings import (
    SECRECY,
    Finding,
    ItemResult,
    PartResult,
    Severity,
    Status,
    Waiver,
    secret_first,
)
from dossier.model.layout import Box, FieldReading, FieldSource, Segment, Word
from dossier.model.nights import Change, Changes, Night, Standing
from dossier.model.office import Office
from dossier.model.owed import Due, DueStatus, HandoverLimit, KeptFor, Retention
from dossier.model.papers import Difference, Paper
from dossier.model.verdicts import ComplianceReport, DossierReport, DossierState, Outside, RuleNote, Unsorted

__all__ = [
    "OUTSIDE",
    "SECRECY",
    "Adoption",
    "AlteredFile",
    "Box",
    "Change",
    "Changes",
    "ComplianceReport",
    "Content",
    "Correction",
    "Decision",
    "DepartedFile",
    "Difference",
    "Document",
    "DossierFolder",
    "DossierReport",
    "DossierState",
    "Due",
    "DueStatus",
    "Fact",
    "FactSource",
    "FactValue",
    "Facts",
    "FieldReading",
    "FieldSource",
    "FileEntry",
    "FileRecord",
    "Finding",
    "Form",
    "HandoverLimit",
    "Header",
    "Hint",
    "IgnoredFile",
    "ItemResult",
    "KeptFor",
    "KnownFile",
    "Level",
    "LogicalDocument",
    "Manifest",
    "Night",
    "Office",
    "Outside",
    "Page",
    "Paper",
    "PartResult",
    "PlacedDocument",
    "Placement",
    "Proposal",
    "Reading",
    "Reason",
    "Reference",
    "Retention",
    "RuleNote",
    "Segment",
    "Severity",
    "Signature",
    "Source",
    "Standing",
    "Status",
    "ToldFact",
    "Unread",
    "UnreadFile",
    "UnreadReason",
    "Unsorted",
    "Waiver",
    "Word",
    "corrected",
    "secret_first",
]
