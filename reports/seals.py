"""Why a paper is sealed, in words."""

from dossier.i18n import _
from dossier.model import ILLEGIBLE_STAMP


def why(stamp: str) -> str:
    """What was seen on the paper, after “it”: a stamp that was read, or a red frame that may be one."""
    if stamp == ILLEGIBLE_STAMP:
        return _("có khung dấu đỏ chưa đọc được, có thể là dấu chỉ độ mật")
    return _("có dấu chỉ độ mật")
