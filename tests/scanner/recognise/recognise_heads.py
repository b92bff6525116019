"""Three short documents for the tests of splitting."""

DECISION = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÀM THẮNG Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND Hàm Thắng, ngày 05 tháng 3 năm 2023
QUYẾT ĐỊNH
Về việc ban hành Quy chế hoạt động của Ban Chỉ đạo mô hình
CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÀM THẮNG
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế hoạt động của Ban Chỉ đạo.
Nơi nhận: CHỦ TỊCH
- Lưu: VT.
Nguyễn Văn An"""
PLAN = """ỦY BAN NHÂN DÂN
XÃ HÀM THẮNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Hàm Thắng, ngày 06 tháng 3 năm 2023
KẾ HOẠCH
Ra mắt mô hình “Camera an ninh”
I. MỤC ĐÍCH
1. Mục đích: ra mắt mô hình.
CHỦ TỊCH
Nguyễn Văn An"""
REGULATION = """QUY CHẾ
Hoạt động của Ban Chỉ đạo mô hình “Camera an ninh”
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2023
của Chủ tịch Ủy ban nhân dân xã Hàm Thắng)
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh"""
