"""Images of pages, drawn in sandboxed workers and cached in memory only: if a stamp of secrecy is found
later, no image may have been left on a disk."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from dataclasses import replace

from dossier.archive import Archive
from dossier.scanner.pictures import OFFICE, WIDTHS, DrawnPage, WantedPage, draw
from dossier.scanner.sandbox import Bounds, Died, Pool
from dossier.usecases.viewing import ViewedFile

_HELD_BYTES = 128 << 20
_SECONDS = 10.0  # for one page
_OFFICE_SECONDS = 60.0  # for a document that LibreOffice opens
_BOUNDS = Bounds(memory_bytes=1 << 30, cpu_seconds=60, output_bytes=128 << 20)

Key = tuple[str, int, int]  # hash of the file, page, width; page 0: the whole as PDF


class RenderWorkers:
    """Draws and caches images: one worker for pages, one for documents that LibreOffice must convert first.
    Thread-safe."""

    def __init__(self, archive: Archive) -> None:
        self._root = os.fsencode(archive.root)
        self._held: OrderedDict[Key, DrawnPage] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._turns = {office: threading.Lock() for office in (False, True)}
        bounds = replace(_BOUNDS, readable=(self._root,))
        self._pools = {
            False: Pool(draw, workers=1, seconds=_SECONDS, bounds=bounds),
            True: Pool(draw, workers=1, seconds=_OFFICE_SECONDS, bounds=bounds),
        }

    def stop(self) -> None:
        """Stop the workers."""
        for pool in self._pools.values():
            pool.close()

    def page(self, shown: ViewedFile, number: int, width: int) -> DrawnPage:
        """The image of a page, in the smallest supported width of at least ``width`` pixels."""
        wide = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
        key = (shown.sha256, number, wide)
        held = self._get(key)
        if held is not None:
            return held
        made = self._get((shown.sha256, 0, 0)) if shown.format in OFFICE else None
        office = shown.format in OFFICE and made is None
        with self._turns[office]:
            held = self._get(key)  # somebody asked for the same meanwhile
            if held is not None:
                return held
            drawn = self._draw(shown, number, wide, office, made.made if made else b"")
        if drawn.made:
            self._put((shown.sha256, 0, 0), DrawnPage(made=drawn.made, pages=drawn.pages))
            drawn = DrawnPage(drawn.jpeg, drawn.pages, b"", drawn.trouble)
        if drawn.jpeg:
            self._put(key, drawn)
        return drawn

    def _draw(self, shown: ViewedFile, number: int, width: int, office: bool, made: bytes) -> DrawnPage:
        wanted = WantedPage(
            self._root, shown.raw_path, shown.sha256, shown.format, number, width, made,
            _OFFICE_SECONDS - 10,
        )  # fmt: skip
        for _task, outcome in self._pools[office].run([wanted]):
            if not isinstance(outcome, Died):
                return outcome.value
        return DrawnPage(trouble="broken")

    def _get(self, key: Key) -> DrawnPage | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def _put(self, key: Key, drawn: DrawnPage) -> None:
        with self._lock:
            before = self._held.pop(key, None)
            self._size += _bytes(drawn) - (_bytes(before) if before else 0)
            self._held[key] = drawn
            while self._size > _HELD_BYTES and len(self._held) > 1:
                _key, old = self._held.popitem(last=False)
                self._size -= _bytes(old)


def _bytes(drawn: DrawnPage) -> int:
    return len(drawn.jpeg) + len(drawn.made)
