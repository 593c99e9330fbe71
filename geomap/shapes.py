"""The geometry of an incident: a point where the text names a point, an area where it names an area."""

from math import cos, pi, radians, sin

from gazetteer import Gazetteer, Geometry, LngLat, Precision
from gazetteer.distance import EARTH_RADIUS_M
from gazetteer.relative import from_id, is_relative
from geomap.incident import IncidentPlace

_CORNERS = 48
"""Corners of the polygon drawn for a circle: it deviates from it by 0.2 % of the radius."""


def geometry_of(place: IncidentPlace, world: Gazetteer) -> Geometry | None:
    """Give a place's geometry: never an area's centre as a pin.

    A point for site, district and settlement; a circle for "near a settlement"; the worked-out shape of a place told by
    others ("north of X"); the polygon of an area, None where
    the gazetteer has none.
    """
    if is_relative(place.place_id) and place.precision.is_area:
        told = from_id(place.place_id, world)
        return told.shape if told else circle(place.point, place.uncertainty_m)
    if not place.precision.is_area:
        return Geometry("Point", place.point)
    if place.precision is Precision.NEAR_SETTLEMENT:
        return circle(place.point, place.uncertainty_m)
    entry = world.place(place.place_id)
    return None if entry is None else world.shape(entry)


def circle(centre: LngLat, radius_m: float) -> Geometry:
    """Give a polygon for a circle on the sphere, counter-clockwise; exact enough below 100 km and 80° of latitude.

    Examples
    --------
    >>> ring = circle(LngLat(44.4, 33.3), 10_000).coordinates[0]
    >>> len(ring), ring[0] == ring[-1]
    (49, True)
    """
    d_lat = radius_m / EARTH_RADIUS_M * 180 / pi
    d_lng = d_lat / max(cos(radians(centre.lat)), 0.05)
    ring = [
        LngLat(
            round(centre.lng + d_lng * cos(2 * pi * k / _CORNERS), 5),
            round(centre.lat + d_lat * sin(2 * pi * k / _CORNERS), 5),
        )
        for k in range(_CORNERS)
    ]
    return Geometry("Polygon", ((*ring, ring[0]),))
