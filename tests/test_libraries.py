"""Libraries that are missing, or there and do not load."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from dossier import libraries
from dossier.archive import open_archive
from dossier.errors import ExitCode
from dossier.index import chosen_engine
from dossier.model import Content, Unread, UnreadReason
from dossier.model.health import Health
from dossier.scanner.readers import Limits, read_bytes
from dossier.usecases import doctor
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, put

Break = Callable[..., None]
_READERS = "dossier.scanner.readers."  # these modules hold what they imported before


@pytest.fixture
def break_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Break]:
    """``break_library(name, statement)``: from now on importing the package runs the statement first."""

    def breaking(name: str, statement: str = "raise ImportError('DLL load failed')") -> None:
        for module in [m for m in sys.modules if m == name or m.startswith((f"{name}.", _READERS))]:
            if module != f"{_READERS}interface":  # what they raise stays of one kind
                monkeypatch.delitem(sys.modules, module)
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(statement, "utf-8")
        libraries.trouble.cache_clear()

    monkeypatch.syspath_prepend(tmp_path)
    libraries.trouble.cache_clear()
    yield breaking
    monkeypatch.undo()
    libraries.trouble.cache_clear()


def test_library_that_is_there_and_loads_is_usable() -> None:
    assert libraries.trouble("lxml") is None
    assert libraries.usable("lxml")


def test_library_that_is_not_installed_has_no_trouble_to_tell_of() -> None:
    assert libraries.trouble("no_such_library_anywhere") == ""
    assert "Chưa cài thư viện x" in libraries.why_not("x", "")


@pytest.mark.parametrize(
    "statement",
    [
        "raise ImportError('DLL load failed while importing x: Module not found.')",
        "raise OSError('cannot load library')",
        "raise RuntimeError('NumPy was built with baseline optimizations: (X86_V2)')",
        "import a_library_of_its_own_that_is_not_there",
        "1/0",
    ],
)
def test_library_that_does_not_load_is_not_usable_and_says_why(break_library: Break, statement: str) -> None:
    break_library("half_installed", statement)
    said = libraries.trouble("half_installed")
    assert said
    assert not libraries.usable("half_installed")
    assert said in libraries.why_not("half_installed", said)


def test_search_goes_by_whoosh_where_tantivy_does_not_load(break_library: Break) -> None:
    assert chosen_engine() == "tantivy"
    break_library("tantivy")
    assert (chosen_engine(), chosen_engine("tantivy")) == ("whoosh", "whoosh")


# As a library fails that is there: by the loader, which names the module or not; by its own code that looks
# for a runtime; by its own code that looks at the processor.
FAILURES = [
    "raise ImportError('DLL load failed', name='{package}.native')",
    "raise ImportError('DLL load failed')",
    "raise OSError('[WinError 126] The specified module could not be found')",
    "raise RuntimeError('built with baseline optimizations: (X86_V2)')",
]
READ_BY = [
    ("xlsx", "python_calamine"), ("xlsx", "lxml"), ("docx", "lxml"), ("html", "lxml"), ("png", "PIL"),
    ("scan", "PIL"), ("scan", "pypdfium2"),
]  # fmt: skip


@pytest.mark.parametrize("statement", FAILURES)
@pytest.mark.parametrize(("kind", "package"), READ_BY)
def test_file_waits_for_its_library_and_is_not_called_damaged(
    break_library: Break, kind: str, package: str, statement: str
) -> None:
    data = FILES[kind]()
    break_library(package, statement.format(package=package))
    found = read_bytes(data, Limits())
    assert isinstance(found, Unread)
    assert (found.reason, found.lacks) == (UnreadReason.UNSUPPORTED, (package,))
    assert package in found.detail
    assert "hỏng" not in found.detail
    assert "?" not in found.detail


@pytest.mark.parametrize("package", ["numpy", "onnxruntime"])
@pytest.mark.parametrize("statement", FAILURES)
def test_scan_is_read_with_what_is_left(break_library: Break, package: str, statement: str) -> None:
    _scan_is_read_without(break_library, package, statement)


@pytest.mark.parametrize("statement", FAILURES)
def test_scan_is_read_by_the_program_where_the_library_does_not_load(
    break_library: Break, statement: str
) -> None:
    _scan_is_read_without(break_library, "tesserocr", statement)


def _scan_is_read_without(break_library: Break, package: str, statement: str) -> None:
    from dossier.scanner.ocr import engine

    data = _picture("PDF")
    break_library(package, statement.format(package=package))
    engine.cache_clear()
    found = read_bytes(data, Limits())
    engine.cache_clear()
    assert isinstance(found, Content), found
    assert "HOẠCH" in found.pages[0].text


def test_scan_is_read_where_the_packages_for_hand_writing_are_not_installed(
    break_library: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("numpy", "onnxruntime", "rapidocr"):
        monkeypatch.setitem(sys.modules, package, None)
    found = read_bytes(_picture("PDF"), Limits())
    assert isinstance(found, Content), found
    assert "HOẠCH" in found.pages[0].text


def test_text_of_a_pdf_is_read_by_another_library_and_read_again_when_its_own_works(
    break_library: Break,
) -> None:
    data = _written()
    break_library("pypdfium2", "raise OSError('[WinError 126]')")
    found = read_bytes(data, Limits())
    assert isinstance(found, Content), found
    assert "Ke hoach" in found.pages[0].text
    assert found.lacks == ("pypdfium2",)


@pytest.fixture
def broken_for_commands(break_library: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Break:
    """The same for the processes of commands."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return break_library


@pytest.mark.parametrize(
    ("package", "arguments"),
    [
        ("watchdog", ["watch"]),
        ("uvicorn", ["serve", "--no-browser"]),
        ("docx", ["report", "--format", "docx", "-o"]),
    ],
)
def test_command_that_needs_a_library_which_does_not_load_says_so(
    broken_for_commands: Break, tmp_path: Path, package: str, arguments: list[str]
) -> None:
    kho = tmp_path / "kho"
    put(kho, a_txt=FOUNDING)
    scan(open_archive(kho), workers=1)
    broken_for_commands(package)
    more = [str(tmp_path / "bao cao.docx")] if arguments[-1] == "-o" else []
    done = subprocess.run(
        [sys.executable, "-m", "dossier", *arguments, *more], cwd=kho, capture_output=True, timeout=300
    )
    said = done.stderr.decode("utf-8")
    assert done.returncode == ExitCode.USAGE
    assert package in said and "không nạp được" in said and "dossier doctor" in said
    assert "Traceback" not in said


def test_scan_goes_on_where_what_reads_word_does_not_load(broken_for_commands: Break, tmp_path: Path) -> None:
    kho = tmp_path / "kho"
    put(kho, a_txt=FOUNDING)
    broken_for_commands("lxml")
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "scan", "--json", "-"], cwd=kho, capture_output=True
    )
    assert done.returncode == ExitCode.FINDINGS, done.stderr.decode("utf-8")
    assert json.loads(done.stdout)["summary"]["unread"] == 0


def test_page_goes_on_where_what_watches_does_not_load(
    break_library: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier.web.background import Following

    for module in [
        m for m in sys.modules if m.startswith(("dossier.usecases.watch", "dossier.scanner.watch"))
    ]:
        monkeypatch.delitem(sys.modules, module)
    break_library("watchdog")
    following = Following(SimpleNamespace(judged=True, archive=open_archive(tmp_path)))  # type: ignore[arg-type]
    following.start()
    for _each in range(100):
        if following.trouble:
            break
        time.sleep(0.1)
    following.stop()
    assert "watchdog" in following.trouble and "không nạp được" in following.trouble


def test_doctor_names_every_library_that_does_not_load(break_library: Break, tmp_path: Path) -> None:
    packages = {
        "argon2": "argon2-cffi",
        "cryptography": "",
        "psycopg": "",
        "watchdog": "",
        "lxml": "",
        "uvicorn": "",
    }
    for package in packages:
        break_library(package)
    checks = {check.name: check for check in doctor.examine(open_archive(tmp_path))}
    for package, name in packages.items():
        broken = checks[name or package]
        assert broken.health is Health.BROKEN and "không nạp được" in broken.found


def test_damaged_file_stays_damaged() -> None:
    found = read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200), Limits())
    assert isinstance(found, Unread)
    assert found.reason is UnreadReason.CORRUPT


def test_locked_file_is_not_said_to_have_a_password_where_nobody_could_look(break_library: Break) -> None:
    from dossier.scanner.readers.package import unlocked

    break_library("msoffcrypto")
    with pytest.raises(ImportError):
        unlocked(b"", Limits())


def test_nothing_is_said_of_a_signature_that_could_not_be_looked_at(break_library: Break) -> None:
    from dossier.scanner.readers.signatures import of_pdf

    break_library("pyhanko", "raise ImportError('DLL load failed', name='pyhanko')")
    for module in [m for m in sys.modules if m.startswith("dossier.scanner.readers.pades")]:
        del sys.modules[module]
    (signature,) = of_pdf(b"%PDF-1.7 /ByteRange [0 1 2 3]")
    assert (signature.checked, signature.broken) == (False, False)
    assert "pyhanko" in signature.detail


def test_hand_writing_is_left_where_what_reads_it_does_not_load(break_library: Break) -> None:
    from dossier.scanner.ocr import ppocr

    break_library("onnxruntime")
    ppocr.model.cache_clear()
    assert ppocr.model() is None
    assert not ppocr.available()
    assert "onnxruntime" in ppocr.trouble()
    ppocr.model.cache_clear()


def test_tesseract_outside_the_process_reads_where_the_library_does_not_load(break_library: Break) -> None:
    from dossier.scanner.ocr import engine

    break_library("tesserocr")
    engine.cache_clear()
    assert engine("auto").name == "tesseract"
    engine.cache_clear()


def _spreadsheet() -> bytes:
    from io import BytesIO

    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write(0, 0, "Kế hoạch")
    book.close()
    return out.getvalue()


def _letter() -> bytes:
    from io import BytesIO

    import docx

    out = BytesIO()
    document = docx.Document()
    document.add_paragraph("Kế hoạch số 5")
    document.save(out)
    return out.getvalue()


def _picture(format_: str = "PNG") -> bytes:
    from io import BytesIO

    import font_roboto
    from PIL import Image, ImageDraw, ImageFont

    out = BytesIO()
    page = Image.new("RGB", (1200, 1600), "white")
    font = ImageFont.truetype(font_roboto.Roboto, 48)
    ImageDraw.Draw(page).text((200, 300), "KẾ HOẠCH\nVề việc xây dựng mô hình", "black", font)
    page.save(out, format_, resolution=150)
    return out.getvalue()


def _written() -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.set_font("Helvetica", size=12)
    document.add_page()
    document.cell(0, 8, "Ke hoach")
    return bytes(document.output())


FILES: dict[str, Callable[[], bytes]] = {
    "xlsx": _spreadsheet,
    "docx": _letter,
    "html": lambda: "<html><body><p>Kế hoạch</p></body></html>".encode(),
    "png": _picture,
    "scan": lambda: _picture("PDF"),
}
