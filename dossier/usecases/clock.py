"""A machine whose clock is plainly wrong: what is due, and what is lacking, is judged by its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dossier.i18n import _

# The guidance by which archives are judged was issued that day; a clock that shows an earlier one was reset
# (dead battery, new machine).
_EARLIEST = datetime(2022, 11, 18, tzinfo=UTC)
_BACK = timedelta(days=1)  # clocks are put right by hours


def clock_problem(last_scan: str, now: datetime) -> str:
    """Return what is wrong with the clock at a scan, or nothing. ``last_scan``: ISO time of the scan before,
    or empty."""
    day = f"{now.astimezone():%d/%m/%Y}"
    if now < _EARLIEST:
        return _(
            "Đồng hồ của máy chỉ ngày {day}, không thể đúng: hạn tính theo đồng hồ này đều sai; hãy chỉnh "
            "đồng hồ rồi quét lại."
        ).format(day=day)
    if last_scan and now < (before := datetime.fromisoformat(last_scan)) - _BACK:
        return _(
            "Đồng hồ của máy chỉ ngày {day}, trước lần quét gần nhất ({before}): một trong hai ngày sai; hạn "
            "tính theo đồng hồ này có thể sai. Hãy kiểm tra đồng hồ rồi quét lại."
        ).format(day=day, before=f"{before.astimezone():%d/%m/%Y}")
    return ""
