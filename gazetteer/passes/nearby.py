"""Close to places that are already certain."""

from gazetteer.distance import distance_m
from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate

_NEAR_M = 150_000.0  # القائم (Iraq) is 100 km from Ain al-Asad
_NEAR = 1.5


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer what lies near an anchor other than itself."""
    place = candidate.place
    if place.kind in (PlaceKind.COUNTRY, PlaceKind.WATER, PlaceKind.REGION):
        return None
    for anchor in document.anchors:
        if anchor.id != place.id and distance_m(anchor.point, place.point) <= _NEAR_M:
            return Vote(_NEAR, f"near {anchor.name}, which is certain")
    return None
