"""What an archive has settled for itself: waivers, severities of its own, a baseline."""

from __future__ import annotations

from dossier.i18n import _
from dossier.model import AnyArchive, Severity
from reports import looks


def sentences(report: AnyArchive) -> list[str]:
    """Sentences on waivers, the archive's own severities, and the baseline."""
    said = []
    if report.waivers or report.pardoned:
        said.append(
            _("{count} phát hiện đang được chấp nhận ({waivers} quyết định còn hiệu lực).").format(
                count=report.pardoned, waivers=len(report.waivers)
            )
        )
    if report.expired:
        listed = "; ".join(
            f"{w.rule}{' ' + w.part if w.part else ''} {w.dossier} ({looks.day(w.until)})"
            for w in report.expired[:5]
        )
        more = len(report.expired) - 5
        said.append(
            _("{count} chấp nhận đã hết hạn, phát hiện được tính lại: {listed}").format(
                count=len(report.expired), listed=listed
            )
            + (f"; +{more}" if more > 0 else "")
        )
    off = [rule for rule, weight in report.adjusted.items() if weight == "off"]
    other = [
        f"{rule} = {looks.severity(Severity(weight)).word}"
        for rule, weight in report.adjusted.items()
        if weight != "off"
    ]
    if off:
        said.append(_("Kho này không kiểm tra: {rules} ([rules] severity).").format(rules=", ".join(off)))
    if other:
        said.append(_("Mức riêng của kho này: {rules}.").format(rules=", ".join(other)))
    if report.known:
        said.append(
            _("{count} phát hiện đã có từ khi lập mốc, không làm lệnh báo lỗi.").format(count=report.known)
        )
    return said
