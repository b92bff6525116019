"""The catalogue keeps what it was told, one transaction at a time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect

from dossier.archive import open_archive
from dossier.catalogue import Catalogue, open_catalogue, schema
from dossier.catalogue.server import MOVED, Server, server_of
from dossier.catalogue.sqlite.copies import make_at, make_new
from dossier.catalogue.sqlite.foreign import schema_of, trouble
from dossier.catalogue.tables import metadata
from dossier.errors import CatalogueError, ConfigurationError
from dossier.model import (
    Box,
    Decision,
    DossierFolder,
    FieldReading,
    FieldSource,
    FileEntry,
    FileRecord,
    Form,
    Header,
    IgnoredFile,
    Level,
    LogicalDocument,
    Manifest,
    PlacedDocument,
    Placement,
    Reading,
    Reference,
    Segment,
    Signature,
    Source,
    UnreadFile,
    UnreadReason,
    Waiver,
    Word,
)
from dossier.model.places import flattened, pack

NEWEST = schema.HEAD
HEADER = Header(
    form=Form.STATE,
    type="quyet-dinh",
    number_symbol="12/QĐ-UBND",
    date=date(2023, 3, 5),
    place="Hàm Thắng",
    issuing_body="UBND XÃ HÀM THẮNG",
    abstract="Về việc thành lập mô hình “Camera an ninh”",
    signer="Nguyễn Văn A",
    signer_rank="Trung tá",
    signer_capacity="KT.",
    issuer_level=Level.COMMUNE,
    recipients=("Như trên", "Lưu: VT"),
    references=(Reference("ke-hoach", "05/KH-UBND", date(2023, 1, 9)), Reference("", "09-CT/TW")),
    rank="tot",
    percentage=92.5,
    periods=("2024", "2024-H1"),
    members=("Công an xã A", "Trường B"),
    fields={
        "number_symbol": FieldReading(0.6, FieldSource.OCR, ("12/QĐ-UBND",), 1, Box(0.1, 0.2, 0.3, 0.25)),
        "type": FieldReading(0.98, FieldSource.TEXT),
    },
)
PLACES = (
    Placement(6, "6a", 0.97, evidence=("trích yếu",)),
    Placement(6, "6b", 0.8, step="x", period="2023"),
)
FOLDER = DossierFolder(
    "mo-hinh/A",
    b"mo-hinh/A",
    "mo-hinh",
    "A",
    Manifest(linked=True, founded=date(2023, 3, 5), members=("X", "Y")),
)


def record(path: str = "mo-hinh/A/1.pdf", sha: str = "s1", text: str = "Điều 1.\nThành lập") -> FileRecord:
    document = LogicalDocument(1, (1, 2), HEADER, text, Reading.MIXED, 0.91)
    return FileRecord(
        FileEntry(path, path.encode(), 10, 1000, 2**63 + 5, "mo-hinh/A"),
        sha,
        "pdf",
        (PlacedDocument(document, PLACES, review=False),),
        notes=("cắt bớt",),
        lacks=("tesseract",),
    )


@pytest.fixture
def catalogue(place: Path | Server) -> Iterator[Catalogue]:
    with open_catalogue(place, reader=3) as opened:
        opened.save_walk([FOLDER], {"mo-hinh/A": [IgnoredFile("mo-hinh/A/~$1", "tạm")]}, [])
        yield opened


def test_a_document_comes_back_as_it_was_stored(catalogue: Catalogue) -> None:
    catalogue.store(record())
    (state,) = catalogue.states()
    (document,) = state.documents
    assert (document.id, document.header, document.placements) == ("mo-hinh/A/1.pdf#1", HEADER, PLACES)
    assert (document.pages, document.reading, document.confidence) == ((1, 2), Reading.MIXED, 0.91)


def test_where_the_words_stand_is_kept_beside_the_text(catalogue: Catalogue) -> None:
    line = Segment((Word("Điều", Box(0.1, 0.2, 0.2, 0.25)), Word("1.", Box(0.21, 0.2, 0.25, 0.25))), 0)
    (placed,) = record().documents
    document = replace(placed.document, places=pack([(1, flattened([line]))]))
    catalogue.store(replace(record(), documents=(replace(placed, document=document),)))
    (page,) = catalogue.feed.places("mo-hinh/A/1.pdf", 1)
    assert (page.number, page.segments) == (1, (line,))
    known = next(iter(catalogue.known_files().values()))
    content = catalogue.content(known)
    assert content is not None
    assert content[1][0].document.places == document.places  # a moved file keeps them


def test_a_document_without_places_has_none(catalogue: Catalogue) -> None:
    catalogue.store(record())
    assert catalogue.feed.places("mo-hinh/A/1.pdf", 1) == ()


def test_a_dossier_comes_back_with_manifest_and_ignored_files(catalogue: Catalogue) -> None:
    (state,) = catalogue.states()
    assert state.folder == FOLDER
    assert state.ignored == (IgnoredFile("mo-hinh/A/~$1", "tạm"),)


def test_a_known_file_comes_back_for_comparison(catalogue: Catalogue) -> None:
    catalogue.store(record())
    known = catalogue.known_files()[b"mo-hinh/A/1.pdf"]
    assert (known.size, known.mtime_ns, known.inode, known.reader) == (10, 1000, 2**63 + 5, 3)
    assert known.lacks == ("tesseract",)


def test_storing_again_replaces_the_file_whole(catalogue: Catalogue) -> None:
    catalogue.store(record())
    known = catalogue.known_files()[b"mo-hinh/A/1.pdf"]
    catalogue.store(record(sha="s2", text="mới"), known)
    (found,) = catalogue.feed.to_index(["mo-hinh/A/1.pdf"])["mo-hinh/A/1.pdf"]
    assert (found[0].sha256, found[1]) == ("s2", "mới")


def test_a_failed_store_leaves_the_old_row(catalogue: Catalogue) -> None:
    catalogue.store(record())
    known = catalogue.known_files()[b"mo-hinh/A/1.pdf"]
    bad = record(sha="s2")
    twice = FileRecord(bad.entry, "s2", "pdf", bad.documents * 2)  # the same ordinal twice
    with pytest.raises(CatalogueError):
        catalogue.store(twice, known)
    assert catalogue.known_files()[b"mo-hinh/A/1.pdf"].sha256 == "s1"


def test_an_unread_file_comes_back_with_reason_and_candidates(catalogue: Catalogue) -> None:
    unread = UnreadFile("mo-hinh/A/2.pdf", UnreadReason.ENCRYPTED, "có mật khẩu", PLACES)
    entry = FileEntry("mo-hinh/A/2.pdf", b"mo-hinh/A/2.pdf", 1, 1, 1, "mo-hinh/A")
    catalogue.store(FileRecord(entry, "s", "pdf", unread=unread))
    assert catalogue.states()[0].unread == (replace(unread, sha256="s"),)


def test_a_removed_file_is_gone_with_its_documents_and_the_index_is_told(catalogue: Catalogue) -> None:
    catalogue.store(record())
    catalogue.feed.settled(catalogue.feed.pending())
    catalogue.remove(catalogue.known_files().values())
    assert catalogue.states()[0].documents == ()
    assert list(catalogue.feed.pending()) == ["mo-hinh/A/1.pdf"]


def test_the_outbox_keeps_a_path_until_the_index_has_it(catalogue: Catalogue) -> None:
    catalogue.store(record())
    assert list(catalogue.feed.pending()) == ["mo-hinh/A/1.pdf"]
    catalogue.feed.settled(catalogue.feed.pending())
    assert list(catalogue.feed.pending()) == []
    catalogue.feed.everything_pending()
    assert list(catalogue.feed.pending()) == ["mo-hinh/A/1.pdf"]


def decision(*places: Placement, ordinal: int = 1, pages: tuple[int, int] | None = (1, 2)) -> Decision:
    return Decision("s1", ordinal, places, "lan", datetime(2026, 1, 1, tzinfo=UTC), pages, "mo-hinh/A/1.pdf")


def test_a_decision_holds_for_every_copy_of_the_content(catalogue: Catalogue) -> None:
    catalogue.store(record())
    catalogue.store(record("mo-hinh/A/bản sao.pdf"))
    place = Placement(5, "5", 1.0, Source.PERSON, ("người dùng",))
    catalogue.decisions.record([decision(place)])
    assert [d.placements for d in catalogue.states()[0].documents] == [(place,), (place,)]


def test_a_decision_survives_removal_and_return_of_the_file(catalogue: Catalogue) -> None:
    catalogue.store(record())
    catalogue.decisions.record([decision()])
    catalogue.remove(catalogue.known_files().values())
    catalogue.store(record("mo-hinh/A/tên mới.pdf"))
    assert catalogue.states()[0].documents[0].placements == ()


def test_an_undone_decision_gives_the_rules_back(catalogue: Catalogue) -> None:
    catalogue.store(record())
    catalogue.decisions.record([decision()])
    assert catalogue.decisions.end("s1", 1, author="minh")
    assert catalogue.states()[0].documents[0].placements == PLACES


def test_a_waiver_replaces_the_one_before(catalogue: Catalogue) -> None:
    for reason in ("một", "hai"):
        catalogue.waivers.record(
            [Waiver("mo-hinh/A", "MH-06", reason, "lan", datetime(2026, 1, 1, tzinfo=UTC), "6c")]
        )
    (waiver,) = catalogue.states()[0].waivers
    assert waiver.reason == "hai"


def test_a_dossier_that_is_no_longer_there_is_forgotten_unless_kept(catalogue: Catalogue) -> None:
    catalogue.save_walk([], {}, [], keep=["mo-hinh/A"])
    assert list(catalogue.kinds()) == ["mo-hinh/A"]
    catalogue.save_walk([], {}, [])
    assert catalogue.kinds() == {}


def test_odd_text_never_fails_a_transaction(catalogue: Catalogue) -> None:
    catalogue.store(record(text="a\0b\udcff"))
    (found,) = catalogue.feed.to_index(["mo-hinh/A/1.pdf"])["mo-hinh/A/1.pdf"]
    assert found[1] == "a b?"


def schema_in(file: Path) -> set[tuple[str, str, str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return schema_of(connection)


def test_a_new_catalogue_is_word_for_word_what_all_migrations_make(tmp_path: Path) -> None:
    make_at(tmp_path / "migrated.sqlite", schema.HEAD)
    with create_engine(f"sqlite:///{tmp_path / 'new.sqlite'}").begin() as connection:
        assert make_new(connection), "run scripts/new_catalogue.py"
    assert schema_in(tmp_path / "migrated.sqlite") == schema_in(tmp_path / "new.sqlite")


def test_migrations_build_exactly_the_tables(tmp_path: Path) -> None:
    make_at(tmp_path / "catalogue.sqlite", schema.HEAD)
    found = inspect(create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite'}"))
    for table in metadata.sorted_tables:
        assert {c["name"] for c in found.get_columns(table.name)} == set(table.columns.keys())


def test_head_is_the_newest_migration() -> None:
    assert schema.versions()[0] == schema.HEAD


def test_a_newer_catalogue_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_catalogue(tmp_path, 1).close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CatalogueError, match="mới hơn"):
        open_catalogue(tmp_path, 1)


def test_a_damaged_catalogue_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"khong phai sqlite" * 100)
    with pytest.raises(CatalogueError, match="hỏng"):
        open_catalogue(tmp_path, 1)
    assert (tmp_path / "catalogue.sqlite").read_bytes().startswith(b"khong")


def test_what_is_wrong_with_a_damaged_catalogue_is_told_in_words_of_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_bytes(b"khong phai sqlite" * 100)
    assert trouble(file) == "không phải tệp danh mục"


def test_a_damaged_note_of_the_server_is_told_in_words_of_the_reader(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.state.mkdir(parents=True, exist_ok=True)
    (archive.state / MOVED).write_text("{}")
    with pytest.raises(ConfigurationError, match=r"server\.json: tệp này bị hỏng\."):
        server_of(archive)


def test_signatures_come_back_as_they_were_stored(catalogue: Catalogue) -> None:
    at = datetime(2024, 8, 28, 14, 34, 48, tzinfo=timezone(timedelta(hours=7)))
    signatures = (
        Signature("pades", "Nguyễn Văn A", at, True, False, "Nguyên vẹn.", amended=True),
        Signature("xml", "", None, False, False, "Chưa kiểm tra được.", checked=False),
    )
    catalogue.store(replace(record(), signatures=signatures))
    (state,) = catalogue.states()
    assert [document.signatures for document in state.documents] == [signatures]


@pytest.fixture
def a_later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program a release later, with one more migration."""
    later = tmp_path / "later"
    shutil.copytree(Path(schema.__file__).parent / "migrations", later)
    (later / "versions/v9001_more.py").write_text(
        "from alembic import op\nrevision, down_revision = '9001', '" + NEWEST + "'\n\n"
        "def upgrade():\n    op.execute('ALTER TABLE meta ADD COLUMN more TEXT')\n"
    )
    monkeypatch.setattr(schema, "_MIGRATIONS", later)
    monkeypatch.setattr(schema, "HEAD", "9001")


def catalogue_of_today(state: Path) -> None:
    """A catalogue with a file and a decision on a document of it."""
    with open_catalogue(state, 1) as catalogue:
        catalogue.store(record())
        catalogue.decisions.record([Decision("s", 2, (), "lan", datetime(2026, 1, 1, tzinfo=UTC))])


def version_in(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_a_catalogue_of_an_older_version_is_copied_and_upgraded_whole(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    catalogue_of_today(tmp_path)
    for version in ("0003", "0005"):
        (tmp_path / f"catalogue.sqlite.bak-{version}").touch()
    request.getfixturevalue("a_later_version")
    with open_catalogue(tmp_path, 1) as catalogue:
        assert len(catalogue.known_files()) == len(catalogue.decisions.all()) == 1
    assert version_in(tmp_path / "catalogue.sqlite") == "9001"
    assert version_in(tmp_path / f"catalogue.sqlite.bak-{NEWEST}") == NEWEST
    # only the newest copies are kept
    assert [path.name[-4:] for path in sorted(tmp_path.glob("*.bak-*"))] == ["0005", NEWEST]


@pytest.mark.usefixtures("a_later_version")
def test_a_new_catalogue_whose_sql_was_not_recorded_is_made_by_migrations(tmp_path: Path) -> None:
    open_catalogue(tmp_path, 1).close()
    assert version_in(tmp_path / "catalogue.sqlite") == "9001"


def test_a_catalogue_from_before_the_first_release_is_refused_and_left_alone(tmp_path: Path) -> None:
    catalogue_of_today(tmp_path)
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '0013'")
    with pytest.raises(CatalogueError, match="dùng thử") as refused:
        open_catalogue(tmp_path, 1)
    assert "doctor --fix" in refused.value.advice
    assert version_in(tmp_path / "catalogue.sqlite") == "0013"


@pytest.mark.parametrize("before", [None, NEWEST])
def test_two_that_find_the_catalogue_unmade_at_once_share_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, before: str | None
) -> None:
    if before:
        make_at(tmp_path / "catalogue.sqlite", before)
        request.getfixturevalue("a_later_version")
    version_now = schema.version
    looked: list[str | None] = []

    def version(connection: Connection) -> str | None:
        found = version_now(connection)
        looked.append(found)
        if len(looked) == 1:  # before the first one acts on what it found, another opens the catalogue
            open_catalogue(tmp_path, 1).close()
        return found

    monkeypatch.setattr(schema, "version", version)
    with open_catalogue(tmp_path, 1) as catalogue:
        assert catalogue.known_files() == {}
    assert looked[0] == before


def test_new_catalogue_needs_no_copy(tmp_path: Path) -> None:
    open_catalogue(tmp_path, 1).close()
    assert not list(tmp_path.glob("*.bak-*"))


def test_catalogue_that_cannot_be_copied_is_not_upgraded(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    catalogue_of_today(tmp_path)
    (tmp_path / f"catalogue.sqlite.bak-{NEWEST}").mkdir()
    request.getfixturevalue("a_later_version")
    with pytest.raises(CatalogueError, match="sao lưu"):
        open_catalogue(tmp_path, 1)
    assert version_in(tmp_path / "catalogue.sqlite") == NEWEST
