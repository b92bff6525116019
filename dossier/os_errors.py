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
    errno.ELOOP: N_("là liên kết, hoặc liên kết chạy vòng"),
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
_NO_ROOM_BESIDE = 4874  # SQLITE_IOERR_SHMSIZE: the small file beside the database did not fit on the disk

_CUT = N_("kết nối bị ngắt")
_SILENT = N_("máy chủ không trả lời")
_NOT_READY = N_("máy chủ đang khởi động hoặc đang tắt")
_TOO_MANY = N_("máy chủ đã có quá nhiều kết nối")
_WRONG_LOGIN = N_("sai tên người dùng hoặc mật khẩu")
_NO_DATABASE = N_("không có cơ sở dữ liệu hay người dùng ấy")
_NOT_FOUND = N_("không tìm thấy máy chủ có tên ấy")
_POOLER = N_("phần mềm gom kết nối ở giữa (như pgbouncer) không cho qua")
_NO_PASSWORD = N_("thiếu mật khẩu")
_ODD_TABLES = N_("bảng của danh mục không như bản đã ghi")
_ADDRESS = N_("địa chỉ ghi không đúng")
_SERVICE = N_("địa chỉ nhắc tới một tên dịch vụ (service) mà máy này không có")

# PostgreSQL's codes (errcodes-appendix); the first two characters stand for a whole class.
_OF_POSTGRESQL = {
    "08": _CUT,
    "25006": N_("máy chủ chỉ cho đọc, không cho ghi"),
    "25P03": _CUT,
    "28": _WRONG_LOGIN,
    "3D": _NO_DATABASE,
    "40": N_("chương trình khác vừa ghi vào chỗ ấy"),
    "42501": N_("người dùng này chưa được cấp quyền ấy"),
    "42701": _ODD_TABLES,
    "42703": _ODD_TABLES,
    "42P01": N_("thiếu bảng của danh mục"),
    "42P07": N_("trong schema ấy đã có bảng của chương trình khác"),
    "53100": _WORDS[errno.ENOSPC],
    "53200": _WORDS[errno.ENOMEM],
    "53300": _TOO_MANY,
    "55P03": N_("đang được chương trình khác dùng"),
    "57014": N_("người quản trị máy chủ đã hủy lệnh ấy"),
    "57P01": _CUT,
    "57P02": _CUT,
    "57P03": _NOT_READY,
    "57P04": _NO_DATABASE,
    "57P05": _CUT,
    "58030": _WORDS[errno.EIO],
    "XX001": N_("nội dung bên trong hỏng"),
    "XX002": N_("nội dung bên trong hỏng"),
}
DISK_FULL_SIGNS = ("No space left", "could not write init file")
# What its driver says without a code, by the first sign found.
_SIGNS_OF_POSTGRESQL = (
    ("certificate verify failed", N_("chứng chỉ của máy chủ không đúng, có thể vừa được thay")),
    ("does not match host name", N_("chứng chỉ của máy chủ cấp cho tên khác")),
    ("root certificate file", N_("không đọc được tệp chứng chỉ (sslrootcert)")),
    ("too many", _TOO_MANY),
    ("remaining connection slots", _TOO_MANY),
    *((sign, _WORDS[errno.ENOSPC]) for sign in DISK_FULL_SIGNS),
    ("unsupported startup parameter", _POOLER),
    ("pg_hba.conf", N_("máy chủ chưa cho người dùng hay máy này kết nối")),
    ("starting up", _NOT_READY),
    ("shutting down", _NOT_READY),
    ("recovery", _NOT_READY),
    ("Connection refused", N_("máy chủ không nhận kết nối ở cổng ấy")),
    ("authentication failed", _WRONG_LOGIN),
    ("no password supplied", _NO_PASSWORD),
    ("does not exist", _NO_DATABASE),
    ("resolve", _NOT_FOUND),
    ("translate host", _NOT_FOUND),
    ("No route", N_("không có đường mạng đến máy chủ")),
    ("closed the connection", _CUT),
    ("closed unexpectedly", _CUT),
    ("administrator command", _CUT),
    ("connection is lost", _CUT),
    ("connection is closed", _CUT),
    ("input failed", _CUT),
    ("timeout", _SILENT),
    ("timed out", _SILENT),
    ("get a connection", _SILENT),
    ("definition of service", _SERVICE),
    ("No such file", N_("không có máy chủ nào trong thư mục ấy của máy này")),
    ("GSSAPI", _WRONG_LOGIN),
    ("URI", _ADDRESS),
    ("percent-encoded", _ADDRESS),
    ("connection option", _ADDRESS),
    ("connection is bad", _ADDRESS),  # refused before anybody was asked: a value is not one of those allowed
    ("SSL", N_("máy chủ không nhận kết nối mã hóa")),
)


def is_missing(error: BaseException) -> bool:
    """Whether the error means that the file does not exist, rather than that its share is unreachable."""
    return isinstance(error, FileNotFoundError) and getattr(error, "winerror", None) not in _LOST_SHARE


def is_cut(error: BaseException | None) -> bool:
    """Whether a PostgreSQL server, or the way to it, went away in the middle of something."""
    return error is not None and _is_of_postgresql(error) and _of_postgresql(error) == _CUT


def is_of_address(error: BaseException) -> bool:
    """Whether the address of a PostgreSQL server is wrong in itself, whatever the server does."""
    return _is_of_postgresql(error) and _of_postgresql(error) in (_ADDRESS, _SERVICE)


def is_of_login(error: BaseException) -> bool:
    """Whether a PostgreSQL server refuses the name or the password."""
    return _is_of_postgresql(error) and _of_postgresql(error) in (_WRONG_LOGIN, _NO_PASSWORD)


def is_of_no_database(error: BaseException) -> bool:
    """Whether a PostgreSQL server answers, but has no database of that name."""
    return _is_of_postgresql(error) and _of_postgresql(error) == _NO_DATABASE


def known_words(error: BaseException) -> str:
    """The phrase for a known system error, else empty."""
    from socket import gaierror

    if isinstance(error, gaierror):  # its numbers are others
        return _("không tìm được máy chủ có tên ấy")
    if _is_of_postgresql(error):
        words = _of_postgresql(error)
        code = getattr(error, "sqlstate", None)
        return _(words) if words else _("máy chủ báo lỗi mã {code}").format(code=code) if code else ""
    words = (
        _OF_WINDOWS.get(getattr(error, "winerror", None) or 0)
        or _WORDS.get(getattr(error, "errno", None) or 0)
        or _of_sqlite(getattr(error, "sqlite_errorcode", None) or 0)
    )
    return _(words) if words else ""


def is_out_of_room(error: BaseException) -> bool:
    """Whether a disk that is full, or a share whose quota is used up, is the reason."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)


def _of_sqlite(code: int) -> str:
    return _WORDS[errno.ENOSPC] if code == _NO_ROOM_BESIDE else _OF_SQLITE.get(code & 0xFF, "")


def _is_of_postgresql(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in ("psycopg", "psycopg_pool")


def _of_postgresql(error: BaseException) -> str:
    """The phrase for an error of PostgreSQL or of its driver, not translated; empty if nobody knows it."""
    code = getattr(error, "sqlstate", None) or ""
    if code:
        return _OF_POSTGRESQL.get(code) or _OF_POSTGRESQL.get(code[:2], "")
    said = str(error)
    for sign, words in _SIGNS_OF_POSTGRESQL:
        if sign in said:
            return words
    # Without a code it never came from a statement: only the connection is left.
    return N_("kết nối không dùng được") if type(error).__name__ == "OperationalError" else ""


def in_words(error: BaseException) -> str:
    """The reason of an error as a phrase to follow a colon; the system's own message if it is not known."""
    return known_words(error) or str(getattr(error, "strerror", None) or error)


def in_one_line(error: BaseException) -> str:
    """The same for a database, whose own message may have many lines."""
    return known_words(error) or " ".join(str(error).split()).rstrip(".")
