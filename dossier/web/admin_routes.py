"""Routes of the administrator's pages, except those for accounts."""

from __future__ import annotations

from dossier.i18n import N_
from dossier.usecases.configuring import SETTINGS
from dossier.web import administration, safekeeping
from dossier.web.roles import Right
from dossier.web.route import API, TOKEN, Field, Route

_PROOF = Field("mat-khau-cua-toi", N_("mật khẩu của người làm, khi hỏi lại"))
_ASKED = (TOKEN, _PROOF)
_SETTINGS = (*_ASKED, *(Field(each.path, each.called) for each in SETTINGS))
_FILE = (TOKEN, Field("tep", N_("bản sao lưu"), type="file"))
_BACKUPS = safekeeping.ADDRESS

ADMINISTRATION = (
    Route("GET", administration.ADDRESS, Right.MANAGE, administration.machine, N_("Tình trạng máy")),
    Route("POST", f"{administration.ADDRESS}/sua", Right.MANAGE, administration.put_right,
          N_("Sửa những gì sửa được"), form=_ASKED),
    Route("GET", administration.SETTING_ADDRESS, Right.MANAGE, administration.settings, N_("Cài đặt")),
    Route("POST", administration.SETTING_ADDRESS, Right.MANAGE, administration.change, N_("Đổi cài đặt"),
          form=_SETTINGS),
    Route("GET", _BACKUPS, Right.MANAGE, safekeeping.backups, N_("Sao lưu, phục hồi")),
    Route("POST", _BACKUPS, Right.MANAGE, safekeeping.begin, N_("Lập bản sao lưu"), form=_ASKED),
    Route("POST", f"{_BACKUPS}/kiem-tra", Right.MANAGE, safekeeping.look, N_("Kiểm tra một bản sao lưu"),
          form=_FILE, takes_files=True),
    Route("POST", _BACKUPS + "/{id}/tep", Right.MANAGE, safekeeping.result, N_("Bản sao lưu đã lập"),
          form=_ASKED, errors=(404,)),
)  # fmt: skip
ADMINISTRATION_MACHINES = (
    Route("GET", f"{API}/doctor", Right.MANAGE, administration.health, N_("Tình trạng máy")),
    Route("POST", f"{API}/doctor/fix", Right.MANAGE, administration.put_right,
          N_("Sửa những gì sửa được"), form=_ASKED),
    Route("GET", f"{API}/settings", Right.MANAGE, administration.settings_plain, N_("Cài đặt")),
    Route("POST", f"{API}/settings", Right.MANAGE, administration.change_plain, N_("Đổi cài đặt"),
          form=_SETTINGS),
    Route("GET", f"{API}/backups", Right.MANAGE, safekeeping.listed, N_("Các bản sao lưu đã lập")),
    Route("POST", f"{API}/backups", Right.MANAGE, safekeeping.begin, N_("Lập bản sao lưu"),
          form=_ASKED),
    Route("POST", API + "/backups/{id}/file", Right.MANAGE, safekeeping.result, N_("Bản sao lưu đã lập"),
          form=_ASKED, errors=(404,)),
    Route("PUT", API + "/backups/{name}", Right.MANAGE, safekeeping.look_plain,
          N_("Kiểm tra một bản sao lưu"), takes_files=True),
)  # fmt: skip
