"""Whatever changes something or hands it out leaves one line in the log of acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import root as cli
from dossier.usecases import audit
from tests.usecases.archives import FOUNDING, SURVEY, put, run, write

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
    ("backup", ["backup", "{out}/b.zip"], "backup"),
    ("restore", ["restore", "{out}/b.zip", "--force"], "restore"),
]  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ra")


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kho")
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    write(root, "khac/B/c.txt", SURVEY)
    write(root, "mo-hinh/S/mat.txt", f"TUYỆT MẬT\n{SURVEY}")
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
    assert newest[: len(newest) - before] == [act], done.output + repr(done.exception)
    assert audit.verify(archive).broken == ""
