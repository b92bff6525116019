"""Files the reader tests are made of, each built on the spot."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_ROOT_RELS = (
    f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{R}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of the parts, deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A .docx with this body; further parts by name under ``word/`` (``header1``), linked by that name."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    )
    namespaces = (
        f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELS,
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{links}</Relationships>',
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:root {namespaces}>{content}</w:root>"
    return zipped(files)


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...], borders: str = "") -> str:
    """A table; cells are paragraphs already, or plain text."""
    out = f"<w:tbl><w:tblPr>{borders}</w:tblPr>"
    for row in rows:
        cells = (cell if cell.startswith("<") else p(cell) for cell in row)
        out += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return out + "</w:tbl>"


GRID = '<w:tblBorders><w:top w:val="single"/><w:insideV w:val="single"/></w:tblBorders>'

SCANNED_LINES = (
    "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG",
    "QUYẾT ĐỊNH",
    "Về việc thành lập mô hình Camera an ninh và Ban Chỉ đạo mô hình",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an",
    "về xây dựng, nhân rộng mô hình, điển hình tiên tiến trong phong trào",
    "toàn dân bảo vệ an ninh Tổ quốc;",
    "Điều 1. Thành lập mô hình tại thôn Kim Ngọc gồm 15 thành viên do ông",
    "Nguyễn Văn Thạnh, Trưởng thôn, làm Trưởng mô hình.",
    "Điều 2. Ban Chỉ đạo hoạt động theo quy chế được Chủ tịch phê duyệt.",
    "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
)
