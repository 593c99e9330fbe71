"""The document speaks of the candidate's country: by its name or its people."""

from math import log1p

from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer countries spoken of: طرابلس in an article on Lebanon is the Lebanese port, not Libya's capital."""
    country = candidate.place.country
    if country is None or candidate.place.kind is PlaceKind.COUNTRY or country not in document.countries:
        return None
    return Vote("named_country", 1.0, f"the article speaks of {country}")


def share(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer the country spoken of most often, over others that are spoken of too."""
    country = candidate.place.country
    if country is None or candidate.place.kind is PlaceKind.COUNTRY or country not in document.countries:
        return None
    count = document.countries[country]
    return Vote("named_country_share", log1p(count) * count / max(1, sum(document.countries.values())))
