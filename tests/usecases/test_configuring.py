"""Settings by their Vietnamese names; the rest of the file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.errors import ConfigurationError, UsageError
from dossier.model import FactSource
from dossier.usecases import create
from dossier.usecases.assess import assess
from dossier.usecases.configuring import ME, SETTINGS, change, read_from_papers, setting_named, value_of
from dossier.usecases.fact_entries import record_and_report
from tests.usecases.archives import FOUNDING, put, run


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(create.init(tmp_path / "kho"))


def set_(archive: Archive, **said: str) -> Archive:
    change(archive, [(setting_named(name.replace("_", " ")), value) for name, value in said.items()])
    return open_archive(archive.root)


@pytest.mark.parametrize("said", ["người ký", "Nguoi ky", "unit.signer"])
def test_setting_is_named_in_words_or_as_in_the_file(said: str) -> None:
    assert setting_named(said).path == "unit.signer"


def test_unknown_setting_names_those_there_are() -> None:
    with pytest.raises(UsageError) as told:
        setting_named("người kí")
    assert "người ký" in told.value.advice


def test_value_takes_the_place_of_the_note_and_notes_stay(archive: Archive) -> None:
    before = (archive.root / "dossier.toml").read_text("utf-8")
    archive = set_(archive, người_ký='Thiếu tá “An” \\ "B"', nhắc_trước="45", đọc_bản_quét="không")
    assert (archive.config.unit.signer, archive.config.rules.due_days, archive.config.scan.ocr) == (
        "Thiếu tá “An” \\ \"B\"", 45, False,
    )  # fmt: skip
    after = (archive.root / "dossier.toml").read_text("utf-8")
    assert "Mọi khóa đều có thể bỏ trống" in after and after.count("\n") >= before.count("\n")
    assert set_(archive, người_ký="").config.unit.signer == ""


def test_list_over_several_lines_is_replaced_whole(archive: Archive) -> None:
    (archive.root / "dossier.toml").write_text(
        '[scan]\nignore = [\n  "a]",  # ]\n  "b",\n]\nocr = true\n', "utf-8"
    )
    changed = set_(open_archive(archive.root), bỏ_qua="*.bak; nháp *")
    assert changed.config.scan.ignore == ("*.bak", "nháp *")
    assert changed.config.scan.ocr is True


@pytest.mark.parametrize(
    ("name", "value"), [("nhắc trước", "x"), ("đọc bản quét", "đôi khi"), ("nhắc trước", "-1")]
)
def test_value_that_cannot_be_changes_nothing(archive: Archive, name: str, value: str) -> None:
    before = (archive.root / "dossier.toml").read_bytes()
    with pytest.raises(UsageError):
        change(archive, [(setting_named(name), value)])
    with pytest.raises((UsageError, ConfigurationError)):
        change(archive, [(setting_named("nhắc trước"), "9999")])
    assert (archive.root / "dossier.toml").read_bytes() == before


def test_every_setting_can_be_read_and_its_example_set(archive: Archive) -> None:
    for each in SETTINGS:
        change(archive, [(each, each.example)])
    opened = open_archive(archive.root)
    assert [value_of(opened, each) for each in SETTINGS] == [each.example for each in SETTINGS]


def test_person_is_called_by_name_where_the_archive_knows_it(archive: Archive) -> None:
    opened = set_(archive, **{ME.replace(" ", "_"): "Đại úy Hùng"})
    with workspace.within(names=opened.config.people):
        assert workspace.person() == "Đại úy Hùng"


def test_link_in_place_of_the_file_is_refused(archive: Archive, tmp_path: Path) -> None:
    other = tmp_path / "khác.toml"
    other.write_text("")
    (archive.root / "dossier.toml").unlink()
    (archive.root / "dossier.toml").symlink_to(other)
    with pytest.raises(ConfigurationError):
        change(archive, [(setting_named("người ký"), "An")])
    assert other.read_text() == ""


def test_archive_that_was_not_scanned_proposes_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    assert read_from_papers(open_archive(tmp_path)).name == ""


def test_unit_is_read_from_its_papers(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, hoso_toml='unit = "Ủy ban nhân dân xã Hàm Thắng"\n')
    run(tmp_path)
    found = read_from_papers(open_archive(tmp_path))
    assert found.name == "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG"


def test_what_is_usual_in_the_archive_holds_where_a_dossier_says_nothing(archive: Archive) -> None:
    put(archive.root, qd_txt=FOUNDING)
    archive = set_(archive, kế_hoạch_lập_theo="năm học", lực_lượng_chủ_trì="trường học")
    assert [archive.config.dossiers.year, archive.config.dossiers.led_by] == ["school", "other"]
    run(archive.root)
    facts = assess(archive).dossiers[0].facts
    assert (facts["year"].value, facts["year"].source) == ("school", FactSource.ARCHIVE)
    record_and_report(archive, "mo-hinh/A", ["lịch-năm=năm dương lịch"])
    told = assess(archive).dossiers[0].facts["year"]
    assert (told.value, told.source) == ("calendar", FactSource.PERSON)
    assert set_(archive, kế_hoạch_lập_theo="").config.dossiers.year is None


def test_value_of_a_usual_fact_that_nobody_understands_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError) as told:
        change(archive, [(setting_named("kế hoạch lập theo"), "năm nhuận")])
    assert "năm học" in told.value.advice


@pytest.mark.parametrize(
    "value", ['x"\n[mail]\nto = 1', "a\x1b]0;x\x07b", "a\x7fb", "a\u202eb", "a\u2028b"], ids=repr
)
def test_value_that_cannot_be_seen_whole_changes_nothing(archive: Archive, value: str) -> None:
    before = (archive.root / "dossier.toml").read_bytes()
    with pytest.raises(UsageError):
        change(archive, [(setting_named("archive.name"), value)])
    assert (archive.root / "dossier.toml").read_bytes() == before


def test_quotes_and_brackets_stay_within_the_value(archive: Archive) -> None:
    change(archive, [(setting_named("archive.name"), 'a" ]\\ [mail] # b')])
    assert open_archive(archive.root).config.archive.name == 'a" ]\\ [mail] # b'
