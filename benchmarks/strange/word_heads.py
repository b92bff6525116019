"""Word files whose heads Word itself composes: merged cells, page headers, fields, tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from strange import word
from strange.papers import Paper

from dossier.legacy import Encoding, encode

_DOCUMENT = "word/document.xml"


def _changed(data: bytes, change: Callable[[str], str], added: dict[str, str] | None = None) -> bytes:
    """The file with its document changed and parts added."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            if name not in (added or {}):
                text = source.read(name).decode()
                package.writestr(name, change(text) if name == _DOCUMENT else text)
        for name, text in (added or {}).items():
            package.writestr(name, text)
    return out.getvalue()


def _paragraphs(texts: list[str]) -> str:
    centred = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">'
    return "".join(f"{centred}{escape(text)}</w:t></w:r></w:p>" for text in texts)


def merged(paper: Paper) -> bytes:
    """The right cell runs down over two rows of the left column, the day in a row of its own."""
    left, right = [line.text for line in paper.left()], [line.text for line in paper.right()]
    at = next(index for index, text in enumerate(left) if text.startswith("Số"))

    def cell(texts: list[str], merge: str = "") -> str:
        said = f"<w:vMerge{merge}/>" if merge else ""
        return f"<w:tc><w:tcPr>{said}</w:tcPr>{_paragraphs(texts or [''])}</w:tc>"

    begun = ' w:val="restart"'
    rows = (
        f"<w:tr>{cell(left[:at])}{cell(right[:-1], begun)}</w:tr>"
        f"<w:tr>{cell(left[at : at + 1])}{cell([], ' ')}</w:tr>"
        f"<w:tr>{cell(left[at + 1 :])}{cell(right[-1:])}</w:tr>"
    )
    head = f"<w:tbl><w:tblPr/>{rows}</w:tbl>"
    table = re.compile(r"<w:tbl>.*?</w:tbl>", re.S)
    return _changed(word.docx(paper, "table"), lambda text: table.sub(lambda _: head, text, count=1))


def nested(paper: Paper) -> bytes:
    """The head's table inside a cell of a table."""
    table = re.compile(r"(<w:tbl>.*?</w:tbl>)", re.S)
    put = r"<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>\1<w:p/></w:tc></w:tr></w:tbl>"
    return _changed(word.docx(paper, "table"), lambda text: table.sub(put, text, count=1))


def in_header(paper: Paper) -> bytes:
    """The head stands in the page header."""
    data = word.docx(paper, "table")
    text = zipfile.ZipFile(io.BytesIO(data)).read(_DOCUMENT).decode()
    found = re.search(r"<w:tbl>.*?</w:tbl>", text, re.S)
    space = re.search(r"<w:document ([^>]*)>", text)
    assert found and space
    header = f'<?xml version="1.0"?><w:hdr {space[1]}>{found[0]}<w:p/></w:hdr>'
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="h1" Target="header1.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/header"/></Relationships>'
    )
    named = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    section = f'<w:sectPr><w:headerReference {named} w:type="default" r:id="h1"/></w:sectPr></w:body>'
    types = (
        zipfile.ZipFile(io.BytesIO(data))
        .read("[Content_Types].xml")
        .decode()
        .replace(
            "</Types>",
            '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.header+xml"/></Types>',
        )
    )
    return _changed(
        data,
        lambda said: said.replace(found[0], "", 1).replace("</w:body>", section),
        {"word/header1.xml": header, "word/_rels/document.xml.rels": relations, "[Content_Types].xml": types},
    )


def _number(text: str, paper: Paper, made: Callable[[str], str]) -> str:
    """The document with the run of the number's line made anew."""
    run = re.compile(
        r'<w:r><w:t xml:space="preserve">(Số:? ' + re.escape(escape(paper.number)) + r")</w:t></w:r>"
    )
    return run.sub(lambda found: made(found[1]), text, count=1)


def _run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def corrected(paper: Paper) -> bytes:
    """A tracked change: another number was typed first and deleted."""

    def made(said: str) -> str:
        who = 'w:id="7" w:author="A" w:date="2025-01-01T00:00:00Z"'
        label, number = said.split(" ", 1)
        return (
            f"{_run(label + ' ')}<w:del {who}>{_run('9090/TB-CU', tag='delText')}</w:del>"
            f"<w:ins {who}>{_run(number)}</w:ins>"
        )

    return _changed(word.docx(paper, "table"), lambda text: _number(text, paper, made))


def hidden(paper: Paper) -> bytes:
    """A hidden run before the number."""

    def made(said: str) -> str:
        return _run("Số: 9090/TB-CU ", "<w:vanish/>") + _run(said)

    return _changed(word.docx(paper, "table"), lambda text: _number(text, paper, made))


def fields(paper: Paper) -> bytes:
    """The number is a field's result in a content control."""

    def made(said: str) -> str:
        label, number = said.split(" ", 1)
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            'DOCPROPERTY SoVanBan "1234/CU" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{_run(number)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        return f"{_run(label + ' ')}<w:sdt><w:sdtPr/><w:sdtContent>{field}</w:sdtContent></w:sdt>"

    return _changed(word.docx(paper, "table"), lambda text: _number(text, paper, made))


def shattered(paper: Paper) -> bytes:
    """Each letter a run, with marks of the spelling checker between."""
    run = re.compile(r'<w:r><w:t xml:space="preserve">([^<&]+)</w:t></w:r>')

    def broken(found: re.Match[str]) -> str:
        return '<w:proofErr w:type="spellStart"/>'.join(_run(letter) for letter in found[1])

    return _changed(word.docx(paper, "table"), lambda text: run.sub(broken, text))


def broken_lines(paper: Paper) -> bytes:
    """Cells of one paragraph with line breaks."""
    joint = re.compile(r'</w:t></w:r></w:p><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>(?=<w:t)')

    def change(text: str) -> str:
        head, rest = text.split("</w:tbl>", 1)
        return joint.sub("</w:t><w:br/>", head) + "</w:tbl>" + rest

    return _changed(word.docx(paper, "table"), change)


def old_font(paper: Paper, encoding: Encoding, font: str) -> bytes:
    """Typed in a font from before Unicode."""
    run = re.compile(r'<w:r><w:t xml:space="preserve">([^<]+)</w:t></w:r>')
    named = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'

    def typed(found: re.Match[str]) -> str:
        plain = found[1].replace("&amp;", "&")
        shown = encode(plain, encoding).encode("latin-1", "replace").decode("cp1252", "replace")
        return _run(escape(shown), named)

    return _changed(word.docx(paper, "table"), lambda text: run.sub(typed, text))


def small_typed(paper: Paper) -> bytes:
    """Capitals by style: typed small."""
    capital = re.compile(r'<w:r><w:t xml:space="preserve">([^<a-zà-ỹ&]{6,})</w:t></w:r>')
    return _changed(
        word.docx(paper, "table"),
        lambda text: capital.sub(lambda found: _run(found[1].lower(), "<w:caps/>"), text),
    )


WAYS: dict[str, Callable[[Paper], bytes]] = {
    "merged": merged, "nested": nested, "in-header": in_header, "corrected": corrected, "hidden": hidden,
    "fields": fields, "shattered": shattered, "broken-lines": broken_lines, "caps": small_typed,
    "abc": lambda paper: old_font(paper, Encoding.TCVN3, ".VnTime"),
    "vni": lambda paper: old_font(paper, Encoding.VNI, "VNI-Times"),
}  # fmt: skip
