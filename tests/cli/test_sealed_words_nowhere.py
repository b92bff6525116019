"""What a sealed paper says is in no output: not on the terminal, in no file that is made, in no answer to
programs. It was known, corrected, searched for and reported before it got its stamp."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from click.testing import CliRunner

from dossier.archive import Archive, open_archive
from dossier.cli import root as cli
from dossier.errors import DossierError
from dossier.usecases import mail
from dossier.usecases.correct import correct
from dossier.usecases.nightly import nightly
from dossier.vietnamese import fold
from tests.usecases.archives import SURVEY, paper, run, write
from tests.web.serving import running
from tests.web.test_secrecy_on_pages import _crawl

TODAY = "2026-03-01"
DOSSIER, NAME = "mo-hinh/Z", "ten tep kin.txt"
PLAIN = paper(
    "QUYẾT ĐỊNH", "177/QĐ-UBND", "Về việc thành lập mô hình “Kim Cương Đỏ”",
    body="Chuyên án Kim Cương Đỏ tại đồi Bạch Mã, do đồng chí Lò Văn Xuân chỉ huy. Lưu: đến 31/12/2031.",
).replace("Nguyễn Văn An", "Phàn A Sểnh")  # fmt: skip
SECRET = PLAIN.replace("Số: 177/QĐ-UBND", "Số: 177/QĐ-UBND\nTỐI MẬT")
WORDS = ("kim cuong do", "bach ma", "lo van xuan", "177/qd", "phan a senh")

# What is run, and the files that it makes below {out}.
OUTPUTS = [
    *(["report", "{kho}", "--format", format_, "-o", f"{{out}}/r.{format_}"]
      for format_ in ("html", "json", "csv", "xlsx", "docx", "txt", "junit", "sarif")),
    *(["report", "{kho}", "--dossier", DOSSIER, "--format", format_, "-o", f"{{out}}/d.{format_}"]
      for format_ in ("html", "json", "docx", "txt")),
    ["report", "{kho}"],
    ["show", "{kho}/" + DOSSIER], ["show", "{kho}/" + DOSSIER, "--json"],
    ["show", f"{{kho}}/{DOSSIER}/{NAME}"], ["show", f"{{kho}}/{DOSSIER}/{NAME}", "--json"],
    ["scan", "{kho}", "--workers", "1"], ["scan", "{kho}", "--full", "--workers", "1", "--json", "-"],
    ["watch", "{kho}", "--once"],
    *(["inventory", "{kho}", "--dossier", DOSSIER, "-o", f"{{out}}/i.{end}"] for end in ("docx", "xlsx")),
    ["inventory", "{kho}", "--choose", DOSSIER, "-o", "{out}/all.docx"],
    ["inventory", "{kho}", "--handover", "--choose", DOSSIER, "-o", "{out}/handover.docx"],
    ["inventory", "{kho}", "--dossier", DOSSIER, "--json"],
    ["letter", "lacking", "{kho}", "-o", "{out}/letters"],
    ["letter", "draft", DOSSIER, "4", "--archive", "{kho}", "-o", "{out}/draft.docx"],
    ["letter", "ranking", DOSSIER, "--archive", "{kho}", "-o", "{out}/ranking.docx"],
    ["package", DOSSIER, "--archive", "{kho}", "-o", "{out}/package"],
    ["close", DOSSIER, "--archive", "{kho}"], ["close", DOSSIER, "--archive", "{kho}", "-o", "{out}/closing"],
    *(["units", "{kho}", "-o", f"{{out}}/u.{end}"] for end in ("html", "xlsx", "csv", "json")),
    ["bundle", "make", "{kho}", "-o", "{out}/b.zip"],
    ["search", "--archive", "{kho}", "Kim Cuong Do"],
    ["search", "--archive", "{kho}", "quyết định", "--json"],
    ["search", "--archive", "{kho}", "ten tep kin", "--facets"],
    ["search", "--archive", "{kho}", "177/QĐ-UBND"],
    ["search", "--archive", "{kho}", "Bạch Mã", "--everywhere"],
    ["search", "--archive", "{kho}", "mô hình", "--export", "{out}/s.csv"],
    ["search", "--archive", "{kho}", "mô hình", "--export", "{out}/s.xlsx"],
    ["due", "{kho}", "--days", "3660"], ["due", "{kho}", "--ics", "{out}/c.ics"], ["due", "{kho}", "--json"],
    ["trend", "{kho}"], ["trend", "{kho}", "--html", "{out}/t.html"], ["trend", "{kho}", "--json"],
    ["status", "{kho}"], ["status", "{kho}", "--json"], ["doctor", "{kho}"],
    ["decisions", "export", "{out}/d.csv", "--archive", "{kho}"], ["decisions", "list", "--archive", "{kho}"],
    ["retention", "{kho}"], ["retention", "{kho}", "--json"],
    ["audit", "list", "{kho}"], ["waive", "--list", "--archive", "{kho}"],
    ["undo", "{kho}", "--list"], ["baseline", "show", "{kho}"], ["review", "{kho}", "--json"],
    ["nightly", "{kho}", "--json"], ["inbox", "--archive", "{kho}"], ["adopt", "--archive", "{kho}"],
    ["set", DOSSIER, "--archive", "{kho}"], ["open", f"{DOSSIER}/{NAME}", "--archive", "{kho}", "--print"],
]  # fmt: skip
# These are for others than those who must deal with the paper: they do not even learn what it is called.
NAMELESS = ("letter", "bundle", "units", "search", "trend", "status", "due")


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("secret") / "kho"
    write(root, "mo-hinh/A/khao sat.txt", SURVEY)
    write(root, f"{DOSSIER}/khao sat.txt", SURVEY.replace("03/KH", "04/KH"))
    write(root, f"{DOSSIER}/{NAME}", PLAIN)
    run(root)
    archive = open_archive(root)
    correct(archive, f"{DOSSIER}/{NAME}", {"abstract": "Về Kim Cương Đỏ ở đồi Bạch Mã"})
    CliRunner().invoke(
        cli, ["waive", DOSSIER, "MH-04", "--reason", "chờ Kim Cương Đỏ", "--archive", str(root)]
    )
    CliRunner().invoke(cli, ["set", DOSSIER, "giữ-lại=Kim Cương Đỏ", "--archive", str(root)])
    nightly(archive, date(2026, 2, 27), workers=1)
    write(root, f"{DOSSIER}/{NAME}", SECRET)
    nightly(archive, date(2026, 2, 28), workers=1)
    return root


def said(kho: Path, out: Path, words: list[str]) -> str:
    """All that a command tells, in its files, packed or not, folded."""
    words = [word.format(kho=kho, out=out) for word in words]
    result = CliRunner().invoke(cli, words)
    told = [result.output]
    if isinstance(result.exception, DossierError):  # an answer, too
        told += [result.exception.message, result.exception.advice]
    else:
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert not told[0].startswith("Usage: "), words  # it was asked as it is to be asked
    for file in out.rglob("*"):
        told += [str(file.relative_to(out))]
        if file.is_file():
            told += list(texts(file.read_bytes()))
    return fold("\n".join(told))


def texts(content: bytes) -> Iterator[str]:
    """What bytes say, unpacked as far as they are packed."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from texts(packed.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from texts(gzip.decompress(content))
    else:
        text = content.decode("utf-8-sig", "replace")
        yield text.replace("\r\n ", "").encode().decode("utf-8", "replace")
        yield re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
        if content.startswith(b"%PDF"):
            for stream in content.split(b"stream"):
                try:
                    yield zlib.decompressobj().decompress(stream.lstrip(b"\r\n")).decode("latin-1")
                except zlib.error:
                    continue


@pytest.mark.parametrize("words", OUTPUTS, ids=lambda words: " ".join(words[:6]))
def test_no_output_says_what_a_sealed_paper_says(kho: Path, tmp_path: Path, words: list[str]) -> None:
    asked = fold(" ".join(words))
    told = said(kho, tmp_path, words)
    assert told.strip()
    assert [word for word in WORDS if word in told.replace(asked, "") and word not in asked] == []
    if words[0] in NAMELESS and "ten tep kin" not in asked:
        assert "ten tep kin" not in told


def test_no_mail_says_what_a_sealed_paper_says(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def keep(_archive: Archive, subject: str, text: str, html: str = "", attached: object = ()) -> str:
        sent.extend((subject, text, html))
        sent.extend(part for _name, _type, content in attached for part in texts(content))  # type: ignore[attr-defined]
        return ""

    monkeypatch.setattr(mail, "send", keep)
    (kho / "dossier.toml").write_text(
        '[mail]\nhost = "localhost"\nfrom = "a@b.vn"\nto = ["c@d.vn"]\nwhen = "always"\n', "utf-8"
    )
    nightly(open_archive(kho), date(2026, 3, 2), workers=1)
    told = fold("\n".join(sent))
    assert "niem phong" in fold(sent[0]) and [word for word in WORDS if word in told] == []


def test_no_page_and_no_answer_to_programs_says_what_a_sealed_paper_says(kho: Path) -> None:
    with running(open_archive(kho)) as up:
        pages = _crawl(up.owner())
    assert len(pages) > 20
    for address, text in pages.items():
        told = fold(text.replace(address, "").replace('value="Kim Cuong 77"', ""))
        asked = fold(unquote_plus(address))  # answers repeat the question
        assert [word for word in WORDS if word in told and word not in asked] == [], address
