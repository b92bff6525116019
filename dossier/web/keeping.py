"""How long a dossier is kept, on its page: a row of the law that nobody read yet is confirmed there, as by
``dossier retention confirm``, by who speaks for the office."""

from __future__ import annotations

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases import confirming
from dossier.web import saying
from dossier.web.intents import clicked
from dossier.web.overview import report_for, row_for
from dossier.web.request import Answer, Ask, ConflictError, ForbiddenError, NotFoundError, see

_LONGEST = 300
_MOST_YEARS = 1000


def confirm(ask: Ask) -> Answer:
    """The article was read: the row holds for all dossiers of its pack."""
    row = row_for(ask, ask.params["id"])
    if not saying.keeps(ask.visitor):
        raise ForbiddenError
    kept = report_for(ask, row).retention
    law = next((reason for reason in kept.reasons if reason.row == ask.form.get("dong", "")), None)
    if law is None:
        raise NotFoundError
    if law.verified:
        raise ConflictError(_("Dòng này đã được đối chiếu."))
    article, permanent = ask.form.get("dieu-khoan", "").strip()[:_LONGEST], ask.form.get("thoi-han") == "v"
    confirming.check_article(article)
    told = {
        "dossier": row.path, "pack": kept.pack, "row": law.row, "article": article, "permanent": permanent,
        "years": None if permanent else _years(ask), "today": ask.today.isoformat(),
    }  # fmt: skip
    subject = f"retention|{kept.pack}|{law.row}"
    clicked(ask, "retention", [(subject, told)], subject)
    return see(f"/ho-so/{row.id}#bao-quan")


def _years(ask: Ask) -> int | None:
    """The years that the article says; ``None``: those that the row had."""
    said = ask.form.get("so-nam", "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and 0 < int(said[:5]) <= _MOST_YEARS):
        raise UsageError(
            _("“{text}” không phải số năm.").format(text=said[:20]), _("Ghi một số từ 1 đến 1000.")
        )
    return int(said)
