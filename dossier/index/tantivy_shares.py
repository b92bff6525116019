"""A slow query asked of shares of the documents at the same time.

The library answers a query in the one thread that asks. To compare the places of a phrase's words is
nearly all of a slow query, and is done only in documents that meet its other conditions: with the
share of documents as such a condition, each thread compares in its own. Scores are those of
the whole index, so the shares' best are the best of all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar
from zlib import crc32

Answer = TypeVar("Answer")
FIELD = "share"
_DIVISIONS = (4, 2)  # a share for each processor that an ordinary office machine has


def shares_of(path: str) -> list[str]:
    """The shares a file's documents are in: one of each division."""
    number = crc32(path.encode())
    return [f"{number % parts}/{parts}" for parts in _DIVISIONS]


def ask(asked: Callable[[str], Answer]) -> list[Answer]:
    """The answers of all shares; where there is one processor that of the whole, which has no name."""
    processors = os.cpu_count() or 1
    parts = next((parts for parts in _DIVISIONS if parts <= processors), 1)
    if parts == 1:
        return [asked("")]
    from concurrent.futures import ThreadPoolExecutor  # quick queries need none

    with ThreadPoolExecutor(parts) as pool:
        return list(pool.map(asked, [f"{number}/{parts}" for number in range(parts)]))
