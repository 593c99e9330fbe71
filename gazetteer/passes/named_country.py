"""The document speaks of the candidate's country: by its name, its people or its capital."""

from gazetteer.document import Document, Query, Vote
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate

_NAMED = 2.0  # طرابلس in an article that speaks of Lebanon: the Lebanese port (PPLA) before Libya's capital
_MOST = 0.8  # the country spoken of most often, over others that are spoken of too


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer places of countries that the document speaks of."""
    country = candidate.place.country
    if country is None or candidate.place.kind is PlaceKind.COUNTRY or country not in document.countries:
        return None
    most = max(document.countries.values())
    share = document.countries[country] / most
    return Vote(_NAMED + _MOST * share, f"the article speaks of {country}")
