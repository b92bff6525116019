"""Verdicts of a large archive, set aside on the disk until its reports are written."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

from dossier.model import DossierReport, secret_first
from dossier.model.one_by_one import OneByOne

HELD = 2000  # documents whose verdicts stay in memory: about 60 MB


def gathered(verdicts: Iterable[DossierReport], folder: Path) -> Sequence[DossierReport]:
    """Return the verdicts, those on dossiers with a stamp of secrecy first.

    With more than :data:`HELD` documents all of them lie in a file without a name in ``folder`` (or where
    temporary files go if nothing may be written there), and each is read whenever it is asked for: at most
    one is in memory. The file goes with the result. Raises :class:`OSError` if the disk is full.
    """
    held: list[DossierReport] = []
    documents = 0
    aside: _SetAside | None = None
    for verdict in verdicts:
        documents += len(verdict.documents) + len(verdict.unread)
        if aside is None:
            held.append(verdict)
            if documents > HELD:
                aside = _SetAside(folder)
                for each in held:
                    aside.put(each)
                held.clear()
        else:
            aside.put(verdict)
    return secret_first(held) if aside is None else aside.secret_first()


class _SetAside(Sequence[DossierReport]):
    """Verdicts in a file that nobody else can open, in the order in which they were put there."""

    def __init__(self, folder: Path) -> None:
        place = folder if os.access(folder, os.W_OK) else None
        self._file = tempfile.TemporaryFile(dir=place)  # noqa: SIM115  closed with this object
        weakref.finalize(self, self._file.close)
        self._starts = [0]
        self._open: list[bool] = []  # no stamp of secrecy

    def put(self, verdict: DossierReport) -> None:
        """Add a verdict."""
        self._file.seek(self._starts[-1])
        pickle.dump(verdict, self._file, pickle.HIGHEST_PROTOCOL)
        self._starts.append(self._file.tell())
        self._open.append(not verdict.secret)

    def secret_first(self) -> OneByOne[DossierReport]:
        """Return all of them in the order of reports."""
        return OneByOne(self, sorted(range(len(self)), key=self._open.__getitem__))

    def __len__(self) -> int:
        return len(self._open)

    @overload
    def __getitem__(self, at: int) -> DossierReport: ...
    @overload
    def __getitem__(self, at: slice) -> OneByOne[DossierReport]: ...
    def __getitem__(self, at: int | slice) -> DossierReport | OneByOne[DossierReport]:
        if isinstance(at, slice):
            return OneByOne(self, range(len(self))[at])
        start = range(len(self))[at]  # negative numbers, and IndexError
        self._file.seek(self._starts[start])
        verdict: DossierReport = pickle.load(self._file)  # noqa: S301  written above
        return verdict
