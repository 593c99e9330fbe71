"""How sure an incident is: a logistic regression over what the rules saw.

The coefficients are data (``confidence.json``, written by ``benchmarks/fit_confidence.py`` from annotated articles) for
the probability that a careful reader would put this incident, of this type, at this place. It ranks, and what is rather
no incident is dropped.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log1p

from gazetteer import PlaceKind, Role
from geomap.incident import DateBasis, When
from geomap.incidents.kinds import OPEN
from geomap.merge import Event

LEAST = 0.15
"""Below this an incident is dropped: what is right less often costs more than it brings. The seed article's undated
strikes in two whole countries reach 0.19 and are incidents."""
_AREAS = (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)
_EARLY = 3


def signs_of(event: Event, when: When) -> dict[str, float]:
    """Give what speaks for and against an event, by name; 0 is left out.

    Examples
    --------
    >>> round(likelihood({}, {"bias": 0.0}), 2)
    0.5
    """
    first = event.drafts[0]
    place = min((d.locations[0] for d in event.drafts), key=lambda loc: loc.place.radius_m)
    trigger = first.trigger
    told = when.basis in (DateBasis.EXPLICIT, DateBasis.RELATIVE)
    forms = {d.trigger.form for d in event.drafts}
    kind = place.place.kind
    signs = {
        "bias": 1.0,
        "place": place.resolution.confidence,
        "score": max(d.locations[0].score for d in event.drafts),
        "located": float(place.found.located),
        "back": float(place.found.back),
        "near": float(place.near),
        "from": float(place.found.from_origin),
        "facility": float(place.found.mention.role is Role.FACILITY),
        "country": float(kind is PlaceKind.COUNTRY),
        "area": float(kind in _AREAS),
        "settlement": float(kind is PlaceKind.SETTLEMENT),
        "dated": float(told and event.borrowed is None),
        "borrowed": float(event.borrowed is not None),
        "undated": float(when.end is None),
        "killed": float(any(d.killed for d in event.drafts)),
        "injured": float(any(d.injured for d in event.drafts)),
        "aside": float(bool(event.asides)),
        "counted": float(first.count is not None),
        "verb": float("verbs" in forms),
        "only_tolls": float(forms == {"casualties"}),
        "definite": float(all(d.trigger.definite for d in event.drafts)),
        "vague": float(all(d.trigger.sub_type in OPEN for d in event.drafts)),
        "early": float(trigger.sentence < _EARLY),
        "told_again": log1p(len(event.drafts) - 1),
        "crowd": log1p(first.rivals),
        "sourced": float(any(d.report and d.report.source for d in event.drafts)),
        "weapon": float(first.weapon is not None),
        f"type_{trigger.event_type}": 1.0,
    }
    return {name: value for name, value in signs.items() if value}


@cache
def weights() -> Mapping[str, float]:
    """Give the fitted coefficients."""
    table: dict[str, float] = json.loads((files("geomap") / "confidence.json").read_text("utf-8"))
    return table


def likelihood(signs: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """Give the probability that the coefficients put on some signs."""
    return 1 / (1 + exp(-sum(value * coefficients.get(name, 0.0) for name, value in signs.items())))


def confidence_of(event: Event, when: When) -> float:
    """Give how sure an event is an incident of its type at its place: 0.01 to 0.99."""
    return round(min(max(likelihood(signs_of(event, when), weights()), 0.01), 0.99), 3)
