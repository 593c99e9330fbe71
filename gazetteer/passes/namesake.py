"""A town or a sea and the area that is called after it: Aleppo, Basra, Tunis; the Red Sea."""

from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate

_AREAS = (PlaceKind.ADMIN1, PlaceKind.ADMIN2)
_SEATS = ("PPLC", "PPLA")


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer the town: who means the governorate says so ("محافظة حلب"). Not fitted: both lie within any tolerance."""
    if not query.asked.isdisjoint(_AREAS):
        return None
    if candidate.place.kind is PlaceKind.WATER and any(c.place.kind in _AREAS for c in query.candidates):
        return Vote("water_of_its_area", 1.0, "the water before the area called after it")
    if candidate.place.kind is not PlaceKind.SETTLEMENT:
        return None
    if not (candidate.preferred and candidate.place.feature.startswith(_SEATS)):
        return None  # Oklahoma City is called Oklahoma too, but the state comes first
    if any(c.place.kind in _AREAS and c.place.id in candidate.place.parents for c in query.candidates):
        return Vote("town_of_its_area", 1.0, "the town before the area called after it")
    return None
