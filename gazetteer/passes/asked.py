"""A cue word asks for a kind: قاعدة, airport, محافظة, city of."""

from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate

_TOWN = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT)
"""A quarter is called a city and a town a district, in news."""


def is_asked(asked: frozenset[PlaceKind], kind: PlaceKind) -> bool:
    """Whether a kind, or one that news take for it, is among the kinds asked for.

    Examples
    --------
    >>> is_asked(frozenset({PlaceKind.DISTRICT}), PlaceKind.SETTLEMENT), is_asked(frozenset(), PlaceKind.SITE)
    (True, False)
    """
    return kind in asked or (kind in _TOWN and not asked.isdisjoint(_TOWN))


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer the kinds asked for: "محافظة بغداد" is the governorate, not the capital."""
    if not query.asked:
        return None
    kind = candidate.place.kind
    if kind in query.asked:
        return Vote("asked_right", 1.0, f"the words beside it ask for a {kind.value}")
    if kind in _TOWN and not query.asked.isdisjoint(_TOWN):
        return Vote("asked_kin", 1.0, f"the words beside it ask for something like a {kind.value}")
    return Vote("asked_wrong", 1.0, f"the words beside it ask for another kind than {kind.value}")
