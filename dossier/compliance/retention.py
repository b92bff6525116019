"""Which retention rules a dossier falls under. The period and the dates that follow are not judged."""

from __future__ import annotations

from datetime import date

from dossier.checklists.retention import RetentionPacks
from dossier.i18n import _, language
from dossier.model import Facts, Retention


def retention(facts: Facts, packs: RetentionPacks, today: date) -> Retention:
    """The pack in force when the work ended, or today while it goes on."""
    ended = facts["ended"].value
    day = ended if isinstance(ended, date) and ended <= today else today
    pack = packs.choose(str(facts["led_by"].value), day)
    if pack is None:
        return Retention("", _("chưa có gói quy định cho ngày {day:%d/%m/%Y}").format(day=day), "")
    title = (pack.title_en or pack.title) if language() == "en" else pack.title
    verified = bool(pack.periods) and all(row.verified for row in pack.periods)
    return Retention(pack.id, title, pack.citation, verified=verified)
