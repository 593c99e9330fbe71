"""Whose a place is, by its id: what maps and exported files must say when a server was asked (``--online``)."""

from collections.abc import Iterable

from gazetteer.relative import is_relative
from geomap.incident import Incident

OPENSTREETMAP = "© OpenStreetMap contributors (ODbL)"
_OSM = "osm:"


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
