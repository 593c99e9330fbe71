"""Names such as "the Green Zone" or "the US embassy" mean a place only where its surroundings are spoken of."""

from gazetteer.distance import distance_m
from gazetteer.document import Document, Query, Vote
from gazetteer.resolution import Candidate

_REACH_M = 40_000.0  # the airport of a capital lies this far out


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Let a conditional name count only beside its surroundings."""
    if not candidate.conditional:
        return None
    place = candidate.place
    for town in document.towns:
        if town.id != place.id and (town.id in place.parents or distance_m(town.point, place.point) <= _REACH_M):
            return Vote("surroundings", 1.0, f"the article speaks of {town.name}")
    if place.country in document.countries:
        return None
    return Vote("no_surroundings", 1.0, "its surroundings are not spoken of")
