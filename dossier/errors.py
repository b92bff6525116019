"""The exception hierarchy. Each error has an exit code and advice for the user."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of commands; part of the public contract."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREAD = 3
    UNUSABLE = 4
    SECRET = 5
    INTERRUPTED = 130


class DossierError(Exception):
    """Base of all errors raised on purpose.

    ``message`` says what is wrong, ``advice`` what to do; both are sentences for the user in the language in
    use.
    """

    exit_code = ExitCode.UNUSABLE

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    @property
    def in_full(self) -> str:
        """Message and advice, where there is only one line or field for both."""
        return f"{self.message} {self.advice}".strip()


class UsageError(DossierError):
    """Wrong arguments."""

    exit_code = ExitCode.USAGE


class ConfigurationError(DossierError):
    """A configuration file (dossier.toml, hoso.toml, a checklist, a pack) is wrong.

    The message names the file and, where known, the line.
    """

    exit_code = ExitCode.USAGE


class ArchiveError(DossierError):
    """The archive or its state folder cannot be used."""


class NeverScannedError(ArchiveError):
    """The archive was never scanned, so nothing is known of it."""


class LockedError(ArchiveError):
    """Another process is writing to this archive's state."""


class CatalogueError(ArchiveError):
    """The catalogue cannot be opened, is damaged, or comes from a newer version."""


class IndexUnusableError(ArchiveError):
    """The full-text index cannot be opened and has to be rebuilt."""


class IndexElsewhereError(ArchiveError):
    """Another machine keeps the full-text index of the archive."""
