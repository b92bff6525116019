"""Error messages of the operating system and of databases in the user's language."""

from __future__ import annotations

import errno

from dossier.i18n import N_, _

_WORDS = {
    errno.ENOENT: N_("không có tệp hoặc thư mục này"),
    errno.EACCES: N_("không có quyền"),
    errno.EPERM: N_("hệ thống không cho phép"),
    errno.EROFS: N_("ổ đĩa chỉ cho đọc"),
    errno.ENOSPC: N_("ổ đĩa hết chỗ trống"),
    errno.EDQUOT: N_("hết dung lượng được cấp"),
    errno.ENOTDIR: N_("không phải thư mục"),
    errno.EISDIR: N_("là thư mục, không phải tệp"),
    errno.EEXIST: N_("đã có tệp hoặc thư mục cùng tên"),
    errno.ENOTEMPTY: N_("thư mục không trống"),
    errno.EIO: N_("lỗi đọc, ghi ổ đĩa"),
    errno.ENAMETOOLONG: N_("tên hoặc đường dẫn quá dài"),
    errno.ELOOP: N_("liên kết chạy vòng"),
    errno.EBUSY: N_("đang được dùng"),
    errno.EFBIG: N_("tệp quá lớn"),
    errno.EXDEV: N_("nằm ở hai ổ đĩa khác nhau"),
    errno.EMFILE: N_("mở quá nhiều tệp cùng lúc"),
    errno.ENFILE: N_("mở quá nhiều tệp cùng lúc"),
    errno.ENOMEM: N_("máy hết bộ nhớ"),
    errno.ENXIO: N_("không có thiết bị này"),
    errno.ENODEV: N_("không có thiết bị này"),
    errno.ESTALE: N_("ổ mạng đã mất kết nối"),
    errno.ETIMEDOUT: N_("quá thời gian chờ"),
    errno.EHOSTDOWN: N_("máy chủ không trả lời"),
    errno.EHOSTUNREACH: N_("không tới được máy chủ"),
    errno.ECONNREFUSED: N_("máy chủ từ chối kết nối"),
    errno.ECONNRESET: N_("kết nối bị cắt"),
    errno.ENOTCONN: N_("ổ mạng đã mất kết nối"),
    errno.EADDRINUSE: N_("cổng này đang được chương trình khác dùng"),
}

# Errors of Windows (winerror.h) that Python passes on as a missing file, or as no error in particular:
# BAD_NETPATH, UNEXP_NET_ERR, NETNAME_DELETED, BAD_NET_NAME, SEM_TIMEOUT, NETWORK_UNREACHABLE,
# HOST_UNREACHABLE.
_LOST_SHARE = (53, 59, 64, 67, 121, 1231, 1232)
_OF_WINDOWS = {
    **dict.fromkeys(_LOST_SHARE, _WORDS[errno.ENOTCONN]),
    5: N_("không có quyền, hoặc đang mở trong chương trình khác"),  # ACCESS_DENIED, which says either
    **dict.fromkeys((32, 33), N_("đang mở trong chương trình khác")),  # SHARING_VIOLATION, LOCK_VIOLATION
    **dict.fromkeys((123, 161), N_("tên hoặc đường dẫn không hợp lệ")),  # INVALID_NAME, BAD_PATHNAME
}

# The lower byte of SQLite's result codes (sqlite3.h).
_OF_SQLITE = {
    1: N_("cấu trúc bên trong không đúng"),
    3: _WORDS[errno.EACCES],
    5: N_("đang được chương trình khác dùng"),
    6: N_("đang được chương trình khác dùng"),
    8: N_("chỉ được đọc, không ghi được"),
    10: _WORDS[errno.EIO],
    11: N_("nội dung bên trong hỏng"),
    13: _WORDS[errno.ENOSPC],
    14: N_("không mở được tệp"),
    26: N_("không phải tệp danh mục"),
}

# PostgreSQL's codes (errcodes-appendix).
_OF_POSTGRESQL = {
    "25006": N_("máy chủ chỉ cho đọc, không cho ghi"),
    "42P07": N_("trong schema ấy đã có bảng của chương trình khác"),
    "42501": N_("người dùng này chưa được cấp quyền ấy"),
    "53100": _WORDS[errno.ENOSPC],
    "53300": N_("máy chủ đã có quá nhiều kết nối"),
}


def is_missing(error: BaseException) -> bool:
    """Whether the error means that the file does not exist, rather than that its share is unreachable."""
    return isinstance(error, FileNotFoundError) and getattr(error, "winerror", None) not in _LOST_SHARE


def is_cut(error: BaseException | None) -> bool:
    """Whether a PostgreSQL server went away; its driver gives no code for that."""
    return "closed the connection" in str(error)


def known_words(error: BaseException) -> str:
    """The phrase for a known system error, else empty."""
    from socket import gaierror

    if isinstance(error, gaierror):  # its numbers are others
        return _("không tìm được máy chủ có tên ấy")
    if is_cut(error):
        return _("kết nối bị ngắt")
    words = (
        _OF_WINDOWS.get(getattr(error, "winerror", None) or 0)
        or _WORDS.get(getattr(error, "errno", None) or 0)
        or _OF_SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
        or _OF_POSTGRESQL.get(getattr(error, "sqlstate", None) or "")
    )
    return _(words) if words else ""


def in_words(error: BaseException) -> str:
    """The reason of an error as a phrase to follow a colon; the system's own message if it is not known."""
    return known_words(error) or str(getattr(error, "strerror", None) or error)
