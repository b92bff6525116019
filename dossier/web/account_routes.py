"""The rows of the table of addresses about people: administration, and one's own account."""

from __future__ import annotations

from dossier.i18n import N_
from dossier.web import own_account, people
from dossier.web.roles import Right, Role
from dossier.web.route import TOKEN, Field, Route

_NAME = Field("ten", N_("tên tài khoản"), required=True)
_PROOF = Field("mat-khau-cua-toi", N_("mật khẩu của người đang làm, hỏi lại trước việc hệ trọng"))
_WHOM = (TOKEN, _NAME, _PROOF)
_TOKENS = (
    Field("nhan", N_("mã dùng vào việc gì")),
    Field("ghi", N_("có: mã được cả quyết định, không chỉ xem")),
    Field("bo", N_("mã cần bỏ")),
)
_PEOPLE, _OWN = people.ADDRESS, own_account.ADDRESS

ACCOUNTS = (
    Route("GET", _PEOPLE, Right.MANAGE, people.people, N_("Người dùng")),
    Route("GET", f"{_PEOPLE}/sua", Right.MANAGE, people.person, N_("Một người dùng"), query=(_NAME,),
          errors=(404,)),
    Route("POST", _PEOPLE, Right.MANAGE, people.put, N_("Thêm người dùng, đổi vai trò và đơn vị"),
          form=(*_WHOM, Field("vai-tro", N_("vai trò"), required=True, one_of=tuple(Role)),
                Field("don-vi", N_("chỉ hồ sơ của các đơn vị này")), Field("moi", N_("có: tài khoản mới")),
                Field("noi-khac", N_("có: thư mục hoặc cổng của cơ quan giữ mật khẩu"))),
          errors=(404,)),
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
