"""Nights on which nothing changed are told as such, and only those."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from archives import SURVEY, put, settled, write
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import i18n
from dossier.archive import Archive, open_archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.catalogue.tables import metadata
from dossier.compliance.asked_day import Window
from dossier.model import (
    ComplianceReport,
    Decision,
    DossierFolder,
    FileEntry,
    FileRecord,
    Form,
    Header,
    LogicalDocument,
    Manifest,
    PlacedDocument,
    Placement,
    Waiver,
)
from dossier.usecases import history, shelf, standstill
from dossier.usecases.assess import assess
from dossier.usecases.backup import backup
from dossier.usecases.decide import assign, waive
from dossier.usecases.night_reports import tell, tell_again
from dossier.usecases.nightly import Night, nightly
from dossier.usecases.restore import restore
from dossier.usecases.standstill import grounds, standing

DAY = date(2023, 4, 3)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return settled(tmp_path)


def night(root: Path, day: date) -> Night:
    return nightly(open_archive(root), day, workers=1)


def report_of(done: Night) -> ComplianceReport:
    assert done.report is not None
    return done.report


def test_quiet_night_says_since_when_nothing_changed(root: Path) -> None:
    first, second = night(root, DAY), night(root, NEXT)
    third = night(root, NEXT + timedelta(days=1))
    assert (first.told.unchanged_since, second.told.unchanged_since, third.told.unchanged_since) == (
        None, DAY, DAY,
    )  # fmt: skip
    assert third.told.changes.since == NEXT
    assert third.told.summary == first.told.summary
    assert third.code == first.code == 1
    text = (third.folder / "digest.txt").read_text("utf-8")
    assert "Không có gì thay đổi kể từ 03/04/2023" in " ".join(text.split())
    assert json.loads((third.folder / "night.json").read_text("utf-8"))["unchanged_since"] == "2023-04-03"


def test_quiet_night_keeps_the_reports_of_the_day_that_was_judged(root: Path) -> None:
    first, second = night(root, DAY), night(root, NEXT)
    assert {file.name for file in first.folder.iterdir()} == {file.name for file in second.folder.iterdir()}
    for name in ("report.json", "report.xlsx", "report.txt"):
        assert (second.folder / name).samefile(first.folder / name)
    page = (second.folder / "report.html").read_text("utf-8")
    assert page.count("Không có gì thay đổi kể từ 03/04/2023") == 1
    assert "Không có gì thay đổi" not in (first.folder / "report.html").read_text("utf-8")
    again = (night(root, NEXT + timedelta(days=1)).folder / "report.html").read_text("utf-8")
    assert again == page
    assert shelf.latest(root / ".dossier") == "2023-04-05"


def test_quiet_night_is_kept_like_any_other(root: Path) -> None:
    night(root, DAY)
    night(root, NEXT)
    first, second = history.nights(open_archive(root))
    assert (second.day, second.new, second.mended) == (NEXT, 0, 0)
    assert (second.counts, second.score) == (first.counts, first.score)
    put(root, b_txt=SURVEY.replace("03/KH", "04/KH"))
    (root / "mo-hinh/A/a.txt").unlink()
    third = night(root, NEXT + timedelta(days=1))
    assert third.told.changes.since == NEXT and third.told.changes.new


def test_pruned_reports_leave_those_that_link_to_them_whole(root: Path) -> None:
    (root / "dossier.toml").write_text("[nightly]\nkeep_days = 2\n", "utf-8")
    for days in range(5):
        done = night(root, DAY + timedelta(days=days))
    assert done.told.unchanged_since == DAY
    assert not (done.folder.parent / DAY.isoformat()).exists()
    assert json.loads((done.folder / "report.json").read_text("utf-8"))["today"] == "2023-04-03"


def test_second_run_on_a_quiet_day_leaves_its_reports_alone(root: Path) -> None:
    first = night(root, DAY)
    before = {file.name: file.stat().st_mtime_ns for file in first.folder.iterdir()}
    second = night(root, DAY)
    assert second.told.unchanged_since == DAY and second.folder == first.folder
    assert {file.name: file.stat().st_mtime_ns for file in second.folder.iterdir()} == before


def _edit(root: Path) -> None:
    put(root, b_txt=SURVEY.replace("03/KH", "08/KH"))


def _settings(root: Path) -> None:
    (root / "dossier.toml").write_text("[rules]\ndue_days = 31\n", "utf-8")


def _checklist(root: Path) -> None:
    write(root, "retention.toml", 'follow = ""\n')


def _decide(root: Path) -> None:
    assign(open_archive(root), str(root / "mo-hinh/A/b.txt"), ["3"])


def _pardon(root: Path) -> None:
    waive(open_archive(root), "mo-hinh/A", "MH-03", reason="đang bổ sung", today=DAY)


def _hold(root: Path) -> None:
    write(root, "mo-hinh/A/hoso.toml", 'hold = "thanh tra"\n')


def _outside(root: Path) -> None:
    write(root, "lạc.txt", "x")


def _spoil(root: Path) -> None:
    (root / ".dossier/reports/2023-04-03/report.xlsx").unlink()


@pytest.mark.parametrize("change", [_edit, _settings, _decide, _pardon, _hold, _outside, _spoil])
def test_night_after_a_change_judges_anew(root: Path, change: Callable[[Path], None]) -> None:
    night(root, DAY)
    assert night(root, DAY).report is None
    change(root)
    assert report_of(night(root, NEXT)).today == NEXT


def test_touched_file_with_the_same_bytes_is_no_change(root: Path) -> None:
    night(root, DAY)
    os.utime(root / "mo-hinh/A/b.txt", (10**9, 10**9))
    assert night(root, NEXT).report is None


def test_other_language_or_program_is_judged_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    night(root, DAY)
    i18n.use("en")
    assert night(root, NEXT).report is not None
    assert night(root, NEXT + timedelta(days=1)).report is None
    monkeypatch.setattr(standstill, "_code", lambda: "another")
    assert night(root, NEXT + timedelta(days=2)).report is not None


def test_day_on_which_something_falls_due_is_judged_anew(root: Path) -> None:
    """The plan of the year is asked for some time after the founding."""
    first = night(root, DAY)
    for days in range(1, 60):
        done = night(root, DAY + timedelta(days=days))
        if done.report is not None and done.told.changes.new:
            break
    else:
        pytest.fail("nothing fell due")
    assert done.told.score < first.told.score


@pytest.mark.parametrize(
    "step",
    [
        "dossier.usecases.shelf._point",
        "dossier.catalogue.nights.Nights.repeat",
        "dossier.catalogue.verdicts.Verdicts.renew",
    ],
)
def test_quiet_night_cut_short_at_any_step_is_made_good_by_the_next(
    root: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(root, DAY)

    def cut(*_all: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(step, cut)
    with pytest.raises(KeyboardInterrupt):
        night(root, NEXT)
    monkeypatch.undo()
    latest = shelf.latest(root / ".dossier")
    assert (root / ".dossier/reports" / latest / "report.html").exists()
    for days in (0, 1):
        done = night(root, NEXT + timedelta(days=days))
        assert (
            shelf.latest(root / ".dossier") == done.folder.name == (NEXT + timedelta(days=days)).isoformat()
        )
        assert json.loads((done.folder / "report.json").read_text("utf-8"))["summary"]["files"] == 2
    assert [kept.day for kept in history.nights(open_archive(root))] == [DAY, NEXT, NEXT + timedelta(days=1)]


def test_verdict_that_came_back_with_a_backup_is_not_trusted(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    night(root, DAY)
    file = tmp_path_factory.mktemp("backup") / "kho.zip"
    backup(open_archive(root), file)
    _edit(root)
    night(root, DAY)
    restore(open_archive(root), file, force=True)
    assert night(root, NEXT).report is not None


def test_everything_is_judged_anew_once_a_week(root: Path) -> None:
    judged = [days for days in range(15) if night(root, DAY + timedelta(days=days)).report is not None]
    assert set(judged) >= {0, 8} and len(judged) < 8


def test_clock_set_back_is_judged_anew(root: Path) -> None:
    night(root, NEXT)
    assert night(root, DAY).report is not None


def test_every_table_is_known_to_matter_or_not_to_a_verdict(tmp_path: Path) -> None:
    """A new table or column that verdicts hang on needs a trigger of its own."""
    bookkeeping = {"meta", "outbox", "texts", "nights", "verdicts", "unweighed"}
    unseen = {
        "id",
        "raw_path",
        "mtime_ns",
        "inode",
        "doubtful",
        "reader",
        "lacks",
        "verified_at",
        "altered_from",
    }
    with open_catalogue(tmp_path, 1) as catalogue, catalogue._session.reading() as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = {row.name: row.sql for row in connection.exec_driver_sql(query)}
    for table in metadata.sorted_tables:
        if table.name not in bookkeeping:
            assert {f"{table.name}_{event}" for event in ("insert", "update", "delete")} <= triggers.keys()
    for column in set(metadata.tables["files"].columns.keys()) - unseen:
        assert f"OLD.{column} IS NOT NEW.{column}" in triggers["files_update"]


# ------------------------------------------------------------------ any sequence of changes

DOSSIERS = ("mo-hinh/A", "mo-hinh/B")
_INDEX = st.integers(0, 5)
_near = st.integers(0, 500).map(lambda days: date(2023, 1, 1) + timedelta(days=days))
_texts = st.none() | st.just("thanh tra")
_dossier = st.sampled_from(DOSSIERS)
_weight = st.sampled_from(["error", "info", "off"])
_days = st.integers(0, 60)
actions = st.one_of(
    st.tuples(st.just("file"), _INDEX, st.sampled_from(["1", "2", "3", "6a", "6b", "9", "15"]), _near),
    st.tuples(st.just("gone"), _INDEX),
    st.tuples(st.just("pardon"), _dossier, st.sampled_from(["MH-01", "MH-09", "TV-16"]), _near),
    st.tuples(st.just("decide"), _INDEX, st.sampled_from(["1", "2", "6a", "none"])),
    st.tuples(st.just("undecide"), _INDEX),
    st.tuples(st.just("baseline"), st.booleans()),
    st.tuples(st.just("manifest"), _dossier, st.none() | _near, st.none() | _near, _texts, st.booleans()),
    st.tuples(st.just("settings"), _days, _days, _weight),
    st.tuples(st.just("aside"), st.booleans()),
    st.tuples(st.just("lost"), _dossier),
)
steps = st.tuples(st.lists(actions, max_size=2), st.integers(0, 9))


@dataclass
class Life:
    """An archive whose catalogue is changed step by step, a night after each."""

    root: Path
    day: date
    manifests: dict[str, Manifest] = field(default_factory=lambda: {path: Manifest() for path in DOSSIERS})
    outside: tuple[str, ...] = ()
    quiet: int = 0
    reports: dict[date, ComplianceReport] = field(default_factory=dict)

    def archive(self) -> Archive:
        return open_archive(self.root)

    def walked(self, catalogue: Catalogue) -> None:
        folders = [DossierFolder(p, p.encode(), "mo-hinh", p[-1], m) for p, m in self.manifests.items()]
        catalogue.save_walk(folders, {}, self.outside, ())

    def act(self, catalogue: Catalogue, what: str, *how: object) -> None:
        getattr(self, f"_{what}")(catalogue, *how)

    def _file(self, catalogue: Catalogue, number: int, part: str, day: date) -> None:
        path = f"{DOSSIERS[number % 2]}/{number}.txt"
        entry = FileEntry(path, path.encode(), 1, 1, number, DOSSIERS[number % 2])
        header = Header(form=Form.STATE, type="quyet-dinh", number_symbol="1/QĐ-UBND", date=day)
        place = Placement(int(part.rstrip("abc")), part, 0.99)
        document = PlacedDocument(LogicalDocument(1, (1, 1), header, "x"), (place,))
        record = FileRecord(entry, f"{number // 2}{part}", "txt", (document,))
        catalogue.store(record, catalogue.current(path.encode()))

    def _gone(self, catalogue: Catalogue, number: int) -> None:
        known = catalogue.current(f"{DOSSIERS[number % 2]}/{number}.txt".encode())
        catalogue.remove([known] if known else [])

    def _pardon(self, catalogue: Catalogue, path: str, rule: str, until: date) -> None:
        catalogue.people.waive(Waiver(path, rule, "vì sao", "An", datetime.now(UTC), until=until))

    def _decide(self, catalogue: Catalogue, number: int, part: str) -> None:
        known = catalogue.current(f"{DOSSIERS[number % 2]}/{number}.txt".encode())
        if known:
            places = () if part == "none" else (Placement(int(part.rstrip("abc")), part, 1.0),)
            catalogue.people.decide([Decision(known.sha256, 1, places, "An", datetime.now(UTC))])

    def _undecide(self, catalogue: Catalogue, number: int) -> None:
        known = catalogue.current(f"{DOSSIERS[number % 2]}/{number}.txt".encode())
        if known:
            catalogue.people.undecide(known.sha256, 1, "An")

    def _baseline(self, catalogue: Catalogue, draw: bool) -> None:
        if draw:
            found = assess(self.archive(), self.day).dossiers
            catalogue.baseline.draw({d.path: [k for f in d.findings for k in f.keys] for d in found}, "An")
        else:
            catalogue.baseline.remove()

    def _manifest(
        self, catalogue: Catalogue, path: str, founded: date | None, ended: date | None, hold: str | None,
        linked: bool,
    ) -> None:  # fmt: skip
        members = ("Công an xã B", "Công an xã C") if linked else None
        self.manifests[path] = Manifest(
            founded=founded, ended=ended, hold=hold, linked=linked, members=members
        )
        self.walked(catalogue)

    def _settings(self, _catalogue: Catalogue, due: int, grace: int, severity: str) -> None:
        said = f"[nightly]\nformats = []\n[rules]\ndue_days = {due}\ngrace_days = {grace}\n"
        self.root.joinpath("dossier.toml").write_text(
            f'{said}[rules.severity]\nMH-03 = "{severity}"\n', "utf-8"
        )

    def _aside(self, catalogue: Catalogue, some: bool) -> None:
        self.outside = ("lạc.txt",) if some else ()
        self.walked(catalogue)

    def _lost(self, catalogue: Catalogue, path: str) -> None:
        """The dossier and its files are gone, or the dossier is back."""
        if self.manifests.pop(path, None) is None:
            self.manifests[path] = Manifest()
        else:
            catalogue.remove(catalogue.known_files([path]).values())
        self.walked(catalogue)

    def night(self, catalogue: Catalogue) -> None:
        """Judge from nothing, and see that a night told as quiet says the same."""
        archive = self.archive()
        windows: dict[str, Window] = {}
        fresh = assess(archive, self.day, windows=windows)
        stands = standing(archive, catalogue, self.day)
        if stands is None:
            fresh = replace(fresh, changes=history.changes(archive, fresh))
            on = grounds(archive, catalogue.meta()), catalogue.verdicts.revision()
            tell(archive, catalogue, fresh, windows, on)
            self.reports[self.day] = fresh
            return
        verdict, renewed = stands
        judged = self.reports[verdict.judged]
        assert replace(fresh, today=judged.today) == replace(judged, changes=None)
        changes = history.changes(archive, fresh)
        if verdict.judged != self.day:
            assert not (changes.new or changes.mended or changes.appeared or changes.gone)
            assert verdict.digest.changes.still == changes.still
            assert verdict.digest == replace(
                history.digest(archive, fresh), unchanged_since=verdict.judged, changes=verdict.digest.changes
            )
        tell_again(archive, catalogue, verdict, renewed)
        self.quiet += 1


@given(_near, st.lists(steps, min_size=2, max_size=8))
@settings(max_examples=30, deadline=None)
def test_quiet_night_says_what_judging_anew_would(day: date, life: list[tuple[list[tuple], int]]) -> None:  # type: ignore[type-arg]
    with TemporaryDirectory() as folder:
        lived = Life(Path(folder), day)
        state = lived.archive().ready_state()
        with open_catalogue(state, 1) as catalogue:
            lived._settings(catalogue, 30, 0, "error")
            lived.walked(catalogue)
            catalogue.finish_scan(datetime(2023, 1, 1, tzinfo=UTC), "")
            for done, days in life:
                for what, *how in done:
                    lived.act(catalogue, what, *how)
                lived.day += timedelta(days=days)
                lived.night(catalogue)
