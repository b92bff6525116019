"""Check texts that a person types for keeping: reasons, names, settings."""

from __future__ import annotations

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases.file_names import is_seen
from dossier.vietnamese import nfc

LONGEST_REASON = 500
LONGEST_FACT = 500
LONGEST_SETTING = 1000


def reason(text: str) -> str:
    """Return a person's reason for a decision. Raises like :func:`checked`, and for a blank one."""
    line = checked(text, _("lý do"), LONGEST_REASON)
    if not line:
        raise UsageError(_("Phải nêu lý do."), _('Thêm: --reason "lý do"'))
    return line


def checked(text: str, called: str, longest: int) -> str:
    """Return the text without spaces at its ends. ``called``: what it is, for the message.

    Raises :class:`UsageError` for one with more than ``longest`` characters, or with some that nobody sees:
    line breaks, direction marks, terminal controls.
    """
    line = nfc(text).strip()
    if len(line) > longest:
        raise UsageError(
            _("{called}: dài quá {longest} ký tự.").format(called=called, longest=longest),
            _("Viết gọn lại; chưa ghi gì."),
        )
    if not is_seen(line):
        raise UsageError(
            _("{called}: có ký tự không nhìn thấy.").format(called=called),
            _("Gõ lại thay vì chép từ nơi khác; chưa ghi gì."),
        )
    return line
