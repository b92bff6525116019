"""What is in the catalogue stays usable on a full disk."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from dossier.catalogue.sqlite.database import open_file


def test_rows_that_no_longer_fit_into_the_file_stay_in_the_log(small_disk: Path) -> None:
    state = small_disk / "state"
    state.mkdir()
    database = open_file(state)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE many (content BLOB)")
        connection.exec_driver_sql("INSERT INTO many VALUES (randomblob(2000000))")
    with (small_disk / "rest").open("wb", buffering=0) as rest, suppress(OSError):
        while True:
            rest.write(b"\0" * 4096)
    database.scan_finished()
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT sum(length(content)) FROM many").scalar() == 2_000_000
    database.close()
