"""A person says on the page that a sealed paper bears no stamp of secrecy, as by ``dossier unseal``: who
speaks for the office and must deal with such papers, having looked at the paper itself.
"""

from __future__ import annotations

import secrets

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web import saying
from dossier.web.documents import paper_for
from dossier.web.request import Answer, Ask, ConflictError, ForbiddenError, see
from dossier.web.roles import Visitor

_LONGEST = 500


def unseals(visitor: Visitor) -> bool:
    """Whether the visitor may: who may not be told which paper it is cannot say what it bears."""
    return saying.keeps(visitor) and visitor.sees_secret_names


def unseal(ask: Ask) -> Answer:
    """Its reason is kept, and the file is read like any other."""
    found = paper_for(ask)
    if not found.shown.secret:
        raise ConflictError(_("Văn bản này không bị niêm phong."))
    if not unseals(ask.visitor):
        raise ForbiddenError
    reason, sha256 = ask.form.get("ly-do", "").strip()[:_LONGEST], found.shown.sha256
    if not reason:
        raise UsageError(_("Phải nêu lý do."), _("Ghi đã xem văn bản gốc thế nào mà biết là không mật."))
    if ask.form.get("da-xem") != "co":
        raise UsageError(_("Hãy xem văn bản gốc rồi đánh dấu là đã xem."))
    if ask.form.get("ban", sha256) != sha256:
        raise ConflictError(_("Tệp đã thay đổi từ lúc bạn mở trang này."))
    click = ask.form.get("lan", "")[:64] or secrets.token_hex(12)
    subject = f"unseal|{found.shown.path}"
    name = f"{ask.visitor.name}|{subject}|{click}".replace("/", "|")
    told = {"path": found.shown.path, "sha256": sha256, "reason": reason, "dossier": found.shown.dossier}
    ask.services.intents.accept(ask.visitor.name, name, "unseal", [(subject, told)])
    ask.services.intents.settled(1.5)
    return see(f"/van-ban/{ask.params['doc']}")
