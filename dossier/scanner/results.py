"""What a worker may send back: values made of the model's classes and plain data, and nothing that runs.

A worker parses files that strangers made; were one taken over, unpickling whatever it sends would hand the
parent over too.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

from dossier.errors import DossierError
from dossier.i18n import Sentence

_PLAIN = {
    "builtins": {"set", "frozenset", "bytearray", "complex"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
}
_OURS = ("dossier.model.", "dossier.scanner.")


class ForeignResultError(pickle.UnpicklingError):
    """A worker sent what no reading of a file gives."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one that results are made of."""
        if (module, name) == (Sentence.__module__, Sentence.__name__):
            return Sentence
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        if f"{module}.".startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            # Classes of our own values only: never a function, nor what a module merely imports.
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise ForeignResultError(f"{module}.{name}")


def read(message: bytes | memoryview) -> Any:
    """The value in a worker's message. Raises :class:`pickle.UnpicklingError`."""
    return _Reader(io.BytesIO(message)).load()


def _is_value(found: type) -> bool:
    from enum import Enum

    named = issubclass(found, tuple) and hasattr(found, "_fields")  # such as the boxes of words
    return named or hasattr(found, "__dataclass_fields__") or issubclass(found, (Enum, DossierError))
