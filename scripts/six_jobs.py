"""Play the six commonest jobs of an archivist on a sample archive and write down what was typed and shown.

``python scripts/six_jobs.py`` writes docs/vi/sau-viec.md. Things are named as people type them: by the number
of a row, a part of a name, without diacritics; no path is typed, and no job takes more than three commands.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_PAGE = Path(__file__).resolve().parents[1] / "docs/vi/sau-viec.md"
_TODAY = date(2026, 11, 24)
_LINES = 26  # of an answer that are written down
Shown = tuple[str, int, str]  # a command as typed, what it ended with, what it showed


@dataclass(frozen=True)
class Job:
    """What somebody wants, the commands (without ``dossier``), and what they type where they are asked."""

    title: str
    commands: tuple[tuple[str, ...], ...]
    typed: str = ""


JOBS = (
    Job("Quét lần đầu một thư mục dùng chung", (("init", "--yes"), ("scan", "--today", str(_TODAY)))),
    Job("Còn thiếu gì", (("show", "."), ("show", "1"))),
    Job(
        "Quyết định mười văn bản chưa chắc",
        (("review", "--list"), ("review",)),
        "1\n" * 6 + "n\n" * 4 + "q\n",
    ),
    Job(
        "Tìm một quyết định",
        (("search", "quyt dinh thanh lap mo hinh"), ("show", "1"), ("open", "1", "--print")),
    ),
    Job(
        "Báo cáo tháng để ký",
        (("config", "đơn vị=CÔNG AN XÃ HÀM THẮNG", "người ký=Thiếu tá Nguyễn Văn An"),
         ("report", "-o", "bao-cao-thang.docx")),
    ),
    Job(
        "Nộp lưu một hồ sơ",
        (("close", "truong hoc"), ("inventory", "--choose", "truong hoc", "-o", "muc-luc.docx"),
         ("inventory", "--handover", "--choose", "truong hoc", "-o", "bien-ban.docx")),
    ),
)  # fmt: skip
_HEAD = """ỦY BAN NHÂN DÂN
PHƯỜNG PHÚ THỦY
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
"""
# Papers of which nobody can be sure under which item they belong: type, symbol, abstract, text.
_DOUBTFUL = (
    ("BÁO CÁO", "BC", "Kết quả công tác tháng 02 năm 2026", "Trong tháng đã tổ chức 12 buổi tuần tra."),
    ("BÁO CÁO", "BC", "Kết quả công tác tháng 3 năm 2026", "Trong tháng đã tổ chức 9 buổi tuần tra."),
    ("BÁO CÁO", "BC", "Đánh giá mô hình Tuyến đường tự quản", "Đánh giá kết quả."),
    ("KẾ HOẠCH", "KH", "Phối hợp tuần tra tại khu phố 2", "Mô hình phối hợp tuần tra."),
    ("TỜ TRÌNH", "TTr", "Đề nghị tuyên dương", "Đề nghị tuyên dương, khen thưởng mô hình."),
    ("THÔNG BÁO", "TB", "Kết luận cuộc họp về mô hình Tuyến đường tự quản", "Các ý kiến tại cuộc họp."),
    ("THÔNG BÁO", "TB", "Kết luận cuộc họp giao ban khu phố 2", "Các ý kiến về mô hình Tuyến đường tự quản."),
    ("DANH SÁCH", "DS", "Các hộ tham gia", "Danh sách các hộ."),
    ("TỜ TRÌNH", "TTr", "Đề nghị khen thưởng", "Đề nghị khen thưởng mô hình."),
    ("THÔNG BÁO", "TB", "Kết luận cuộc họp lần 2 về mô hình Tuyến đường tự quản", "Các ý kiến."),
    ("KẾ HOẠCH", "KH", "Phối hợp tuần tra dịp lễ", "Mô hình phối hợp tuần tra dịp lễ."),
    ("BÁO CÁO", "BC", "Kết quả công tác tháng 4 năm 2026", "Trong tháng đã tổ chức 11 buổi tuần tra."),
    ("TỜ TRÌNH", "TTr", "Đề nghị nêu gương", "Đề nghị nêu gương, khen thưởng mô hình."),
    ("THÔNG BÁO", "TB", "Kết luận cuộc họp giao ban khu phố 3", "Ý kiến về mô hình Tuyến đường tự quản."),
    ("TỜ TRÌNH", "TTr", "Đề nghị biểu dương", "Đề nghị biểu dương, khen thưởng mô hình."),
    ("TỜ TRÌNH", "TTr", "Đề nghị khen", "Đề nghị khen thưởng mô hình."),
    ("BÁO CÁO", "BC", "Kết quả công tác tháng 01 năm 2026", "Trong tháng đã tổ chức 8 buổi tuần tra."),
    ("DANH SÁCH", "DS", "Hộ tham gia đợt 2", "Danh sách các hộ."),
)


def make_archive(folder: Path) -> Path:
    """A share as it is found: dossiers with their papers, nothing of this tool."""
    from dossier.demo import write_archive

    kho = folder / "kho"
    write_archive(kho, dossiers=3, seed=22, today=_TODAY, scans=False)
    (kho / "dossier.toml").unlink(missing_ok=True)
    beside = next(file.parent for file in sorted(kho.rglob("468-QD-UBND.docx"))).parent
    for day, (type_, symbol, abstract, text) in enumerate(_DOUBTFUL, start=1):
        number = f"Số: {30 + day}/{symbol}-UBND\nPhú Thủy, ngày {day:02} tháng 4 năm 2026\n"
        foot = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n"
        paper = f"{_HEAD}{number}{type_}\n{abstract}\n{text}\n{foot}"
        (beside / f"van ban {day}.txt").write_text(paper, "utf-8")
    return kho


def started(kho: Path, command: tuple[str, ...], typed: str) -> subprocess.CompletedProcess[str]:
    """A command as it is typed in the archive."""
    return subprocess.run(
        [sys.executable, "-m", "dossier", *command], cwd=kho, input=typed, capture_output=True, text=True,
        timeout=600, check=False,
        env={**os.environ, "COLUMNS": "80", "DOSSIER_LANG": "vi", "PYTHONIOENCODING": "utf-8",
             "PYTHONPATH": os.pathsep.join([str(_PAGE.parents[2]), os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip


def play(kho: Path, start: Callable[..., subprocess.CompletedProcess[str]] = started) -> list[list[Shown]]:
    """For every job, its commands as typed, what each ended with, and what it showed."""
    return [[_shown(command, start(kho, command, job.typed)) for command in job.commands] for job in JOBS]


def _shown(command: tuple[str, ...], done: subprocess.CompletedProcess[str]) -> Shown:
    typed = " ".join(f'"{word}"' if " " in word else word for word in ("dossier", *command))
    return typed, done.returncode, done.stdout + done.stderr


def transcript(played: Sequence[Sequence[Shown]], kho: Path) -> str:
    """The page: each job with its commands and what the screen showed."""
    parts = [
        "# Sáu việc hay làm nhất\n\nMỗi việc không quá ba lệnh, không phải gõ đường dẫn nào. Trang này do "
        "`python scripts/six_jobs.py` chạy thật trên một kho mẫu rồi ghi lại; câu trả lời dài được cắt bớt.\n"
    ]
    for number, (job, commands) in enumerate(zip(JOBS, played, strict=True), start=1):
        parts.append(f"## {number}. {job.title}\n")
        for typed, _code, shown in commands:
            lines = [line.rstrip() for line in shown.replace(str(kho), "/kho").strip().splitlines()]
            cut = [*lines[:_LINES], "…"] if len(lines) > _LINES else lines
            parts.append("```console\n$ {}\n{}\n```\n".format(typed, "\n".join(cut)))
    return "\n".join(parts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        archive = make_archive(Path(made))
        _PAGE.write_text(transcript(play(archive), archive), "utf-8")
