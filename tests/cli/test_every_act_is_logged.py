"""Whatever changes something or hands it out leaves one line in the log of acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import COMMANDS
from dossier.cli import root as cli
from dossier.usecases import audit
from reports import acts
from tests.usecases.archives import FOUNDING, PROPOSAL, SURVEY, put, run, write

A, FILE = "mo-hinh/A", "mo-hinh/A/a.txt"
# In this order on one archive: some take back what one before them did.
ACTS = [
    ("assign", ["assign", FILE, "14"], "assign"),
    ("undo", ["undo"], "undo"),
    ("assign again", ["assign", FILE, "14"], "assign"),
    ("export", ["decisions", "export", "{out}/d.csv"], "decisions-export"),
    ("decisions undo", ["decisions", "undo", FILE], "undo"),
    ("import", ["decisions", "import", "{out}/d.csv"], "decisions-import"),
    ("correct", ["correct", FILE, "--number", "13/QĐ-UBND"], "correct"),
    ("uncorrect", ["correct", FILE, "--reset"], "uncorrect"),
    ("unassign", ["assign", FILE, "--reset"], "unassign"),
    ("waive", ["waive", A, "MH-04", "--reason", "đang xin ý kiến"], "waive"),
    ("unwaive", ["waive", A, "MH-04", "--reset"], "unwaive"),
    ("set", ["set", A, "thành-lập=05/03/2023"], "set"),
    ("done", ["done", "TH-22", "2025", "--on", "12/11/2025"], "done"),
    ("not done", ["done", "TH-22", "2025", "--undo"], "undone"),
    ("adopt", ["adopt", "khac/B", "--kind", "mo-hinh"], "adopt"),
    ("baseline", ["baseline", "create"], "baseline"),
    ("no baseline", ["baseline", "remove"], "baseline-remove"),
    ("config", ["config", "set", "tên kho=Kho B"], "config"),
    ("retention confirm",
     ["retention", "confirm", "--pack", "tt-08-2020", "--row", "founding", "--article", "Điều 5"],
     "retention-confirm"),
    ("close", ["close", A, "-o", "{out}/bo"], "close"),
    ("letters", ["letter", "lacking", "-o", "{out}/thu"], "letters"),
    ("account", ["account", "add", "an", "--role", "admin", "--password-stdin"], "account"),
    ("token", ["account", "token", "an"], "token"),
    ("no account", ["account", "remove", "an"], "account-remove"),
    ("unseal", ["unseal", "mo-hinh/S/mat.txt", "--reason", "đã giải mật"], "unseal"),
    ("seal", ["unseal", "mo-hinh/S/mat.txt", "--undo"], "seal"),
    ("report", ["report", "--format", "csv", "-o", "{out}/r.csv"], "report"),
    ("inventory", ["inventory", "--dossier", A, "-o", "{out}/m.docx"], "inventory"),
    ("letter", ["letter", "draft", A, "4", "-o", "{out}/cv.docx"], "letter"),
    ("trend", ["trend", "--html", "{out}/x.html"], "trend"),
    ("bundle", ["bundle", "make", "-o", "{out}/so-lieu.zip"], "bundle signing-key"),
    ("units", ["units", "-o", "{out}/don-vi.xlsx"], "units"),
    ("new", ["new", "mo-hinh", "Mô hình mới"], "new"),
    ("inbox file", ["inbox", "file", "moi.txt", A, "14"], "inbox-file"),
    ("inbox undo", ["inbox", "undo", "1"], "inbox-undo"),
    ("inbox add", ["inbox", "add", "{out}/them.txt"], "inbox-receive"),
    ("service", ["service", "install", "--to", "{out}/units", "--kind", "systemd", "--write"],
     "service-install"),
    ("page as a service", ["service", "install", "--page", "--to", "{out}/units", "--kind", "systemd",
                           "--write"], "service-install"),
    ("no service", ["service", "remove", "--to", "{out}/units", "--kind", "systemd", "--write"],
     "service-remove"),
    ("mend", ["doctor", "--fix"], "mend"),
    ("init", ["init", "."], "config init"),
    ("backup", ["backup", "{out}/b.zip"], "backup"),
    ("restore", ["restore", "{out}/b.zip", "--force"], "restore"),
]  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ra")
    (folder / "them.txt").write_text(PROPOSAL.replace("05/TTr", "06/TTr"))
    return folder


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kho")
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    write(root, "khac/B/c.txt", SURVEY)
    write(root, "mo-hinh/S/mat.txt", f"TUYỆT MẬT\n{SURVEY}")
    write(root, "Hộp thư đến/moi.txt", PROPOSAL)
    run(root)
    return root


@pytest.mark.parametrize(("words", "act"), [case[1:] for case in ACTS], ids=[case[0] for case in ACTS])
def test_writing_command_leaves_one_line(
    kho: Path, out: Path, words: list[str], act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kho)
    before = audit.verify(open_archive(kho)).entries
    said = "một câu dài khó đoán 7\n" if act == "account" else "c\n"
    done = CliRunner().invoke(cli, [word.format(out=out) for word in words], input=said)
    archive = open_archive(kho)
    newest = [entry.act for entry in audit.entries(archive)]
    ours = [each for each in newest[: len(newest) - before] if each != "redact"]  # what sealing does besides
    assert ours == act.split(), done.output + repr(done.exception)
    assert audit.verify(archive).broken == ""


def test_log_of_all_these_acts_is_told_in_words(kho: Path) -> None:
    entries = audit.entries(open_archive(kho))
    assert {entry.act for entry in entries if acts.act(entry.act) == entry.act} == set()
    told = {name for entry in entries for name in entry.details}
    assert {name for name in told if name not in acts.PARTICULARS and name not in acts.HIDDEN} == set()


# Commands that only show or look, keep what can be made again, or run what is logged by itself.
LOOK = frozenset(
    (
        "audit list", "audit verify", "account list", "baseline show", "bundle sum", "completion",
        "decisions list", "demo", "due", "explain", "help", "index", "nightly", "open", "package", "review",
        "scan", "search", "serve", "service status", "show", "status", "watch", "work",
    )
)  # fmt: skip


def commands() -> set[str]:
    """Every command, and those of groups by both names."""
    found = set()
    for name in COMMANDS:
        command = cli.get_command(Context(cli), name)
        inner = getattr(command, "commands", None)
        found |= {f"{name} {each}" for each in inner} if inner else {name}
    return found


def test_every_command_is_known_to_act_or_to_look() -> None:
    acting = {" ".join(words[:many]) for _name, words, _act in ACTS for many in (1, 2)}
    unknown = {
        name for name in commands() if name not in acting and name not in LOOK and name not in ELSEWHERE
    }
    assert unknown == set()


# Acting commands whose line in the log other tests look at, or that need another machine.
ELSEWHERE: dict[str, str] = {
    "migrate-to": "tests/usecases/test_migrate.py",
    "bundle key": "tests/usecases/test_bundles.py",
    "letter ranking": "writes as letter draft does",
}
