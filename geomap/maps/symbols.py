"""One shape and one colour for each kind of event: ``symbols.json``, for the page's script and for pictures."""

import json
from functools import cache
from importlib import resources
from typing import Any

SEVERAL = "several"
"""The symbol of a mark whose incidents are of several kinds."""
OTHER = "other"


@cache
def symbols() -> dict[str, Any]:
    """Give, for each event type, its ``colour`` and its ``shape``: a polygon in a circle of radius 1, y downwards.

    The colours are those of Okabe and Ito (2008), which stay apart for the colour-blind; some lie below a contrast of
    3:1 on a light map, so every shape has a dark outline, and no two kinds have the same shape.

    Examples
    --------
    >>> symbols()["battle"]["colour"]
    '#0072b2'
    """
    found: dict[str, Any] = json.loads((resources.files(__package__) / "symbols.json").read_text("utf-8"))
    return found
