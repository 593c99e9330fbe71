"""Names such as "the Green Zone" or "the US embassy" mean a place only where its surroundings are spoken of."""

from gazetteer.distance import distance_m
from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate

_CITY_NAMED = 3.0  # السفارة الأميركية in an article on Baghdad: that embassy, not the one in Beirut
_NOT_NAMED = -99.0  # "green zone" of a sports ground: nothing
_REACH_M = 40_000.0  # the airport of a capital lies this far out


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:
    """Let a conditional name count only beside its surroundings."""
    if not candidate.conditional:
        return None
    place = candidate.place
    for other in document.queries:
        if other is query:
            continue
        for near in other.candidates[:1]:
            if near.place.kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT) and (
                near.place.id in place.parents or distance_m(near.place.point, place.point) <= _REACH_M
            ):
                return Vote(_CITY_NAMED, f"the article speaks of {near.place.name}")
    if place.country in document.countries:
        return Vote(0.0, f"the article speaks of {place.country}")
    return Vote(_NOT_NAMED, "its surroundings are not spoken of")
