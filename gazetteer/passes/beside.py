"""The container is written right after the name: "Paris, Texas", "المنطقة الخضراء ببغداد"."""

from gazetteer.distance import distance_m
from gazetteer.document import Document, Query, Vote
from gazetteer.place import Place, PlaceKind
from gazetteer.relative import whole_of
from gazetteer.resolution import Candidate

_CONTAINED = 6.0  # Paris, Texas (25,000) before Paris, France (2 million, PPLC)
_ELSEWHERE = -5.0  # "the Salah al-Din district of Aleppo": not the Iraqi governorate
_SUBURB_FACTOR = 1.5  # a quarter at the edge of the city still belongs to it


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:
    """Prefer what lies in a place that the text puts right after it."""
    if query.beside is None:
        return None
    for container in document.queries[query.beside].candidates:
        if lies_in(candidate.place, container.place):
            return Vote(_CONTAINED, f"in {container.place.name}, which is written right after it")
    if query.inside and query.asked and candidate.place.kind not in query.asked:
        return Vote(_ELSEWHERE, "the words put it into another place")
    return None


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
