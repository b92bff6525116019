"""What is kept of verdicts: it always says what judging from nothing says, and is used where it may be."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, paper, past_the_tick, put, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.archive import Archive, open_archive
from dossier.catalogue import Catalogue
from dossier.compliance.doubts import doubts, importance
from dossier.errors import DossierError
from dossier.i18n import speaking
from dossier.model import Document, DossierState, ToldFact, in_brief
from dossier.usecases import adopt, baseline, correct, decide, fact_entries, undo
from dossier.usecases.assess import assess
from dossier.usecases.briefing import Memory
from dossier.usecases.configuring import change, setting_named
from dossier.usecases.judging import Judge
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.nightly import verify
from dossier.usecases.overview import everything, in_doubt, overview
from dossier.usecases.scan import scan

A, B = "mo-hinh/A", "mo-hinh/B"
MINUTES = paper("BIÊN BẢN", "02/BB-UBND", "Họp về giao nhận tài liệu")
GOOD_WORK = paper("BÁO CÁO", "40/BC-UBND", "Kết quả hoạt động của mô hình năm 2023", "01 tháng 12 năm 2023")
SECRET = "MẬT\n" + paper("BÁO CÁO", "09/BC-CAX", "Về một việc phải giữ kín")
YEARLY = paper("BÁO CÁO", "50/BC-CAX", "Kết quả xếp loại mô hình, điển hình năm 2023", "20 tháng 11 năm 2023")


@dataclass
class Case:
    """An archive with the day on which it is judged."""

    root: Path
    day: date = date(2024, 5, 6)
    memories: dict[str, Memory] = field(default_factory=lambda: {"vi": Memory(), "en": Memory()})

    @property
    def archive(self) -> Archive:
        """Opened anew, as the next command would."""
        return open_archive(self.root)

    def scan(self) -> None:
        """As the next command would."""
        scan(self.archive, workers=1)


def made(root: Path) -> Case:
    put(root, qd_txt=FOUNDING, kh_txt=SURVEY, la_txt=MINUTES)
    write(root, f"{B}/to trinh.txt", PROPOSAL)
    write(root, f"{B}/ke hoach.txt", SURVEY)
    write(root, "ngoai/cong van.txt", GOOD_WORK)
    past = time.time() - 100
    for file in root.rglob("*.txt"):
        os.utime(file, (past, past))
    past_the_tick()
    case = Case(root)
    case.scan()
    return case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made(tmp_path)


def file(name: str, text: str) -> Callable[[Case], None]:
    def act(case: Case) -> None:
        write(case.root, name, text)
        case.scan()

    return act


def lost(path: str) -> Callable[[Case], None]:
    def act(case: Case) -> None:
        there = case.root / path
        shutil.rmtree(there) if there.is_dir() else there.unlink(missing_ok=True)
        case.scan()

    return act


def moved(case: Case) -> None:
    if (case.root / f"{A}/kh.txt").exists():
        (case.root / f"{A}/kh.txt").rename(case.root / f"{B}/kh moved.txt")
    case.scan()


def bytes_changed(case: Case) -> None:
    there = case.root / f"{A}/qd.txt"
    if there.exists():
        known = there.stat()
        there.write_bytes(there.read_bytes().replace(b"12/", b"13/"))
        os.utime(there, ns=(known.st_atime_ns, known.st_mtime_ns))
    with open_known(case.archive) as catalogue:
        verify(replace_nights(case.archive), catalogue)


def replace_nights(archive: Archive) -> Archive:
    nightly = replace(archive.config.nightly, verify_days=1)
    return replace(archive, config=replace(archive.config, nightly=nightly))


def next_day(case: Case) -> None:
    case.day += timedelta(days=1)


def next_year(case: Case) -> None:
    case.day = date(case.day.year + 1, 2, 1)


def own_checklist(case: Case) -> None:
    shipped = Path(__file__).parents[2] / "dossier/checklists/mo_hinh.toml"
    own = case.root / "checklists" / "mo_hinh.toml"
    own.parent.mkdir(exist_ok=True)
    number = len(own.read_text("utf-8")) if own.exists() else 0
    text = shipped.read_text("utf-8")
    own.write_text(text.replace("threshold = 0.", f"threshold = 0.9  # {number}\n# 0.", 1), "utf-8")


def own_words(case: Case) -> None:
    words = case.root / "checklists" / "vocabulary.toml"
    words.parent.mkdir(exist_ok=True)
    words.write_text('[[types]]\nname = "Biên bản họp"\n', "utf-8")


def configured(text: str) -> Callable[[Case], None]:
    return lambda case: write(case.root, "dossier.toml", text)


def told_directly(case: Case) -> None:
    fact = ToldFact(".", "TH-22/2023", True, "x", datetime.now(UTC))
    with writing(case.archive, "test"), open_known(case.archive) as catalogue:
        catalogue.facts.record([fact])


ACTS: dict[str, Callable[[Case], object]] = {
    "a document is assigned": lambda c: decide.assign(c.archive, "la.txt", ["5"]),
    "a document is assigned to nothing": lambda c: decide.assign(c.archive, "qd.txt", ["none"]),
    "a decision is reset": lambda c: decide.reset(c.archive, "la.txt"),
    "a head is corrected": lambda c: correct.correct(c.archive, "qd.txt", {"date": "2022-01-02"}),
    "a correction is reset": lambda c: correct.reset(c.archive, "qd.txt"),
    "a finding is waived": lambda c: decide.waive(c.archive, A, "MH-05", reason="thử"),
    "a waiver runs out": lambda c: decide.waive(
        c.archive, A, "MH-05", reason="thử", until=c.day, today=c.day
    ),
    "a waiver is taken back": lambda c: decide.unwaive(c.archive, A, "MH-05"),
    "a waiver of the unit": lambda c: decide.waive(c.archive, ".", "TH-22", reason="thử"),
    "a fact is told": lambda c: fact_entries.record_and_report(c.archive, A, ["founded=2021-03-04"]),
    "a dossier is called linked": lambda c: fact_entries.record_and_report(
        c.archive, A, ["linked=yes", "members=Công an xã B"]
    ),
    "a duty is done": lambda c: fact_entries.done(c.archive, "TH-21", 2023),
    "a duty is told": told_directly,
    "a baseline is drawn": lambda c: baseline.create(c.archive, c.day),
    "a baseline is removed": lambda c: baseline.remove(c.archive),
    "a folder is adopted": lambda c: adopt.adopt(c.archive, ["ngoai"], kind="mo-hinh"),
    "a folder is no dossier": lambda c: adopt.adopt(c.archive, ["ngoai"], kind=""),
    "adoption, and a scan": lambda c: (adopt.adopt(c.archive, ["ngoai"], kind="mo-hinh"), c.scan()),
    "an act is taken back": lambda c: undo.undo(c.archive),
    "a stamp is denied": lambda c: (correct.unseal(c.archive, "mat.txt", "không phải dấu mật"), c.scan()),
    "a paper comes": file(f"{A}/bao cao.txt", GOOD_WORK),
    "a paper with a stamp comes": file(f"{A}/mat.txt", SECRET),
    "a paper with a stamp comes outside": file("ngoai/mat.txt", SECRET),
    "what the unit owes comes": file(f"{B}/xep loai.txt", YEARLY),
    "what the unit owes comes outside": file("ngoai/xep loai.txt", YEARLY),
    "a paper changes": file(f"{A}/qd.txt", FOUNDING.replace("năm 2023", "năm 2021")),
    "a copy comes elsewhere": file(f"{B}/qd.txt", FOUNDING),
    "what nobody can read comes": file(f"{B}/hong.pdf", "%PDF-1.7 hỏng"),
    "a dossier comes": file("mo-hinh/C/qd.txt", FOUNDING),
    "a linked model's sister comes": file("Xã B/mo-hinh/A/qd.txt", PROPOSAL),
    "a paper goes": lost(f"{A}/qd.txt"),
    "a dossier goes": lost(B),
    "a paper moves to another dossier": moved,
    "a manifest comes": file(f"{A}/hoso.toml", 'name = "Camera"\nfounded = 2020-05-06\n'),
    "bytes change behind the same time": bytes_changed,
    "a rule is weighed otherwise": configured('[rules]\nseverity = {"MH-05" = "info"}\n'),
    "a rule is off": configured('[rules]\nseverity = {"MH-05" = "off", "MH-09" = "error"}\n'),
    "a setting is changed": lambda c: change(c.archive, [(setting_named("due_days"), "90")]),
    "duties are configured": configured("[rules]\ndone = {TH-21 = [2023-12-01]}\n"),
    "a checklist is changed": own_checklist,
    "own words": own_words,
    "the next day": next_day,
    "the next year": next_year,
    "nothing": lambda c: c.scan(),
}


def check(case: Case) -> None:
    """Every answer is what judging from nothing gives, in both languages, asked once and again."""
    for spoken in ("vi", "en", "vi"):
        with speaking(spoken):
            assert overview(case.archive, case.day) == in_brief(assess(case.archive, case.day))
            found = [(folder.path, doubt) for folder, _list, doubt in in_doubt(case.archive, case.day)]
            assert found == from_nothing(case)
            # Whoever remembers the last answer says the same, though others have judged meanwhile.
            memory = case.memories[spoken]
            remembered = everything(case.archive, case.day, memory)
            assert remembered.brief == overview(case.archive, case.day)
            assert [(folder.path, doubt) for folder, _list, doubt in remembered.doubts] == found


def from_nothing(case: Case) -> list[object]:
    archive = case.archive
    with open_known(archive) as catalogue:
        states = catalogue.states()
    found = [
        (state.folder.path, doubt)
        for state in states
        for doubt in doubts(
            replace(state, usual=archive.config.dossiers), archive.checklists[state.folder.kind], case.day
        )
    ]
    return sorted(found, key=lambda each: importance(each[1]))


def do(case: Case, act: str) -> None:
    try:
        ACTS[act](case)
    except DossierError:  # nothing to take back, no such file any more: the answers must hold all the same
        pass


@pytest.mark.parametrize("act", ACTS)
def test_answers_follow_every_act(case: Case, act: str) -> None:
    check(case)
    do(case, act)
    check(case)


@pytest.mark.slow  # every example is an archive of its own, judged after each act
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=6))
def test_answers_are_those_of_judging_from_nothing_after_any_acts(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str]
) -> None:
    case = made(tmp_path_factory.mktemp("kho"))
    for act in acts:
        do(case, act)
        check(case)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dossiers that are judged from now on."""
    found: list[str] = []
    judge = Judge.__call__

    def noted(self: Judge, state, today):
        found.append(state.folder.path)
        return judge(self, state, today)

    monkeypatch.setattr(Judge, "__call__", noted)
    return found


def test_of_what_is_remembered_only_the_dossier_that_changed_is_read_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory()
    everything(case.archive, case.day, memory)
    ACTS["a paper comes"](case)
    read: list[str] = []
    states, at = Catalogue.states, Catalogue.documents_at

    def noted(self: Catalogue, dossier: str | None = None, last: str | None = None) -> list[DossierState]:
        found = states(self, dossier, last)
        read.extend(state.folder.path for state in found)
        return found

    def noted_at(self: Catalogue, paths: Collection[str]) -> dict[tuple[str, int, str], Document]:
        read.extend(paths)
        return at(self, paths)

    monkeypatch.setattr(Catalogue, "states", noted)
    monkeypatch.setattr(Catalogue, "documents_at", noted_at)
    everything(case.archive, case.day, memory)
    assert set(read) == {A}


def test_nothing_is_judged_again_when_nothing_changed(case: Case, judged: list[str]) -> None:
    overview(case.archive, case.day)
    assert sorted(judged) == [A, B]
    judged.clear()
    case.scan()
    overview(case.archive, case.day)
    in_doubt(case.archive, case.day)
    assert judged == []


def test_new_times_of_a_file_with_the_same_bytes_change_no_verdict(case: Case, judged: list[str]) -> None:
    overview(case.archive, case.day)
    judged.clear()
    os.utime(case.root / f"{A}/qd.txt", (time.time() - 50, time.time() - 50))
    case.scan()
    overview(case.archive, case.day)
    assert judged == []


def test_everything_is_judged_again_the_next_day(case: Case, judged: list[str]) -> None:
    overview(case.archive, case.day)
    judged.clear()
    overview(case.archive, case.day + timedelta(days=1))
    assert sorted(judged) == [A, B]


@pytest.mark.parametrize(
    "act",
    [
        "a document is assigned", "a head is corrected", "a finding is waived", "a fact is told",
        "a paper comes", "a paper goes", "a manifest comes",
    ],
)  # fmt: skip
def test_only_the_dossier_concerned_is_judged_again(case: Case, judged: list[str], act: str) -> None:
    overview(case.archive, case.day)
    ACTS[act](case)
    judged.clear()
    overview(case.archive, case.day)
    assert judged == [A]


def test_act_that_says_of_no_dossier_makes_all_stale(case: Case, judged: list[str]) -> None:
    overview(case.archive, case.day)
    with writing(case.archive, "test"), open_known(case.archive) as catalogue:
        session = catalogue._session
        with session.writing() as connection:
            connection.exec_driver_sql("UPDATE waivers SET until = '2020-01-01'")
    judged.clear()
    overview(case.archive, case.day)
    assert sorted(judged) == [A, B]


def test_change_while_it_is_judged_is_not_lost(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge.__call__

    def interrupted(self: Judge, state, today):
        report = judge(self, state, today)
        monkeypatch.setattr(Judge, "__call__", judge)
        decide.waive(case.archive, A, "MH-05", reason="thử")
        return report

    monkeypatch.setattr(Judge, "__call__", interrupted)
    overview(case.archive, case.day)
    check(case)


def test_archive_that_cannot_be_written_is_answered_all_the_same(case: Case) -> None:
    state = case.archive.state
    expected = in_brief(assess(case.archive, case.day))
    for path in (state, *state.iterdir()):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert overview(case.archive, case.day) == expected
    finally:
        state.chmod(0o700)


def test_archive_that_somebody_writes_is_answered_at_once(case: Case) -> None:
    expected = in_brief(assess(case.archive, case.day))
    with writing(case.archive, "test"):
        started = time.monotonic()
        assert overview(case.archive, case.day) == expected
        assert time.monotonic() - started < 20


def test_nothing_stays_of_a_paper_that_turns_out_secret(case: Case) -> None:
    write(case.root, f"{A}/mat.txt", SECRET.replace("MẬT\n", "").replace("giữ kín", "giữ kín zyzzyva"))
    case.scan()
    overview(case.archive, case.day)
    in_doubt(case.archive, case.day)
    file(f"{A}/mat.txt", SECRET.replace("giữ kín", "giữ kín zyzzyva"))(case)
    with open_known(case.archive) as catalogue, catalogue._session.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM briefs").all())
        kept += str(connection.exec_driver_sql("SELECT * FROM doubts").all())
    assert "zyzzyva" not in kept
