"""One word for one thing in all messages, and no English in a Vietnamese sentence."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.locale import build
from dossier.vietnamese import nfc

GLOSSARY = tomllib.loads((build.ENGLISH.parents[2] / "glossary.toml").read_text("utf-8"))
MESSAGES = [str(message.id) for message in build.read(build.ENGLISH) if message.id]
# What is typed or named and stays as it is: commands, options, fields, keys, file names, programs, addresses.
_TYPED = re.compile(
    r"\{[^}]*\}|`[^`]*`|--?[a-z][\w-]*|\bdossier(?: [a-z-]+){0,2}|\[[\w.]+\](?: ?\w+)?|"
    r"[\w*.-]*\.[a-z]{2,5}\b|\b\w+ ?= ?\S*|[“\"'][\w. …-]*[”\"']|https?:\S*|\w+/\w+(?:/\w+)*|"
    r"\w+_\w+|</?\w+[^>]*>"
)
_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_DOCSTRING = re.compile(r"\b(?:the|of|and|is|where|with)\b")
_WORD = re.compile(r"[A-Za-zÀ-ỹ]+")
_ENGLISH = set(GLOSSARY["english"]["words"]) - set(GLOSSARY["english"]["allowed"])


def test_english_stands_in_no_vietnamese_message() -> None:
    wrong = {
        message: sorted(found)
        for message in MESSAGES
        if (found := _ENGLISH & {word.lower() for word in _WORD.findall(_TYPED.sub(" ", message))})
    }
    assert wrong == {}


@pytest.mark.parametrize("term", GLOSSARY["term"], ids=lambda term: term["vi"])
def test_one_thing_has_one_word(term: dict[str, str | list[str]]) -> None:
    for other in term["not"]:
        written = re.compile(rf"(?<!\w){re.escape(nfc(other))}(?!\w)", re.IGNORECASE)
        assert [message for message in MESSAGES if written.search(_TYPED.sub(" ", message))] == []


def test_manual_keeps_to_the_glossary() -> None:
    folder = Path(__file__).resolve().parents[1] / "docs/vi"
    for page in folder.glob("*.md"):
        text = nfc(page.read_text("utf-8"))
        for term in GLOSSARY["term"]:
            for other in term["not"]:
                assert not re.search(rf"(?<!\w){re.escape(nfc(other))}(?!\w)", text), (page.name, other)


def test_every_message_is_in_both_languages() -> None:
    lacking = [str(m.id) for m in build.read(build.ENGLISH) if m.id and not m.string]
    assert lacking == []


def test_papers_law_and_readme_keep_to_the_glossary() -> None:
    root = Path(__file__).resolve().parents[1]
    texts: dict[str, str] = {"README.vi.md": (root / "README.vi.md").read_text("utf-8")}
    for folder in ("reports", "dossier/usecases", "dossier/web"):
        for source in (root / folder).rglob("*.py"):
            texts[source.name] = "\n".join(_said_in(source))
    for law in (root / "dossier/checklists").glob("*.toml"):
        if law.name not in ("vocabulary.toml", "secrecy.toml", "folders.toml"):  # words of papers, not ours
            said = tomllib.loads(law.read_text("utf-8"))
            texts[law.name] = "\n".join(_vietnamese(said))
    wrong = [
        (name, other)
        for name, text in texts.items()
        for term in GLOSSARY["term"]
        for other in term["not"]
        if re.search(rf"(?<!\w){re.escape(nfc(other))}(?!\w)", _TYPED.sub(" ", nfc(text)))
    ]
    assert wrong == []


def _said_in(source: Path) -> Iterator[str]:
    """What stands in a module in Vietnamese; the words of the decree's specimen are its own."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        said = node.value if isinstance(node, ast.Constant) else ""
        if isinstance(said, str) and _MARKED.search(said.lower()) and not _DOCSTRING.search(said):
            yield said.replace("Tổng số tệp tin trong hồ sơ", "")


def _vietnamese(said: object, key: str = "") -> Iterator[str]:
    if isinstance(said, dict):
        for name, value in said.items():
            yield from _vietnamese(value, name)
    elif isinstance(said, list):
        for value in said:
            yield from _vietnamese(value, key)
    elif isinstance(said, str) and key in ("title", "what", "why", "fix", "example", "note", "called"):
        yield said
