"""Confirm a retention period on a dossier's page: an unverified row of the law is confirmed, as by ``dossier
retention confirm``. For visitors who act for the whole office."""

from __future__ import annotations

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases import confirming
from dossier.web.intents import clicked
from dossier.web.overview import report_for, row_for
from dossier.web.request import Answer, Ask, ConflictError, NotFoundError, see

_LONGEST = 300
_MOST_YEARS = 1000


def confirm(ask: Ask) -> Answer:
    """Record that the article was checked; applies to all dossiers governed by the same pack."""
    row = row_for(ask, ask.params["id"])
    kept = report_for(ask, row).retention
    law = next((reason for reason in kept.reasons if reason.row == ask.form.get("dong", "")), None)
    if law is None:
        raise NotFoundError
    if law.verified:
        raise ConflictError(_("Dòng này đã được đối chiếu."))
    article, permanent = ask.form.get("dieu-khoan", "").strip()[:_LONGEST], ask.form.get("thoi-han") == "v"
    confirming.check_article(article)
    payload = {
        "dossier": row.path, "pack": kept.pack, "row": law.row, "article": article, "permanent": permanent,
        "years": None if permanent else _years(ask), "today": ask.today.isoformat(),
    }  # fmt: skip
    subject = f"retention|{kept.pack}|{law.row}"
    clicked(ask, "retention", [(subject, payload)], subject)
    return see(f"/ho-so/{row.id}#bao-quan")


def _years(ask: Ask) -> int | None:
    """The number of years stated by the article; ``None``: as in the row."""
    text = ask.form.get("so-nam", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:5]) <= _MOST_YEARS):
        raise UsageError(
            _("“{text}” không phải số năm.").format(text=text[:20]), _("Ghi một số từ 1 đến 1000.")
        )
    return int(text)
