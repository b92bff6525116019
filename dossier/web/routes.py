"""The table of all routes. The pages, the permissions, the cross-site checks, the audit log's action names,
the OpenAPI description, and their tests are derived from it.

Methods other than GET change something: they require the session's CSRF token (or a machine's token) and an
accepted ``Origin``.
"""

from __future__ import annotations

from dossier.i18n import N_
from dossier.web import (
    api,
    documents,
    fact_forms,
    inbox,
    job_pages,
    journal,
    overview,
    review,
    search_pages,
    sign_in,
    waivers,
)
from dossier.web.making import KINDS
from dossier.web.office_routes import ACCOUNTS, ADMINISTRATION, KEEPERS
from dossier.web.roles import Right
from dossier.web.route import API, BACK, CLICK, PAGE, TOKEN, Field, Route, received

_FILE = (
    TOKEN,
    Field("tep", N_("mã tệp đang chờ"), required=True),
    Field("ho-so", N_("mã hồ sơ")),
    Field("ten", N_("tên hồ sơ, khi không nêu mã")),
    Field("muc", N_("các thành phần, hoặc none; trống: theo đề xuất")),
    CLICK,
)

INBOX = (
    Route("GET", "/hop-thu-den", Right.READ, inbox.inbox, N_("Hộp thư đến"), query=(PAGE,)),
    Route("POST", "/hop-thu-den", Right.UPLOAD, inbox.upload, N_("Nhận tệp vào hộp thư đến"),
          form=(TOKEN, Field("tep", N_("các tệp"), type="file")), takes_files=True),
    Route("POST", "/hop-thu-den/xep", Right.FILE, inbox.file_one, N_("Xếp một tệp vào hồ sơ"), form=_FILE,
          errors=(404, 412), api="inbox/file", api_handler=inbox.file_plain),
    Route("POST", "/hop-thu-den/chac-chan", Right.FILE, inbox.file_certain, N_("Xếp các tệp chắc chắn"),
          form=(TOKEN, Field("tep", N_("mỗi dòng: mã tệp|mã hồ sơ")), CLICK), errors=(404, 412)),
    Route("POST", "/hop-thu-den/hoan-tac", Right.FILE, inbox.take_back, N_("Đưa tệp đã xếp về hộp thư đến"),
          form=(TOKEN, Field("so", N_("số của lần xếp"), required=True)), errors=(404, 412)),
    Route("GET", f"{API}/inbox", Right.READ, inbox.listed, N_("Những gì đang chờ trong hộp thư đến"),
          query=(PAGE,)),
    Route("PUT", API + "/inbox/{name}", Right.UPLOAD, inbox.receive_sent, N_("Nhận một tệp vào hộp thư đến"),
          takes_files=True),
)  # fmt: skip


FORM_BYTES = 64 << 10

_LIST = (
    Field("don-vi", N_("đơn vị")),
    Field("loai", N_("loại hồ sơ")),
    Field("tinh-trang", N_("tình trạng"), one_of=("", "thieu", "du", "can-xem")),
    Field("muc", N_("số mục còn thiếu"), type="integer"),
    Field("sap", N_("thứ tự"), one_of=("", "quan-trong", "ten", "diem", "han")),
    Field("ten", N_("chữ trong tên hồ sơ")),
    PAGE,
)
_WORDS = (
    Field("q", N_("từ cần tìm")),
    Field("loai", N_("loại văn bản")),
    Field("nam", N_("năm"), type="integer"),
    Field("tu", N_("ban hành từ ngày")),
    Field("den", N_("ban hành đến ngày")),
    Field("muc", N_("mục hoặc thành phần")),
    Field("ho-so", N_("mã hồ sơ")),
    Field("sap", N_("thứ tự"), one_of=("", "relevance", "date", "number")),
    PAGE,
)

_SEEN = (Field("ban", N_("bản của văn bản mà người quyết định đã thấy")), CLICK)
_PLACE = (
    Field("muc", N_("các thành phần, hoặc none"), required=True),
    Field("giong", N_("những văn bản giống vậy cũng quyết định như thế")),
    *_SEEN,
)
_FINDING = (
    Field("ho-so", N_("mã hồ sơ"), required=True),
    Field("quy-tac", N_("quy tắc"), required=True),
    Field("thanh-phan", N_("thành phần")),
)
_FIELDS = (
    Field("number", N_("số, ký hiệu")),
    Field("date", N_("ngày")),
    Field("type", N_("loại")),
    Field("abstract", N_("trích yếu")),
    Field("issuer", N_("cơ quan ban hành")),
    Field("signer", N_("người ký")),
    Field("dau", N_("bản của phần đầu văn bản mà người sửa đã thấy")),
    *_SEEN,
)

_FACT = (
    TOKEN,
    Field("dieu", N_("điều gì"), required=True),
    Field("gia-tri", N_("giá trị; trống: bỏ")),
    *_SEEN,
)
_DONE = (
    TOKEN,
    Field("viec", N_("việc và năm, như TH-22/2026"), required=True),
    Field("ngay", N_("ngày đã làm")),
    Field("bo", N_("có: bỏ điều đã ghi nhận")),
    *_SEEN,
)
_KEPT = (
    TOKEN,
    Field("dong", N_("mã dòng thời hạn"), required=True),
    Field("dieu-khoan", N_("điều khoản đã đọc"), required=True),
    Field("thoi-han", N_("v: vĩnh viễn"), one_of=("", "v")),
    Field("so-nam", N_("số năm, nếu khác"), type="integer"),
    CLICK,
)
_KNOWN = Field("ban", N_("chấp nhận mà người làm đã thấy; -: chưa có"))
_WANTED = (
    TOKEN, *_FINDING, Field("ly-do", N_("lý do"), required=True), Field("den", N_("đến ngày")),
    _KNOWN, CLICK,
)  # fmt: skip
_VERDICT = (
    TOKEN,
    Field("so", N_("số của đề nghị"), required=True),
    Field("duyet", N_("có: duyệt")),
)
_MOVED = (TOKEN, *_PLACE, Field("bo", N_("bỏ quyết định đã có")))
_ACTS = (
    Field("ai", N_("ai làm")),
    Field("viec", N_("việc gì")),
    Field("ve", N_("chữ trong việc làm về")),
    Field("tu", N_("từ ngày")),
    Field("den", N_("đến ngày")),
    PAGE,
)
_UNSEALED = (
    TOKEN,
    Field("ly-do", N_("lý do"), required=True),
    Field("da-xem", N_("co: đã xem văn bản gốc"), required=True, one_of=("co",)),
    *_SEEN,
)
_SEALED = (TOKEN, *_SEEN)
_MADE = (
    Field("viec", N_("lập gì"), required=True, one_of=tuple(KINDS)),
    Field("ho-so", N_("mã hồ sơ")),
    Field("dang", N_("dạng tệp"), one_of=("", "docx", "xlsx", "pdf", "zip", "html", "json", "csv", "txt")),
    Field("nam", N_("năm"), type="integer"),
    Field("muc", N_("mục của khung dự thảo")),
)

_ROUTES = (
    Route("GET", "/", Right.READ, overview.archive, N_("Tổng quan"), query=_LIST),
    Route("GET", "/ho-so/{id}", Right.READ, overview.dossier, N_("Một hồ sơ"),
          query=(Field("ghi", N_("điều muốn ghi nhận")), Field("gia-tri", N_("giá trị đề nghị"))),
          errors=(404,)),
    Route("POST", "/ho-so/{id}/ghi", Right.DECIDE, fact_forms.record_fact,
          N_("Ghi nhận điều đã biết về hồ sơ"), form=_FACT, errors=(404, 412), api="dossiers/{id}/facts"),
    Route("POST", "/ho-so/{id}/bao-quan", Right.OFFICE, fact_forms.confirm_retention,
          N_("Ghi điều khoản đã đọc cho thời hạn bảo quản"), form=_KEPT, errors=(404, 412),
          api="dossiers/{id}/retention"),
    Route("GET", "/lich", Right.READ, overview.calendar, N_("Lịch hạn"),
          query=(Field("don-vi", N_("đơn vị")), Field("thang", N_("tháng, như 2026-11")),
                 Field("tinh-trang", N_("tình trạng")), Field("ghi", N_("việc muốn ghi nhận")), PAGE)),
    Route("POST", "/lich/ghi", Right.OFFICE, fact_forms.record_duty,
          N_("Ghi nhận đơn vị đã làm việc đến hạn"), form=_DONE, errors=(404, 412), api="duties"),
    Route("GET", "/lich.ics", Right.READ, overview.calendar_file, N_("Lịch hạn cho điện thoại")),
    Route("GET", "/don-vi", Right.READ, overview.units, N_("So sánh các đơn vị")),
    Route("GET", "/xu-huong", Right.READ, overview.trend, N_("Xu hướng từng đêm")),
    Route("GET", "/chap-nhan", Right.READ, waivers.waivers, N_("Các phát hiện được chấp nhận"),
          api="waivers", api_handler=api.waivers),
    Route("POST", "/chap-nhan", Right.ASK, waivers.wanted, N_("Chấp nhận, hoặc đề nghị chấp nhận"),
          form=_WANTED, errors=(404, 412), api="waivers"),
    Route("POST", "/chap-nhan/duyet", Right.APPROVE, waivers.approve, N_("Duyệt hoặc không duyệt"),
          form=_VERDICT, errors=(404, 412), api="waivers/answer"),
    Route("POST", "/chap-nhan/bo", Right.APPROVE, waivers.end, N_("Bỏ chấp nhận"),
          form=(TOKEN, *_FINDING, _KNOWN, CLICK), errors=(404, 412), api="waivers/end"),
    Route("GET", "/van-ban/{doc}", Right.READ, documents.paper, N_("Một văn bản"), errors=(404,),
          api="documents/{doc}", api_handler=api.document),
    Route(
        "GET", "/van-ban/{doc}/trang/{page}", Right.READ, documents.paper, N_("Một trang của văn bản"),
        query=(Field("q", N_("từ cần tô")),), errors=(404,),
    ),
    Route(
        "GET", "/van-ban/{doc}/trang/{page}.jpg", Right.READ, documents.picture, N_("Ảnh của một trang"),
        query=(Field("w", N_("chiều rộng, điểm ảnh"), type="integer"),), errors=(404,),
    ),
    Route("GET", "/van-ban/{doc}/tep", Right.READ, documents.original, N_("Tệp gốc"), action="download",
          errors=(404,)),
    Route("GET", "/can-xem", Right.READ, review.review, N_("Cần xem"),
          query=(Field("sau", N_("bỏ qua đến sau văn bản này")), Field("ho-so", N_("mã hồ sơ")))),
    Route("POST", "/can-xem/hoan-tac", Right.DECIDE, review.back, N_("Hoàn tác quyết định vừa rồi"),
          form=(TOKEN,), api="review/undo"),
    Route("POST", "/can-xem/{doc}", Right.DECIDE, review.answer, N_("Quyết định văn bản thuộc mục nào"),
          form=(TOKEN, *_PLACE), errors=(404, 412), api="review/{doc}/answer"),
    Route("POST", "/van-ban/{doc}/muc", Right.DECIDE, review.move, N_("Xếp văn bản vào mục"), form=_MOVED,
          errors=(404, 412), api="documents/{doc}/places"),
    Route("POST", "/van-ban/{doc}/truong", Right.DECIDE, review.fix_on_page, N_("Sửa những gì đọc được"),
          form=(TOKEN, *_FIELDS), errors=(404, 412), api="documents/{doc}/fields",
          api_handler=received(review.fix)),
    Route("POST", "/van-ban/{doc}/mo-niem-phong", Right.UNSEAL, documents.unseal,
          N_("Xác nhận văn bản bị niêm phong không có dấu chỉ độ mật"), form=_UNSEALED, errors=(404, 412),
          api="documents/{doc}/unseal"),
    Route("POST", "/van-ban/{doc}/niem-phong", Right.UNSEAL, documents.seal,
          N_("Niêm phong lại văn bản đã mở niêm phong"), form=_SEALED, errors=(404, 412),
          api="documents/{doc}/seal"),
    Route("GET", "/tim", Right.READ, search_pages.search, N_("Tìm"),
          query=(*_WORDS, Field("dang-go", N_("có: từ cuối chưa gõ xong")))),
    Route("GET", "/nop-luu", Right.REPORT, job_pages.work, N_("Gói, công văn, báo cáo"),
          query=(Field("ho-so", N_("mã hồ sơ")), Field("ten", N_("chữ trong tên hồ sơ"))), errors=(404,)),
    Route("POST", "/nop-luu", Right.REPORT, job_pages.begin, N_("Lập một văn bản hoặc gói"),
          form=(TOKEN, *_MADE), errors=(404,), api="jobs", api_handler=job_pages.begin),
    Route("GET", "/viec/{id}/tep", Right.REPORT, job_pages.result, N_("Tệp đã lập"), action="download",
          errors=(404,), api="jobs/{id}/file", api_handler=job_pages.result),
    Route("GET", "/bao-cao/{format}", Right.REPORT, job_pages.report, N_("Tải một báo cáo"),
          action="report", query=(Field("ho-so", N_("mã hồ sơ")),), errors=(404,)),
    Route("GET", "/nhat-ky", Right.LOG, journal.journal, N_("Nhật ký"),
          query=_ACTS, errors=(422,)),
    Route("GET", "/mo", Right.ANYONE, sign_in.open_, N_("Mở bằng địa chỉ in ra khi khởi động"),
          query=(Field("khoa", N_("khóa dùng một lần"), required=True),)),
    Route("GET", "/dang-nhap", Right.ANYONE, sign_in.form, N_("Đăng nhập"), query=(BACK,)),
    Route("POST", "/dang-nhap", Right.ANYONE, sign_in.enter, N_("Đăng nhập"),
          form=(Field("name", N_("tên"), required=True),
                Field("password", N_("mật khẩu"), required=True), BACK)),
    Route("POST", "/dang-nhap/ma", Right.ANYONE, sign_in.code, N_("Mã xác thực khi đăng nhập"),
          form=(Field("phieu", N_("phiếu của lần đăng nhập"), required=True),
                Field("ma", N_("mã xác thực"), required=True), BACK)),
    Route("POST", "/ngon-ngu", Right.SIGNED_IN, sign_in.speak, N_("Đổi ngôn ngữ"),
          form=(TOKEN, Field("lang", N_("vi hoặc en"), required=True), BACK), while_choosing=True),
    Route("POST", "/dang-xuat", Right.SIGNED_IN, sign_in.leave, N_("Đăng xuất"), form=(TOKEN,),
          action="sign-out", while_choosing=True),
    Route("GET", f"{API}/summary", Right.READ, api.summary, N_("Kho đang thế nào, bằng vài con số")),
    Route("GET", f"{API}/dossiers", Right.READ, api.dossiers, N_("Các hồ sơ, từng trang"), query=_LIST),
    Route("GET", API + "/dossiers/{id}", Right.READ, api.dossier, N_("Một hồ sơ"), errors=(404,)),
    Route("GET", API + "/documents/{doc}/pages/{page}/marks", Right.READ, api.marks,
          N_("Chỗ của các trường và từ tìm trên một trang"), query=(Field("q", N_("từ cần tô")),),
          errors=(404,)),
    Route("GET", f"{API}/search", Right.READ, api.search, N_("Tìm văn bản"), query=_WORDS),
    Route("GET", f"{API}/review/next", Right.READ, api.next_question, N_("Câu hỏi kế tiếp"),
          query=(Field("sau", N_("bỏ qua đến sau văn bản này")), Field("ho-so", N_("mã hồ sơ")))),
    Route("GET", API + "/jobs/{id}", Right.SIGNED_IN, job_pages.one, N_("Việc đang lập đến đâu"),
          errors=(404,)),
    Route("GET", f"{API}/dues", Right.READ, api.dues, N_("Việc quá hạn và sắp đến hạn")),
    Route("GET", f"{API}/audit", Right.LOG, journal.plain, N_("Nhật ký"),
          query=_ACTS),
    Route("GET", f"{API}/audit/verify", Right.LOG_WHOLE, journal.verified,
          N_("Nhật ký có nguyên vẹn không")),
    Route("GET", f"{API}/nights", Right.READ, api.nights, N_("Kết quả từng đêm")),
    *ACCOUNTS,
    *INBOX,
    *KEEPERS,
    *ADMINISTRATION,
    Route("GET", "/openapi.json", Right.SIGNED_IN, api.description, N_("Mô tả của giao diện này")),
)  # fmt: skip
PAGES = tuple(route for route in _ROUTES if not route.machine)
MACHINES = tuple(each for route in _ROUTES for each in route.for_machines())
ROUTES = PAGES + MACHINES
