"""Every test of the index runs over every engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import OTHER, doc

from dossier import engines
from dossier.index import Index, NewIndex, new_index


@pytest.fixture(scope="module", params=engines.INDEX)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(tmp_path: Path, engine: str) -> NewIndex:
    return new_index(tmp_path / "i", engine)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Index:
    made = new_index(tmp_path_factory.mktemp("index") / "i", engine)
    with made.writer() as writer:
        writer.replace("mo-hinh/A/1.pdf", [doc()])
        writer.replace("dien-hinh/B/2.docx", [OTHER])
    return made
