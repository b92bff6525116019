"""Optional libraries: whether they are installed and can be loaded.

A library with native code may be installed and still not load: built for a newer system or processor, or
missing a library of its own. Both cases are handled alike.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from traceback import walk_tb

from dossier.i18n import _

_OUR_OWN = ("dossier", "reports", "__main__")
_LONGEST = 160  # characters of an error message
_NATIVE = {
    "lxml": "lxml.etree",
    "PIL": "PIL.Image",
}  # modules that load the native code of packages that load it lazily


@lru_cache(maxsize=64)
def trouble(name: str) -> str | None:
    """Why the package ``name`` cannot be imported: ``""`` if it is not installed, else the technical error
    message. ``None`` if it can be imported."""
    try:
        if find_spec(name) is None:
            return ""
        import_module(_NATIVE.get(name, name))
    except Exception as error:  # noqa: BLE001  OSError from the loader, RuntimeError for an old processor, …
        return short(error)
    return None


def installed(name: str) -> bool:
    """Whether the package is installed, without loading it, which may take long."""
    return find_spec(name) is not None


def usable(name: str) -> bool:
    """Whether the package is installed and loads."""
    return trouble(name) is None


def short(error: Exception) -> str:
    """The error message in one short line."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__


def package_of(error: Exception) -> str:
    """The package whose import raised the error; empty if it was not raised by an import."""
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
    """A sentence about the package whose import raised the error; empty if it was not raised by an import."""
    package = package_of(error)
    if not package:
        return ""
    return why_not(package, "" if isinstance(error, ModuleNotFoundError) else short(error))


def advice() -> str:
    """Advice for a package that is missing or does not load."""
    return _("Xem cách sửa: dossier doctor")


def why_not(name: str, said: str) -> str:
    """A sentence on what is wrong with the package; ``said``: from :func:`trouble`."""
    if not said:
        return _("Chưa cài thư viện {name} trên máy này.").format(name=name)
    return _("Thư viện {name} đã cài nhưng không nạp được trên máy này ({why}).").format(name=name, why=said)
