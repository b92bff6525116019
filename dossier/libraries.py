"""Libraries without which the tool does less: whether one works here, which takes more than being installed.

A library with native code may be there and still not load: it was built for a newer system or processor, or
lacks a library of its own. Both cases are answered in one way.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from traceback import walk_tb

from dossier.i18n import _

_OUR_OWN = ("dossier", "reports", "__main__")
_LONGEST = 160  # characters of what the system said
_NATIVE = {
    "lxml": "lxml.etree",
    "PIL": "PIL.Image",
}  # whose native code is not loaded with the package


@lru_cache(maxsize=64)
def trouble(name: str) -> str | None:
    """Why the package ``name`` cannot be imported: ``""`` where it is not installed, else what was said when
    it was loaded, in technical words. ``None``: it can."""
    try:
        if find_spec(name) is None:
            return ""
        import_module(_NATIVE.get(name, name))
    except Exception as error:  # noqa: BLE001  OSError from the loader, RuntimeError for an old processor, …
        return short(error)
    return None


def installed(name: str) -> bool:
    """Whether the package is there; it is not loaded, which may take longer than the question is worth."""
    return find_spec(name) is not None


def usable(name: str) -> bool:
    """Whether the package is installed and loads."""
    return trouble(name) is None


def short(error: Exception) -> str:
    """What the system said, in one line."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__


def package_of(error: Exception) -> str:
    """The package whose import raised this, whatever it raised; empty where it was no import that failed."""
    if isinstance(error, ImportError) and error.name:
        package = error.name.partition(".")[0]
        return "" if package in _OUR_OWN else package
    for frame, _line in walk_tb(error.__traceback__):
        if frame.f_code.co_name == "<module>":  # the body of a module, which runs when it is imported
            package = str(frame.f_globals.get("__name__")).partition(".")[0]
            if package not in _OUR_OWN:
                return package
    return ""


def fault_of(error: Exception) -> str:
    """A sentence about the package whose import raised this; empty where it was no import that failed."""
    package = package_of(error)
    if not package:
        return ""
    return why_not(package, "" if isinstance(error, ModuleNotFoundError) else short(error))


def advice() -> str:
    """What to do about a package that is missing or does not load."""
    return _("Xem cách sửa: dossier doctor")


def why_not(name: str, said: str) -> str:
    """A sentence: what is wrong with the package, from what :func:`trouble` said."""
    if not said:
        return _("Chưa cài thư viện {name} trên máy này.").format(name=name)
    return _("Thư viện {name} đã cài nhưng không nạp được trên máy này ({why}).").format(name=name, why=said)
