"""Routes for visitors who act for the whole office: new dossiers, lists of decisions, the baseline."""

from __future__ import annotations

from dossier.i18n import N_
from dossier.web import decision_pages, founding, waivers
from dossier.web.api import received
from dossier.web.roles import Right
from dossier.web.route import API, PAGE, TOKEN, Field, Route

_CLICK = Field("lan", N_("mã của lần bấm"))
_FOLDER = Field("thu-muc", N_("mã thư mục; nhiều thư mục thì mỗi dòng một mã"))
_NEW = (
    TOKEN,
    Field("loai", N_("loại hồ sơ"), required=True),
    Field("ten", N_("tên hồ sơ"), required=True),
    Field("don-vi", N_("đơn vị giữ hồ sơ")),
    _CLICK,
)
_TAKEN = (
    TOKEN,
    _FOLDER,
    Field("khac", N_("thư mục ngoài các hồ sơ, cả đường dẫn")),
    Field("loai", N_("loại hồ sơ; trống: theo đề xuất")),
    Field("ten", N_("tên hồ sơ; trống: theo đề xuất")),
    Field("khong", N_("co: không phải hồ sơ"), one_of=("", "co")),
    _CLICK,
)
_WORDS = (Field("chu", N_("chữ trong tên tệp, người, nội dung")), PAGE)
_LINE = (TOKEN, Field("bo", N_("có: bỏ mốc")))
_NEWS, _DECISIONS = founding.ADDRESS, decision_pages.ADDRESS

KEEPERS = (
    Route("GET", _NEWS, Right.OFFICE, founding.founding, N_("Hồ sơ mới, thư mục trông giống hồ sơ")),
    Route("POST", _NEWS, Right.OFFICE, founding.new, N_("Tạo thư mục của một hồ sơ"), form=_NEW),
    Route("POST", f"{_NEWS}/nhan", Right.OFFICE, founding.take, N_("Nhận, hay không nhận thư mục là hồ sơ"),
          form=_TAKEN, errors=(404, 412)),
    Route("POST", f"{_NEWS}/bo", Right.OFFICE, founding.undo, N_("Bỏ điều đã nói về một thư mục"),
          form=(TOKEN, _FOLDER, _CLICK), errors=(404, 412)),
    Route("GET", _DECISIONS, Right.OFFICE, decision_pages.listed, N_("Các quyết định đã có"), query=_WORDS),
    Route("GET", f"{_DECISIONS}/bang.csv", Right.OFFICE, decision_pages.table, N_("Bảng quyết định")),
    Route("POST", _DECISIONS, Right.OFFICE, decision_pages.upload, N_("Nhập bảng quyết định"),
          form=(TOKEN, Field("tep", N_("các tệp"), type="file")), takes_files=True),
    Route("GET", waivers.LINE, Right.OFFICE, waivers.line, N_("Mốc của kho cũ")),
    Route("POST", waivers.LINE, Right.APPROVE, waivers.draw, N_("Lập hoặc bỏ mốc"), form=_LINE),
)  # fmt: skip
KEEPERS_MACHINES = (
    Route("POST", f"{API}/dossiers", Right.OFFICE, received(founding.new), N_("Tạo thư mục của một hồ sơ"),
          form=_NEW),
    Route("GET", f"{API}/adoptions", Right.OFFICE, founding.listed,
          N_("Thư mục trông giống hồ sơ; điều đã nói về các thư mục")),
    Route("POST", f"{API}/adoptions", Right.OFFICE, received(founding.take),
          N_("Nhận, hay không nhận thư mục là hồ sơ"), form=_TAKEN, errors=(404, 412)),
    Route("POST", f"{API}/adoptions/undo", Right.OFFICE, received(founding.undo),
          N_("Bỏ điều đã nói về một thư mục"), form=(TOKEN, _FOLDER, _CLICK), errors=(404, 412)),
    Route("GET", f"{API}/decisions", Right.OFFICE, decision_pages.plain, N_("Các quyết định đã có"),
          query=_WORDS),
    Route("GET", f"{API}/decisions/table", Right.OFFICE, decision_pages.table, N_("Bảng quyết định")),
    Route("GET", f"{API}/baseline", Right.OFFICE, waivers.line_plain, N_("Mốc của kho cũ")),
    Route("POST", f"{API}/baseline", Right.APPROVE, waivers.draw, N_("Lập hoặc bỏ mốc"), form=_LINE),
    Route("PUT", API + "/decisions/{name}", Right.OFFICE, decision_pages.put, N_("Nhập bảng quyết định"),
          takes_files=True),
)  # fmt: skip
