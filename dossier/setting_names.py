"""Settings of ``dossier.toml`` that people know by a Vietnamese name."""

from __future__ import annotations

from dataclasses import dataclass

from dossier.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: section and key in the file, name shown to people, example of a value."""

    section: str
    key: str
    called: str
    example: str

    @property
    def path(self) -> str:
        """Dotted key in the file: ``unit.superior``."""
        return f"{self.section}.{self.key}"


SETTINGS = (
    Setting("unit", "superior", N_("cơ quan cấp trên"), "CÔNG AN TỈNH LÂM ĐỒNG"),
    Setting("unit", "name", N_("đơn vị"), "CÔNG AN XÃ HÀM THẮNG"),
    Setting("unit", "symbol", N_("ký hiệu"), "CAX"),
    Setting("unit", "place", N_("địa danh"), "Hàm Thắng"),
    Setting("unit", "to", N_("kính gửi"), "Phòng PV05, Công an tỉnh Lâm Đồng"),
    Setting("unit", "signer_title", N_("chức vụ người ký"), "TRƯỞNG CÔNG AN XÃ"),
    Setting("unit", "signer", N_("người ký"), "Thiếu tá Nguyễn Văn An"),
    Setting("unit", "code", N_("mã định danh"), "G01.123"),
    Setting("dossiers", "led_by", N_("lực lượng chủ trì"), N_("công an")),
    Setting("dossiers", "year", N_("kế hoạch lập theo"), N_("năm dương lịch")),
    Setting("dossiers", "party_committee", N_("có tổ chức đảng"), N_("có")),
    Setting("dossiers", "committee", N_("có ban chỉ đạo"), N_("có")),
    Setting("dossiers", "electronic", N_("chỉ có bản điện tử"), N_("không")),
    Setting("archive", "name", N_("tên kho"), N_("Kho hồ sơ Công an xã Hàm Thắng")),
    Setting("archive", "group", N_("nhóm dùng chung"), "congan"),
    Setting("rules", "due_days", N_("nhắc trước"), "30"),
    Setting("rules", "grace_days", N_("cho chậm"), "0"),
    Setting("scan", "ocr", N_("đọc bản quét"), N_("có")),
    Setting("scan", "workers", N_("số tiến trình đọc"), "2"),
    Setting("scan", "max_file_mb", N_("tệp lớn nhất"), "200"),
    Setting("scan", "ignore", N_("bỏ qua"), "*.bak; nháp *"),
    Setting("nightly", "keep_days", N_("giữ báo cáo đêm"), "90"),
    Setting("mail", "host", N_("máy chủ thư"), "smtp.congan.vn"),
    Setting("mail", "from", N_("gửi từ"), "kho@congan.vn"),
    Setting("mail", "to", N_("gửi cho"), "a@congan.vn; b@congan.vn"),
)
ME = N_("tên tôi")  # setting for the name of the person at this machine, as recorded in decisions
_PEOPLE = "people."  # what follows is the account of the person whose name is set


def called(path: str) -> str:
    """The name of a setting, given its dotted key, in the language in use; an unknown key unchanged."""
    if path.startswith(_PEOPLE):
        return _(ME)
    return next((_(each.called) for each in SETTINGS if each.path == path), path)
