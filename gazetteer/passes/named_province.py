"""The document names the province that holds the candidate: Paris in an article that speaks of Texas."""

from math import log1p

from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer what lies in a province that the document names."""
    if candidate.place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1):
        return None
    for parent in candidate.place.parents:
        if parent in document.provinces:
            return Vote("named_province", log1p(document.provinces[parent]), f"the article names {parent}")
    return None
