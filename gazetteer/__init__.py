"""Written names → places. Embedded, offline, in every script of its languages.

Examples
--------
>>> import gazetteer
>>> with gazetteer.open_gazetteer() as world:
...     world.lookup("بغداد", country="IQ")[0].place.name
'Baghdad'
"""

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
from gazetteer.format import DATA
from gazetteer.gazetteer import Gazetteer
from gazetteer.geometry import Geometry
from gazetteer.index import NameMatch
from gazetteer.names import fold
from gazetteer.place import LngLat, Place, PlaceKind, Precision
from gazetteer.resolution import Candidate, Mention, Resolution, Role
from gazetteer.resolve import resolve

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


def open_gazetteer(folder: Path = DATA, layers: Sequence[Path] = ()) -> Gazetteer:
    """Open the embedded gazetteer, or one built into another folder.

    Parameters
    ----------
    folder
        A folder with the built files.
    layers
        Your own gazetteers above it, the topmost first: files (CSV, GeoJSON, Linked Places, GeoNames dump) or folders
        made by ``gazetteer build``. What was left out of them: ``Gazetteer.layers[i].problems``.

    Raises
    ------
    DataMissingError, DataVersionError, DataDamagedError
        Each says what to do about it.
    """
    return Gazetteer(folder, layers)
