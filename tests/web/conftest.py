"""One sample archive for all tests of the page; those that change it take a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from dossier.archive import open_archive
from dossier.web.roles import Role
from tests.usecases.archives import FOUNDING, paper, put
from tests.usecases.archives import TODAY as DAY
from tests.web.browsing import browsers
from tests.web.serving import TODAY, Running, running, scanned

ODD = paper("BÁO CÁO", "07/BC-UBND", "Kết quả thực hiện công tác")
PRAISE = paper("QUYẾT ĐỊNH", "09/QĐ-UBND", "Về việc khen thưởng")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample archive of four dossiers, read."""
    from dossier.demo import write_archive

    root = tmp_path_factory.mktemp("kho") / "kho"
    write_archive(root, dossiers=4, seed=7, today=TODAY, scans=False)
    scanned(root)
    return root


@pytest.fixture(scope="session")
def reading(sample: Path) -> Iterator[Running]:
    """A server for tests that only look."""
    with running(open_archive(sample)) as up:
        yield up


@pytest.fixture(scope="session")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one dossier with papers that must be asked about."""
    root = tmp_path_factory.mktemp("doubt") / "kho"
    put(root, qd_txt=FOUNDING, bc_txt=ODD, bc2_txt=ODD.replace("07/BC", "08/BC"), khen_txt=PRAISE)
    scanned(root)
    return root


@pytest.fixture
def own(doubtful: Path, tmp_path: Path) -> Iterator[Running]:
    """A server on a copy of that archive, for tests that change something."""
    root = tmp_path / "kho"
    shutil.copytree(doubtful, root)
    with running(open_archive(root), DAY) as up:
        yield up


@pytest.fixture
def staffed(own: Running) -> Running:
    """With an administrator, an archivist and a chief."""
    for role in (Role.ADMIN, Role.ARCHIVIST, Role.CHIEF):
        own.account(role.value, role)
    return own


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser."""
    yield from browsers()
