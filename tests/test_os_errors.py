"""What the operating system refuses is told in the reader's language."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import psycopg
import pytest

from dossier.i18n import speaking
from dossier.os_errors import in_words, is_cut


def test_a_missing_file_is_told_in_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(OSError) as error:
        (tmp_path / "không có").read_bytes()
    assert in_words(error.value) == "không có tệp hoặc thư mục này"
    with speaking("en"):
        assert in_words(error.value) == "no such file or folder"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOTDIR, errno.EIO])
def test_common_refusals_have_no_english_in_them(number: int) -> None:
    assert os.strerror(number) not in in_words(OSError(number, os.strerror(number)))


def test_what_has_no_words_of_ours_is_told_as_the_system_says_it() -> None:
    assert in_words(OSError(errno.EPROTO, "Protocol error")) == "Protocol error"
    assert in_words(ValueError("embedded null byte")) == "embedded null byte"


@pytest.mark.parametrize("number", [32, 53, 64, 123])
def test_what_windows_has_numbers_of_its_own_for_is_told_in_vietnamese(number: int) -> None:
    refused = OSError(errno.EINVAL, "Invalid name.")
    refused.winerror = number  # type: ignore[attr-defined]
    with speaking("en"):
        said = in_words(refused)
    assert said not in ("Invalid name.", in_words(refused))


def test_what_sqlite_refuses_has_no_words_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "ghi.sqlite").write_bytes(b"x" * 5000)
    (tmp_path / "folder").mkdir()
    told = []
    for name in ("ghi.sqlite", "folder"):
        with pytest.raises(sqlite3.Error) as error:
            sqlite3.connect(tmp_path / name).execute("PRAGMA user_version")
        told.append(in_words(error.value))
    assert told == ["không phải tệp danh mục", "không mở được tệp"]


_SAID_AMID = [
    "consuming input failed: server closed the connection unexpectedly\n\tThis probably means …",
    "consuming input failed: SSL connection has been closed unexpectedly",
    "consuming input failed: could not receive data from server: Connection timed out",
    "the connection is lost",
    "the connection is closed",
    "sending query failed: an error of tomorrow",
]


@pytest.mark.parametrize("said", _SAID_AMID)
def test_a_connection_to_postgresql_that_breaks_is_told_in_vietnamese(said: str) -> None:
    told = in_words(psycopg.OperationalError(said))
    assert told in ("kết nối bị ngắt", "kết nối không dùng được")


def test_codes_of_postgresql_have_words_and_unknown_ones_are_named() -> None:
    ended = psycopg.errors.AdminShutdown("terminating connection due to administrator command")
    assert in_words(ended) == "kết nối bị ngắt"
    assert is_cut(ended)
    unknown = psycopg.errors.SyntaxError("syntax error at or near")
    assert in_words(unknown) == "máy chủ báo lỗi mã 42601"


def test_another_error_that_speaks_of_a_connection_is_not_taken_for_postgresqls() -> None:
    assert not is_cut(ValueError("server closed the connection"))
