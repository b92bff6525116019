"""Wording of audit log entries: act, subject and details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dossier.checklists import load
from dossier.checklists.spoken import NONE
from dossier.i18n import N_, _, language
from dossier.setting_names import called
from reports.looks import fact_name, written
from reports.questions import FIELD_NAMES

_ACTS = {
    "assign": N_("xếp mục"), "unassign": N_("bỏ quyết định xếp mục"), "correct": N_("ghi lại cho đúng"),
    "uncorrect": N_("bỏ điều đã ghi lại"), "waive": N_("chấp nhận phát hiện"),
    "unwaive": N_("bỏ chấp nhận"), "waiver-request": N_("đề nghị chấp nhận"),
    "set": N_("ghi nhận về hồ sơ"), "done": N_("ghi nhận việc đã làm"),
    "undone": N_("bỏ ghi nhận việc đã làm"), "undo": N_("bỏ việc vừa quyết định"),
    "adopt": N_("nhận là hồ sơ"), "adopt-none": N_("không nhận là hồ sơ"), "unseal": N_("mở niêm phong"),
    "seal": N_("niêm phong lại"), "config": N_("đổi cài đặt"),
    "retention-confirm": N_("ghi điều khoản đã đối chiếu"), "baseline": N_("lập mốc"),
    "baseline-remove": N_("bỏ mốc"), "backup": N_("sao lưu"), "restore": N_("phục hồi"),
    "close": N_("lập bộ văn bản kết thúc"), "package": N_("lập gói nộp lưu"),
    "package-seal": N_("niêm phong gói nộp lưu"),
    "letters": N_("lập công văn"), "decisions-export": N_("xuất bảng quyết định"),
    "decisions-import": N_("nhập bảng quyết định"), "migrate-to": N_("chuyển danh mục"),
    "download": N_("tải tệp gốc"), "report": N_("xuất báo cáo"), "inventory": N_("xuất mục lục"),
    "letter": N_("lập công văn"), "trend": N_("xuất xu hướng"), "units": N_("xuất bảng đơn vị"),
    "bundle": N_("lập gói số liệu"), "sign-in": N_("đăng nhập"),
    "sign-in-refused": N_("đăng nhập không được"), "sign-out": N_("đăng xuất"),
    "account": N_("tạo, sửa tài khoản"), "account-lock": N_("khóa tài khoản"),
    "account-unlock": N_("mở khóa tài khoản"), "account-password": N_("đặt lại mật khẩu của người khác"),
    "account-remove": N_("xóa tài khoản"), "account-sessions": N_("kết thúc các phiên của người khác"),
    "token": N_("tạo mã cho máy"), "token-drop": N_("bỏ mã cho máy"),
    "second-factor": N_("bật mã xác thực"), "second-factor-off": N_("tắt mã xác thực"),
    "code-refused": N_("mã xác thực sai"), "own-password": N_("đổi mật khẩu của mình"),
    "own-sessions": N_("đăng xuất ở nơi khác"), "password-refused": N_("mật khẩu sai khi hỏi lại"),
    "make": N_("lập văn bản, gói, báo cáo"), "waiver-approve": N_("duyệt đề nghị chấp nhận"),
    "waiver-refuse": N_("không duyệt đề nghị chấp nhận"),
    "new": N_("tạo khung hồ sơ"), "init": N_("tạo kho"), "inbox-file": N_("xếp tệp mới vào hồ sơ"),
    "inbox-undo": N_("trả tệp về hộp thư đến"), "inbox-receive": N_("nhận tệp vào hộp thư đến"),
    "service-install": N_("cài việc tự chạy"), "service-remove": N_("gỡ việc tự chạy"),
    "mend": N_("sửa trạng thái kho"), "signing-key": N_("tạo khóa ký số liệu"),
    "drill": N_("thử phục hồi bản sao lưu"), "inbox-refuse": N_("không nhận tệp vào hộp thư đến"),
    "not-done": N_("chưa thành, vì bị ngắt"), "adopt-undo": N_("bỏ điều đã nhận về thư mục, tệp"),
    "redact": N_("xóa khỏi nhật ký lời nhắc lại tài liệu mật"),
}  # fmt: skip
_WAYS = {"cli": N_("gõ lệnh"), "page": N_("trang web"), "api": N_("máy gọi"), "inbox": N_("hộp nhận")}
PARTICULARS = {
    "places": N_("mục"), "fields": N_("trường"), "rule": N_("quy tắc"), "part": N_("thành phần"),
    "reason": N_("lý do"), "until": N_("đến ngày"), "said": "", "on": N_("ngày"), "of": "", "details": "",
    "place": N_("nơi ghi"), "originals": N_("tệp gốc"), "letters": N_("công văn"), "gaps": N_("phát hiện"),
    "made_at": N_("bản lập lúc"), "former": N_("trạng thái cũ"), "set": "", "kind": N_("loại"),
    "article": N_("điều khoản"), "years": N_("năm"), "permanent": N_("vĩnh viễn"), "role": N_("vai trò"),
    "as_role": N_("vai trò mới"), "asked_by": N_("người đề nghị"), "format": N_("dạng tệp"),
    "label": N_("dùng vào việc"), "units": N_("đơn vị"), "what": "", "lines": N_("dòng"),
    "why": N_("vì"), "dossier": N_("hồ sơ"), "to": N_("đến"), "name": N_("tên"), "row": N_("dòng"),
    "pack": N_("quy định"), "findings": N_("phát hiện"), "taken": N_("số quyết định"),
    "code": N_("mã niêm phong"),
}  # fmt: skip
# Fields and values stored as codes in the log.
_NAMED = FIELD_NAMES | {"number": N_("số"), "issuer": N_("cơ quan")}
_CODES = {
    "secret": N_("có dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được"),
    "mo-hinh": N_("mô hình"), "dien-hinh": N_("điển hình"),
    "archivist": N_("lưu trữ viên"), "chief": N_("lãnh đạo"), "unit": N_("cán bộ đơn vị"),
    "auditor": N_("kiểm tra"), "admin": N_("quản trị"),
}  # fmt: skip
# A place with a step, as stored.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STEP = re.compile(r"(?P<part>\d{1,2}[a-z]?)\.(?P<step>[a-z-]+)")
HIDDEN = frozenset({"sha256", "peer", "session", "broken", "token", "table_sha256"})


def act(code: str) -> str:
    """The act in words; an unknown code unchanged."""
    return _(_ACTS[code]) if code in _ACTS else code


def all_acts() -> list[tuple[str, str]]:
    """All known acts with their wording, sorted by it."""
    return sorted(((code, _(said)) for code, said in _ACTS.items()), key=lambda each: each[1])


def about(subject: str) -> str:
    """The subject in words: the name of a file or dossier, the unit as a whole, or a duty with its year."""
    if subject == ".":
        return _("cả đơn vị")
    rule, _slash, year = subject.rpartition("/")
    if year.isdecimal() and "-" in rule and "/" not in rule:
        return _("{rule} năm {year}").format(rule=rule, year=year)
    return subject.rpartition("/")[2]


def way(code: str) -> str:
    """The origin of the act in words."""
    return _(_WAYS[code]) if code in _WAYS else code


def particulars(details: Mapping[str, Any]) -> str:
    """The details in words, without technical ones."""
    return "; ".join(_said(details))


def _said(details: Mapping[str, Any]) -> Iterator[str]:
    for name, value in details.items():
        if name in HIDDEN or value in (None, "", [], {}, False):
            continue
        label = PARTICULARS.get(name, name)
        words = act(str(value)) if name == "of" else _(value) if name == "what" else _value(value)
        words = _places(value) if name == "places" else words
        words = _(_CODES.get(words, words)) if name in ("why", "kind", "role", "as_role") else words
        yield f"{_(label)}: {words}" if label else words


def _places(value: Any) -> str:
    """Places in words, with the titles of steps: the log stores ``16c.notice``."""
    listed = value.values() if isinstance(value, Mapping) else [value]
    return ", ".join(_place(str(place)) for places in listed for place in places)


def _place(code: str) -> str:
    match = _STEP.fullmatch(code)
    if match is None:
        return _("không thuộc mục nào") if code == NONE else code
    steps = [
        step
        for checklist in load().values()
        for item in checklist.items
        for part in item.parts
        for step in part.steps
        if (part.id, step.id) == (match["part"], match["step"])
    ]
    if not steps:
        return match["part"]
    said = steps[0].title_en or steps[0].title if language() == "en" else steps[0].title
    return f"{match['part']} ({said})"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_named(name)} = {said}" for name, said in value.items())
    if isinstance(value, list):
        return ", ".join(_named(str(each)) for each in value)
    if value is True:
        return _("có")
    return written(value) if isinstance(value, str) and _DAY.fullmatch(value) else str(value)


def _named(code: str) -> str:
    """A field, a setting or a fact in words; other codes unchanged."""
    if "." in code:
        return called(code)
    return _(_NAMED[code]) if code in _NAMED else fact_name(code)
