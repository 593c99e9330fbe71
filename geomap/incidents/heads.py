"""The learned decisions of joining: small logistic regressions over named signs, their coefficients committed data.

``heads.json`` is written by ``benchmarks/fit_heads.py`` from annotated articles. Each head gives the chance that a
careful reader would join two things that a text says: a trigger and a place told of outside its sentence
(``carried``), a place with a figure or date of its own and the kind of event told of before (``inherited``), a place
and what the sentence encoder hears in its sentence (``untold``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from gazetteer import Resolution
from geomap.incidents.draft import Trigger
from geomap.mentions import Found

Signs = dict[str, float]
"""What speaks for and against a join, by name; what is left out is 0."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An event and a place that a head weighed against each other, and the chance that they belong together."""

    trigger: Trigger
    found: Found
    resolution: Resolution
    signs: Signs
    chance: float
    head: str


@cache
def tables() -> Mapping[str, Mapping[str, float]]:
    """Give the coefficients of all heads, as they are committed."""
    loaded: dict[str, dict[str, float]] = json.loads((files("geomap") / "heads.json").read_text("utf-8"))
    return loaded


def weights(head: str) -> Mapping[str, float]:
    """Give the fitted coefficients of a head.

    Examples
    --------
    >>> weights("carried")["bias"] < 0
    True
    """
    return tables()[head]


def part(head: str, signs: Signs) -> float:
    """Give what some signs add to the log odds of a head."""
    fitted = weights(head)
    return sum(value * fitted.get(name, 0.0) for name, value in signs.items())


def chance(log_odds: float) -> float:
    """Give the probability of log odds.

    Examples
    --------
    >>> chance(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def telling(head: str, signs: Signs, most: int = 3) -> str:
    """Name the signs that weigh most in a decision: for `explain`."""
    fitted = weights(head)
    weighed = [(value * fitted.get(name, 0.0), name) for name, value in signs.items() if name != "bias"]
    ranked = sorted((row for row in weighed if abs(row[0]) > 0), key=lambda row: (-abs(row[0]), row[1]))
    return ", ".join(f"{name} {weight:+.1f}" for weight, name in ranked[:most])
