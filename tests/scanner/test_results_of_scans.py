from __future__ import annotations

import pickle

from dossier.model import Box, FieldReading, FieldSource
from dossier.scanner import sandbox_worker


def test_where_a_field_was_read_comes_back_from_a_worker() -> None:
    reading = FieldReading(0.9, FieldSource.HANDWRITING, ("04/QĐ-UBND",), 1, Box(0.1, 0.2, 0.3, 0.4))
    assert sandbox_worker.read(pickle.dumps(reading)) == reading
