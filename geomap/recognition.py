"""Whether a gazetteer match is a place mention here: signs that speak for and against it, and their coefficients.

A logistic regression; the coefficients are data (``recognition.json``, written by ``benchmarks/fit_recognition.py``),
one set for texts with capitals, one for scripts without.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from gazetteer import Candidate, NameMatch, PlaceKind
from gazetteer.passes.asked import is_asked
from geomap.names_in_text import NameContext, given_names
from geomap.reading import Reading
from geomap.surroundings import Surroundings

_SHORT = 3
"""Letters up to which a single word is short: قم, Of, Van."""
_TOP = 9.0
"""Prominence of a country; what is above counts the same."""


class Sign(NamedTuple):
    """Something that speaks for or against a match being a place mention: a coefficient's name and how much of it."""

    name: str
    value: float = 1.0


_sign = cache(Sign)
"""A sign that is there or not, made once: an article has hundreds."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all matches of an article.

    Attributes
    ----------
    spoken
        ISO codes of the countries that it speaks of.
    lower
        Its folded words that are written in lower case somewhere.
    placed
        Keys of names that a word of place governs somewhere in the article.
    """

    spoken: frozenset[str]
    lower: frozenset[str]
    placed: frozenset[str] = frozenset()


def signs(  # noqa: PLR0913, PLR0917 - what one decision looks at
    reading: Reading,
    match: NameMatch,
    candidates: Sequence[Candidate],
    around: Surroundings,
    context: NameContext,
    setting: Setting,
    *,
    everyday: bool,
    beside: bool,
) -> list[Sign]:
    """Give the signs of a match that has candidates."""
    best = candidates[0]
    surface = reading.article.text[match.start : match.end]
    asked_right = any(is_asked(around.asked, c.place.kind) for c in candidates)
    everyday = everyday and not asked_right  # بلدة المطلة is Metula, whatever مطلة means
    several = match.last > match.first
    found = [Sign("bias"), Sign("prominence", min(best.score, _TOP) / 3)]
    flags = {
        "several": several,
        "variant": not best.preferred,
        "state": best.place.kind is PlaceKind.COUNTRY or best.place.feature == "PPLC",
        "admin1": best.place.kind is PlaceKind.ADMIN1,
        "site": best.place.kind in (PlaceKind.SITE, PlaceKind.WATER, PlaceKind.REGION),
        "curated": best.place.source.startswith("curated"),
        "located": around.located,
        "near": around.near,
        "asked": bool(around.asked),
        "asked_right": asked_right,
        "beside": beside,
        "clitic": bool(match.clitic),
        "inflected": match.inflected,
        "clitic_alone": bool(match.clitic) and not several and not around.located,
        "everyday": everyday,
        "everyday_alone": everyday and not around.located and not around.asked,
        "short": not several and len(surface) <= _SHORT and not best.exact_case,
        "exact_case": best.exact_case,
        "spoken": any(c.place.country in setting.spoken for c in candidates),
        "placed_elsewhere": match.key in setting.placed,
        "capital_before": context.capital_before,
        "capital_after": context.capital_after,
        "body": context.role is not None,
        "lower_twin": not several and reading.words[match.first].folded in setting.lower,
        "opens": match.first == reading.sentence_of(match.first).first,
        "given": not several and reading.words[match.first].folded in given_names(reading.article.language),
        "shouted": len(surface) > _SHORT and surface.isupper(),
        "tag": reading.article.text[match.start - 1 : match.start] in ("#", "@"),
        "joined": "_"
        in (reading.article.text[match.start - 1 : match.start], reading.article.text[match.end : match.end + 1]),
    }
    return found + [_sign(name) for name, holds in flags.items() if holds]


@cache
def _weights() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = json.loads((files("geomap") / "recognition.json").read_text("utf-8"))
    return table


def likelihood(found: Sequence[Sign], *, cased: bool) -> float:
    """Give the log odds that a match with these signs is a place mention."""
    weights = _weights()["cased" if cased else "uncased"]
    return sum(weights.get(sign.name, 0.0) * sign.value for sign in found)
