"""Routes of people who act for the whole office (new dossiers, lists of decisions, the baseline), of
accounts, and of the administrator's other pages."""

from __future__ import annotations

from dossier.i18n import N_
from dossier.setting_names import SETTINGS
from dossier.web import (
    administration,
    decision_pages,
    founding,
    own_account,
    people,
    safekeeping,
    waivers,
)
from dossier.web.roles import Right, Role
from dossier.web.route import API, CLICK, PAGE, TOKEN, Field, Route

_FOLDER = Field("thu-muc", N_("mã thư mục; nhiều thư mục thì mỗi dòng một mã"))
_NEW = (
    TOKEN,
    Field("loai", N_("loại hồ sơ"), required=True),
    Field("ten", N_("tên hồ sơ"), required=True),
    Field("don-vi", N_("đơn vị giữ hồ sơ")),
    CLICK,
)
_TAKEN = (
    TOKEN,
    _FOLDER,
    Field("khac", N_("thư mục ngoài các hồ sơ, cả đường dẫn")),
    Field("loai", N_("loại hồ sơ; trống: theo đề xuất")),
    Field("ten", N_("tên hồ sơ; trống: theo đề xuất")),
    Field("khong", N_("co: không phải hồ sơ"), one_of=("", "co")),
    CLICK,
)
_WORDS = (Field("chu", N_("chữ trong tên tệp, người, nội dung")), PAGE)
_LINE = (TOKEN, Field("bo", N_("có: bỏ mốc")))
_NEWS, _DECISIONS = founding.ADDRESS, decision_pages.ADDRESS

KEEPERS = (
    Route("GET", _NEWS, Right.OFFICE, founding.founding, N_("Hồ sơ mới, thư mục trông giống hồ sơ")),
    Route("POST", _NEWS, Right.OFFICE, founding.new, N_("Tạo thư mục của một hồ sơ"), form=_NEW,
          api="dossiers"),
    Route("POST", f"{_NEWS}/nhan", Right.OFFICE, founding.adopt_folders,
          N_("Nhận, hay không nhận thư mục là hồ sơ"), form=_TAKEN, errors=(404, 412), api="adoptions"),
    Route("POST", f"{_NEWS}/bo", Right.OFFICE, founding.undo, N_("Bỏ điều đã nói về một thư mục"),
          form=(TOKEN, _FOLDER, Field("ban", N_("lúc trả lời mà người bỏ đã thấy")), CLICK),
          errors=(404, 412), api="adoptions/undo"),
    Route("GET", _DECISIONS, Right.OFFICE, decision_pages.listed, N_("Các quyết định đã có"), query=_WORDS,
          api="decisions", api_handler=decision_pages.plain),
    Route("GET", f"{_DECISIONS}/bang.csv", Right.OFFICE, decision_pages.table, N_("Bảng quyết định"),
          api="decisions/table", api_handler=decision_pages.table),
    Route("POST", _DECISIONS, Right.OFFICE, decision_pages.upload, N_("Nhập bảng quyết định"),
          form=(TOKEN, Field("tep", N_("các tệp"), type="file")), takes_files=True),
    Route("GET", waivers.LINE, Right.OFFICE, waivers.line, N_("Mốc của kho cũ"), api="baseline",
          api_handler=waivers.line_plain),
    Route("POST", waivers.LINE, Right.APPROVE, waivers.draw, N_("Lập hoặc bỏ mốc"), form=_LINE,
          api="baseline", api_handler=waivers.draw),
    Route("GET", f"{API}/adoptions", Right.OFFICE, founding.listed,
          N_("Thư mục trông giống hồ sơ; điều đã nói về các thư mục")),
    Route("PUT", API + "/decisions/{name}", Right.OFFICE, decision_pages.import_sent,
          N_("Nhập bảng quyết định"), takes_files=True),
)  # fmt: skip

_ACCOUNT = Field("ten", N_("tên tài khoản"), required=True)
_PROOF = Field("mat-khau-cua-toi", N_("mật khẩu của người đang làm, hỏi lại trước việc hệ trọng"))
_SEEN = Field("ban", N_("bản mà người đổi đã thấy"))
_WHOM = (TOKEN, _ACCOUNT, _PROOF)
_TOKENS = (
    Field("nhan", N_("mã dùng vào việc gì")),
    Field("ghi", N_("có: mã được cả quyết định, không chỉ xem")),
    Field("bo", N_("mã cần bỏ")),
)
_PEOPLE, _OWN = people.ADDRESS, own_account.ADDRESS

ACCOUNTS = (
    Route("GET", _PEOPLE, Right.MANAGE, people.people, N_("Người dùng")),
    Route("GET", f"{_PEOPLE}/sua", Right.MANAGE, people.person, N_("Một người dùng"), query=(_ACCOUNT,),
          errors=(404,)),
    Route("POST", _PEOPLE, Right.MANAGE, people.save_account, N_("Thêm người dùng, đổi vai trò và đơn vị"),
          form=(*_WHOM, Field("vai-tro", N_("vai trò"), required=True, one_of=tuple(Role)),
                Field("don-vi", N_("chỉ hồ sơ của các đơn vị này")), Field("moi", N_("có: tài khoản mới")),
                Field("noi-khac", N_("có: thư mục hoặc cổng của cơ quan giữ mật khẩu")), _SEEN),
          errors=(404, 412)),
    Route("POST", f"{_PEOPLE}/mat-khau", Right.MANAGE, people.reset, N_("Đặt lại mật khẩu"), form=_WHOM,
          errors=(404,)),
    Route("POST", f"{_PEOPLE}/khoa", Right.MANAGE, people.lock, N_("Khóa, mở khóa tài khoản"),
          form=(*_WHOM, Field("khoa", N_("có: khóa; không: mở"))), errors=(404,)),
    Route("POST", f"{_PEOPLE}/phien", Right.MANAGE, people.end_sessions, N_("Kết thúc các phiên"),
          form=_WHOM, errors=(404,)),
    Route("POST", f"{_PEOPLE}/xac-thuc", Right.MANAGE, people.drop_second, N_("Bỏ mã xác thực đã mất"),
          form=_WHOM, errors=(404,)),
    Route("POST", f"{_PEOPLE}/ma-may", Right.MANAGE, people.token, N_("Mã cho máy: tạo, bỏ"),
          form=(*_WHOM, *_TOKENS), errors=(404,)),
    Route("POST", f"{_PEOPLE}/xoa", Right.MANAGE, people.remove, N_("Xóa tài khoản"), form=_WHOM,
          errors=(404,)),
    Route("GET", _OWN, Right.SIGNED_IN, own_account.own, N_("Tài khoản của tôi"), while_choosing=True),
    Route("POST", f"{_OWN}/mat-khau", Right.SIGNED_IN, own_account.choose_password, N_("Đổi mật khẩu"),
          form=(TOKEN, Field("cu", N_("mật khẩu đang dùng"), required=True),
                Field("moi", N_("mật khẩu mới"), required=True),
                Field("lai", N_("mật khẩu mới, gõ lại"), required=True)),
          errors=(404,), while_choosing=True),
    Route("POST", f"{_OWN}/xac-thuc", Right.SIGNED_IN, own_account.second, N_("Bật, tắt mã xác thực"),
          form=(TOKEN, _PROOF, Field("viec", N_("bật, xác nhận hay tắt"), one_of=("bat", "xac-nhan", "tat")),
                Field("ma", N_("mã xác thực"))), errors=(404,)),
    Route("POST", f"{_OWN}/phien", Right.SIGNED_IN, own_account.end_others, N_("Đăng xuất ở nơi khác"),
          form=(TOKEN,), errors=(404,)),
    Route("POST", f"{_OWN}/ma-may", Right.READ, own_account.token, N_("Mã cho máy của tôi"),
          form=(TOKEN, _PROOF, *_TOKENS), errors=(404,)),
)  # fmt: skip

_ASKED = (TOKEN, Field("mat-khau-cua-toi", N_("mật khẩu của người làm, khi hỏi lại")))
_SETTINGS = (
    *_ASKED,
    *(Field(each.path, each.called) for each in SETTINGS),
    *(Field(f"cu:{each.path}", N_("giá trị mà người đổi đã thấy")) for each in SETTINGS),
)
_FILE = (TOKEN, Field("tep", N_("bản sao lưu"), type="file"))
_BACKUPS = safekeeping.ADDRESS

ADMINISTRATION = (
    Route("GET", administration.ADDRESS, Right.MANAGE, administration.machine, N_("Tình trạng máy"),
          api="doctor", api_handler=administration.health),
    Route("POST", f"{administration.ADDRESS}/sua", Right.MANAGE, administration.put_right,
          N_("Sửa những gì sửa được"), form=_ASKED, api="doctor/fix", api_handler=administration.put_right),
    Route("GET", administration.SETTING_ADDRESS, Right.MANAGE, administration.settings, N_("Cài đặt"),
          api="settings", api_handler=administration.settings_plain),
    Route("POST", administration.SETTING_ADDRESS, Right.MANAGE, administration.change, N_("Đổi cài đặt"),
          form=_SETTINGS, api="settings", api_handler=administration.change_plain),
    Route("GET", _BACKUPS, Right.MANAGE, safekeeping.backups, N_("Sao lưu, phục hồi")),
    Route("POST", _BACKUPS, Right.MANAGE, safekeeping.begin, N_("Lập bản sao lưu"), form=_ASKED,
          api="backups", api_handler=safekeeping.begin),
    Route("POST", f"{_BACKUPS}/kiem-tra", Right.MANAGE, safekeeping.verify_uploaded,
          N_("Kiểm tra một bản sao lưu"), form=_FILE, takes_files=True),
    Route("POST", _BACKUPS + "/{id}/tep", Right.MANAGE, safekeeping.result, N_("Bản sao lưu đã lập"),
          form=_ASKED, errors=(404,), api="backups/{id}/file", api_handler=safekeeping.result),
    Route("GET", f"{API}/backups", Right.MANAGE, safekeeping.listed, N_("Các bản sao lưu đã lập")),
    Route("PUT", API + "/backups/{name}", Right.MANAGE, safekeeping.verify_sent,
          N_("Kiểm tra một bản sao lưu"), takes_files=True),
)  # fmt: skip
