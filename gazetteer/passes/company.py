"""Where the other names of the document lie: in the same country, the same province, nearby."""

from math import log1p

from gazetteer.company import Company
from gazetteer.document import Document, Vote
from gazetteer.place import Place, PlaceKind
from gazetteer.resolution import Candidate

_WORTH_SAYING = 0.5
"""Mass from which the reason is told: a name that is likelier there than not."""
_NOTHING = Company()


def country(name: str, candidate: Candidate, document: Document) -> Vote | None:
    """Prefer the country in which the other names lie: القائم beside Ramadi and Haditha."""
    code = candidate.place.country
    if code is None or candidate.place.kind is PlaceKind.COUNTRY:
        return None
    own = document.company.own.get(name, _NOTHING)
    mass = document.company.countries.get(code, 0.0) - own.countries.get(code, 0.0)
    reason = f"other names of the article lie in {code}" if mass >= _WORTH_SAYING else ""
    return Vote("company_country", log1p(max(0.0, mass)), reason) if mass > 0 else None


def province(name: str, candidate: Candidate, document: Document) -> Vote | None:
    """Prefer the province in which the other names lie: Columbus beside Omaha is the one in Nebraska."""
    found = _province(candidate.place)
    if found is None:
        return None
    own = document.company.own.get(name, _NOTHING)
    mass = document.company.provinces.get(found, 0.0) - own.provinces.get(found, 0.0)
    reason = f"other names of the article lie in {found}" if mass >= _WORTH_SAYING else ""
    return Vote("company_province", log1p(max(0.0, mass)), reason) if mass > 0 else None


def nearby(name: str, candidate: Candidate, document: Document) -> Vote | None:
    """Prefer what lies near other names: a village between two towns that are certain."""
    place = candidate.place
    if place.kind in (PlaceKind.COUNTRY, PlaceKind.WATER, PlaceKind.REGION):
        return None
    own = document.company.own.get(name, _NOTHING)
    mass = document.company.around(place) - own.around(place)
    reason = "other names of the article lie within 160 km" if mass >= _WORTH_SAYING else ""
    return Vote("company_near", log1p(max(0.0, mass)), reason) if mass > 0 else None


def _province(place: Place) -> str | None:
    if place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1):
        return None
    return next((parent for parent in place.parents if parent.startswith("admin1:")), None)
