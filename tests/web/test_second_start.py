"""``dossier serve`` where the page of the archive is open already."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dossier.archive import open_archive
from dossier.cli.serve import serve
from dossier.errors import LockedError
from dossier.usecases.locking import page_address, serving
from dossier.web.roles import Role
from tests.web.serving import Running

OPEN = "http://127.0.0.1:8420"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was given to the browser."""
    addresses: list[str] = []
    monkeypatch.setattr(click, "launch", addresses.append)
    monkeypatch.setattr("dossier.cli.serve._STARTING_SECONDS", 0.5)
    return addresses


def second_start(root: Path, *options: str) -> Result:
    return CliRunner().invoke(serve, [str(root), *options])


def test_the_page_that_is_open_is_opened_again_by_a_new_key(own: Running, opened: list[str]) -> None:
    with serving(own.archive.state) as tell_others:
        tell_others(OPEN)
        done = second_start(own.archive.root)
    assert done.exit_code == 0
    (address,) = opened
    page, _mark, key = address.partition("/mo?khoa=")
    assert page == OPEN and own.services.sessions.open_by_key(key, "vi")
    assert page_address(own.archive.state) is None  # it is closed


def test_no_key_is_made_where_there_are_accounts(own: Running, opened: list[str]) -> None:
    own.account("chu", Role.ADMIN)
    with serving(own.archive.state) as tell_others:
        tell_others(OPEN)
        second_start(own.archive.root)
    assert opened == [OPEN]


@pytest.mark.parametrize(
    "told",
    [
        "file:///C:/Windows/System32/calc.exe",
        "http://127.0.0.1:8420@evil.example:80",
        "https://10.0.0.7:8420",
        "",
    ],
)
def test_nothing_but_an_address_of_this_machine_is_opened(
    tmp_path: Path, opened: list[str], told: str
) -> None:
    archive = open_archive(tmp_path)
    with serving(archive.ready_state()) as tell_others:
        if told:
            tell_others(told)
        done = second_start(tmp_path)
    assert isinstance(done.exception, LockedError) and opened == []


def test_who_asks_for_another_address_is_told_that_the_page_is_open(
    tmp_path: Path, opened: list[str]
) -> None:
    archive = open_archive(tmp_path)
    with serving(archive.ready_state()) as tell_others:
        tell_others(OPEN)
        done = second_start(tmp_path, "--port", "8421")
    assert isinstance(done.exception, LockedError) and opened == []


def test_where_no_browser_opens_the_person_is_told_to_copy_the_address(
    own: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click, "launch", lambda _address: 1)
    with serving(own.archive.state) as tell_others:
        tell_others(OPEN)
        done = second_start(own.archive.root)
    assert done.exit_code == 0 and OPEN in done.stdout and "ô địa chỉ" in done.stderr
