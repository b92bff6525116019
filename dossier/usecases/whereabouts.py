"""What a person must know of where an archive's state lies, when that is not in the archive."""

from __future__ import annotations

from collections.abc import Iterator

from dossier import state_home
from dossier.archive import STATE_NAME, Archive
from dossier.i18n import _


def told(archive: Archive) -> Iterator[str]:
    """Sentences on where the state lies and why, and on states that may have been meant; none where it lies
    in the archive or where a person put it."""
    if archive.state_why == "share":
        yield _(
            "Kho nằm trên ổ mạng ({share}): danh mục, chỉ mục và quyết định được giữ trên máy này, "
            "tại {path}. Máy khác mở cùng kho có trạng thái riêng."
        ).format(share=state_home.share_of(archive.root), path=archive.state)
    elif archive.state_why == "read-only":
        yield _(
            "Không ghi được vào kho: danh mục, chỉ mục và quyết định được giữ trên máy này, tại {path}."
        ).format(path=archive.state)
    else:
        return
    if (archive.state / state_home.CATALOGUE).exists():
        return
    inside = archive.root / STATE_NAME
    if (inside / state_home.CATALOGUE).exists():
        yield _(
            "Trong kho đã có trạng thái cũ {path}; không dùng ở đây. Muốn mang theo các quyết định: "
            'dossier decisions export quyet-dinh.csv "{root}" --state "{path}", quét kho, rồi '
            'dossier decisions import quyet-dinh.csv "{root}".'
        ).format(path=inside, root=archive.root)
    for folder, where in state_home.namesakes(archive.root):
        yield _(
            "Máy này có trạng thái {path} của một kho cùng tên, trước ở {where}, nay không thấy. Nếu là cùng "
            "một kho, xóa {new} rồi đổi tên thư mục đó thành {new}."
        ).format(path=folder, where=where, new=archive.state)
