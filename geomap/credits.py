"""Whose the data are, and what borders do not mean: what maps and exported files say of themselves."""

from collections.abc import Iterable

from gazetteer.format import OWN
from gazetteer.relative import is_relative
from geomap.incident import Incident

ATTRIBUTION = (
    "Places: GeoNames (https://www.geonames.org, CC BY 4.0), airportsdata (MIT), geomap. "
    "Areas: Natural Earth (public domain). Quotes: their articles."
)
"""Sources and licences; ``gazetteer info`` gives versions."""
BOUNDARIES = (
    "Borders and names are those of the data sources. They express no opinion on the legal status of any territory."
)
OPENSTREETMAP = "© OpenStreetMap contributors (ODbL)"
_OSM = "osm:"
_WHOSE = f"from {OWN}"


def is_openstreetmap(place_id: str) -> bool:
    """Whether a place is OpenStreetMap's, or worked out from one of it.

    Examples
    --------
    >>> is_openstreetmap("osm:node/7"), is_openstreetmap("rel:part:north:-:osm:way/7"), is_openstreetmap("geonames:7")
    (True, True, False)
    """
    return place_id.startswith(_OSM) or (is_relative(place_id) and f":{_OSM}" in place_id.replace("|", ":"))


def credits_of(incidents: Iterable[Incident]) -> list[str]:
    """Give what must be said besides the usual: who made the data that a server answered with.

    Examples
    --------
    >>> credits_of([])
    []
    """
    return [OPENSTREETMAP] if any(is_openstreetmap(p.place_id) for i in incidents for p in i.places) else []


def own_gazetteers(incidents: Iterable[Incident]) -> list[str]:
    """Give the names of the user's own gazetteers (``--gazetteer FILE``) that places of incidents are from, in order.

    Examples
    --------
    >>> own_gazetteers([])
    []
    """
    reasons = (reason for incident in incidents for place in incident.places for reason in place.reasons)
    told = [reason.removeprefix(_WHOSE) for reason in reasons if reason.startswith(_WHOSE)]
    return sorted({reason.rsplit(", ", 1)[0] for reason in told})  # without the line


def attribution_of(incidents: Iterable[Incident]) -> str:
    """Give whose data are in a file of some incidents: what is always in it, OpenStreetMap's, and the user's own files.

    Examples
    --------
    >>> attribution_of([]) == ATTRIBUTION
    True
    """
    incidents = tuple(incidents)
    own = own_gazetteers(incidents)
    parts = [ATTRIBUTION]
    parts += [f"Places asked of a server: {credit}." for credit in credits_of(incidents)]
    parts += [f"Your own gazetteer: {', '.join(own)}."] if own else []
    return " ".join(parts)
