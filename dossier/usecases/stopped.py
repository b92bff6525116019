"""Files whose reading was stopped: which bound it met, and what to do."""

from __future__ import annotations

from dossier.i18n import _
from dossier.model import FileRecord, UnreadFile, UnreadReason
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.sandbox import Died


def unread_record(processor: Processor, task: Task, outcome: Died) -> FileRecord:
    """A file whose reader was killed: say which limit it hit and what to do."""
    if outcome.cause == "timeout":
        reason = UnreadReason.TIMEOUT
        detail = _("Đọc quá lâu nên đã dừng; tăng [scan] timeout_seconds trong dossier.toml nếu tệp này cần.")
    elif outcome.cause == "cpu":
        reason = UnreadReason.TIMEOUT
        detail = _(
            "Tốn quá nhiều thời gian xử lý nên đã dừng; tăng [scan] cpu_seconds trong dossier.toml "
            "nếu tệp này cần."
        )
    elif outcome.cause == "output":
        reason = UnreadReason.TOO_LARGE
        detail = _(
            "Nội dung đọc được quá lớn nên đã dừng; tăng [scan] output_mb trong dossier.toml, "
            "hoặc tách nhỏ tệp."
        )
    elif outcome.cause == "memory":
        reason = UnreadReason.TOO_LARGE
        detail = _(
            "Cần quá nhiều bộ nhớ nên đã dừng; tăng [scan] memory_mb trong dossier.toml, hoặc tách nhỏ tệp."
        )
    else:
        reason = UnreadReason.CORRUPT
        detail = _(
            "Tệp làm chương trình đọc bị dừng đột ngột; tệp có thể đã hỏng: mở thử rồi lưu lại bản mới."
        )
    unread = UnreadFile(task.entry.path, reason, detail, processor.candidates(task))
    return FileRecord(task.entry, "", "", unread=unread)
