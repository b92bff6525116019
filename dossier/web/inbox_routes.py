"""The rows of the table of addresses about the inbox."""

from __future__ import annotations

from dossier.i18n import N_
from dossier.web import inbox
from dossier.web.roles import Right
from dossier.web.route import API, PAGE, TOKEN, Field, Route

_CLICK = Field("lan", N_("mã của lần bấm"))
_FILE = (
    TOKEN,
    Field("tep", N_("mã tệp đang chờ"), required=True),
    Field("ho-so", N_("mã hồ sơ")),
    Field("ten", N_("tên hồ sơ, khi không nêu mã")),
    Field("muc", N_("các thành phần, hoặc none; trống: theo đề xuất")),
    _CLICK,
)

INBOX = (
    Route("GET", "/hop-thu-den", Right.READ, inbox.inbox, N_("Hộp thư đến"), query=(PAGE,)),
    Route("POST", "/hop-thu-den", Right.UPLOAD, inbox.upload, N_("Nhận tệp vào hộp thư đến"),
          form=(TOKEN, Field("tep", N_("các tệp"), type="file")), takes_files=True),
    Route("POST", "/hop-thu-den/xep", Right.FILE, inbox.file_one, N_("Xếp một tệp vào hồ sơ"), form=_FILE,
          errors=(404, 412)),
    Route("POST", "/hop-thu-den/chac-chan", Right.FILE, inbox.file_certain, N_("Xếp các tệp chắc chắn"),
          form=(TOKEN, Field("tep", N_("mỗi dòng: mã tệp|mã hồ sơ")), _CLICK), errors=(404, 412)),
    Route("POST", "/hop-thu-den/hoan-tac", Right.FILE, inbox.take_back, N_("Đưa tệp đã xếp về hộp thư đến"),
          form=(TOKEN, Field("so", N_("số của lần xếp"), required=True)), errors=(404, 412)),
)  # fmt: skip
INBOX_MACHINES = (
    Route("GET", f"{API}/inbox", Right.READ, inbox.listed, N_("Những gì đang chờ trong hộp thư đến"),
          query=(PAGE,)),
    Route("PUT", API + "/inbox/{name}", Right.UPLOAD, inbox.put, N_("Nhận một tệp vào hộp thư đến"),
          takes_files=True),
    Route("POST", f"{API}/inbox/file", Right.FILE, inbox.file_plain, N_("Xếp một tệp vào hồ sơ"), form=_FILE,
          errors=(404, 412)),
)  # fmt: skip
