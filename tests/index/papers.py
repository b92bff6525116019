"""Documents for the index, and ways to ask it."""

from __future__ import annotations

from dossier.index import Filters, Index, IndexedDocument, SearchOptions


def doc(path: str = "mo-hinh/A/1.pdf", **fields: object) -> IndexedDocument:
    given_: dict[str, object] = {
        "path": path,
        "ordinal": 1,
        "dossier": "mo-hinh/A",
        "dossier_name": "Camera an ninh",
        "kind": "mo-hinh",
        "items": (6,),
        "parts": ("6a",),
        "type": "quyet-dinh",
        "number_symbol": "22/HD-BCA-V05",
        "dated": "2023-03-05",
        "issuing_body": "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG",
        "signer": "Nguyễn Văn An",
        "abstract": "Về việc thành lập mô hình “Camera an ninh”",
        "name": path.rsplit("/", 1)[-1],
        "body": "Căn cứ đề nghị của Trưởng Công an xã. Điều 1. Thành lập mô hình gồm 12 thành viên hoà giải.",
    }
    return IndexedDocument(**(given_ | fields))  # type: ignore[arg-type]


OTHER = doc(
    "dien-hinh/B/2.docx",
    dossier="dien-hinh/B",
    dossier_name="Ông B",
    kind="dien-hinh",
    items=(3,),
    parts=("3",),
    type="ke-hoach",
    number_symbol="05-NQ/ĐU",
    dated="2021-01-02",
    signer="Trần Thị Bình",
    issuing_body="ĐẢNG ỦY XÃ",
    abstract="Kế hoạch bồi dưỡng điển hình",
    body="Nội dung khác hẳn về kẻng an ninh.",
)

A, B = "mo-hinh/A/1.pdf", "dien-hinh/B/2.docx"


def paths(
    index: Index, query: str, filters: Filters | None = None, options: SearchOptions | None = None
) -> list[str]:
    """Paths of the hits, in their order."""
    return [hit.path for hit in index.search(query, filters or Filters(), options or SearchOptions()).hits]
