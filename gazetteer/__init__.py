"""Written names → places. Embedded, offline, in every script of its languages.

Examples
--------
>>> import gazetteer
>>> with gazetteer.open_gazetteer() as world:
...     world.lookup("بغداد", country="IQ")[0].place.name
'Baghdad'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gazetteer.document import Document, Query
    from gazetteer.errors import (
        DataDamagedError,
        DataMissingError,
        DataVersionError,
        GazetteerError,
        SourceError,
    )
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.geometry import Geometry
    from gazetteer.names import fold
    from gazetteer.place import LngLat, Place, PlaceKind, Precision
    from gazetteer.resolution import Candidate, Mention, Resolution, Role
    from gazetteer.resolver import resolve
    from gazetteer.scanner import NameMatch

__all__ = [
    "Candidate",
    "DataDamagedError",
    "DataMissingError",
    "DataVersionError",
    "Document",
    "Gazetteer",
    "GazetteerError",
    "Geometry",
    "LngLat",
    "Mention",
    "NameMatch",
    "Place",
    "PlaceKind",
    "Precision",
    "Query",
    "Resolution",
    "Role",
    "SourceError",
    "fold",
    "open_gazetteer",
    "resolve",
]


_HOMES = {
    "Candidate": "gazetteer.resolution",
    "DataDamagedError": "gazetteer.errors",
    "DataMissingError": "gazetteer.errors",
    "DataVersionError": "gazetteer.errors",
    "Document": "gazetteer.document",
    "Gazetteer": "gazetteer.gazetteer",
    "GazetteerError": "gazetteer.errors",
    "Geometry": "gazetteer.geometry",
    "LngLat": "gazetteer.place",
    "Mention": "gazetteer.resolution",
    "NameMatch": "gazetteer.scanner",
    "Place": "gazetteer.place",
    "PlaceKind": "gazetteer.place",
    "Precision": "gazetteer.place",
    "Query": "gazetteer.document",
    "Resolution": "gazetteer.resolution",
    "Role": "gazetteer.resolution",
    "SourceError": "gazetteer.errors",
    "fold": "gazetteer.names",
    "resolve": "gazetteer.resolver",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: `gazetteer lookup` needs a third of it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'gazetteer' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def open_gazetteer(folder: "Path | None" = None, layers: "Sequence[Path]" = ()) -> "Gazetteer":
    """Open the embedded gazetteer, or one built into another folder.

    Parameters
    ----------
    folder
        A folder with the built files; None for the ones in the package.
    layers
        Your own gazetteers above it, the topmost first: files (CSV, GeoJSON, Linked Places, GeoNames dump) or folders
        made by ``gazetteer build``. What was left out of them: ``Gazetteer.layers[i].problems``.

    Raises
    ------
    DataMissingError, DataVersionError, DataDamagedError
        Each says what to do about it.
    """
    from gazetteer.format import DATA
    from gazetteer.gazetteer import Gazetteer

    return Gazetteer(folder or DATA, layers)
