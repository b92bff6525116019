"""Whose word a file is: settings that send mail or name a password count only when nobody but the person who
runs us, or the administrator, can have written them."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from dossier.i18n import _
from dossier.os_errors import in_words


def doubt(file: Path, *, secret: bool = False) -> str:
    """Why the file is not to be trusted, a phrase that follows its name; empty when it is.

    ``secret``: nor may anybody else read it. Windows has no such modes; there every file is trusted.
    """
    if sys.platform == "win32":
        return ""
    try:
        status = file.lstat()
    except OSError as error:
        return _("không xem được ({why})").format(why=in_words(error))
    if not stat.S_ISREG(status.st_mode):
        return _("không phải tệp thường")
    if status.st_uid not in (os.geteuid(), 0):
        return _("thuộc về người khác")
    if status.st_mode & 0o022:
        return _("ai khác cũng sửa được; chạy: chmod go-w")
    if secret and status.st_mode & 0o077:
        return _("người khác cũng đọc được; chạy: chmod 600")
    return ""
