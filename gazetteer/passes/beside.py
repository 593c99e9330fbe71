"""The container is written right after the name: "Paris, Texas", "المنطقة الخضراء ببغداد"."""

from gazetteer.distance import distance_m
from gazetteer.document import Document, Query, Vote
from gazetteer.place import Place, PlaceKind
from gazetteer.relative import whole_of
from gazetteer.resolution import Candidate

_SUBURB_FACTOR = 1.5  # a quarter at the edge of the city still belongs to it


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:
    """Prefer what lies in a place that the text puts right after it."""
    if query.beside is None:
        return None
    for container in document.queries[query.beside].candidates:
        if lies_in(candidate.place, container.place):
            return Vote("contained", 1.0, f"in {container.place.name}, which is written right after it")
    if query.inside:
        return Vote("elsewhere_said", 1.0, "the words put it into another place")
    return Vote("elsewhere", 1.0, "not in the place that is written right after it")


def lies_in(place: Place, container: Place) -> bool:
    """Whether a place lies in another by its parents, its country or, for cities, by distance."""
    if place.id == container.id:
        return False
    if whole_of(container.id) in place.parents:
        return True
    if container.kind is PlaceKind.COUNTRY:
        return place.country == container.country
    if container.kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT):
        return (
            place.kind in (PlaceKind.SITE, PlaceKind.DISTRICT)
            and distance_m(place.point, container.point) <= container.radius_m * _SUBURB_FACTOR
        )
    return False
