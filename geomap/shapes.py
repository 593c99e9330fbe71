"""The geometry of an incident: a point where the text names a point, an area where it names an area."""

import dataclasses
from math import asin, atan2, cos, degrees, isfinite, pi, radians, sin

from gazetteer import Gazetteer, Geometry, LngLat, Precision
from gazetteer.distance import EARTH_RADIUS_M
from gazetteer.relative import from_id, is_relative
from geomap.incident import IncidentPlace

_CORNERS = 48
"""Corners of the polygon drawn for a circle: it deviates from it by 0.2 % of the radius."""
_NO_BORDER = "its border is not known: drawn as a circle of "


def located(place: IncidentPlace, world: Gazetteer) -> tuple[IncidentPlace, Geometry | None]:
    """Give a place with its geometry: never an area's centre as a pin.

    A point for site, district and settlement; a circle for "near a settlement"; the worked-out shape of a place told by
    others ("north of X"); the polygon of an area. Where the gazetteer has none, as for most second-level areas, the
    circle that holds the area, and the place says so among its reasons. None where not even that is known.
    """
    if is_relative(place.place_id) and place.precision.is_area:
        told = from_id(place.place_id, world)
        return place, told.shape if told else circle(place.point, place.uncertainty_m)
    if not place.precision.is_area:
        return place, Geometry("Point", place.point)
    if place.precision is Precision.NEAR_SETTLEMENT:
        return place, circle(place.point, place.uncertainty_m)
    entry = world.place(place.place_id)
    shape = None if entry is None else world.shape(entry)
    if shape is not None or not (isfinite(place.uncertainty_m) and place.uncertainty_m > 0):
        return place, shape
    reason = f"{_NO_BORDER}{place.uncertainty_m / 1000:.0f} km"
    return dataclasses.replace(place, reasons=(*place.reasons, reason)), circle(place.point, place.uncertainty_m)


def is_approximate(place: IncidentPlace) -> bool:
    """Whether the area that is drawn for a place has no border that anyone drew: a circle, or "north of X"."""
    worked_out = place.precision is Precision.NEAR_SETTLEMENT or is_relative(place.place_id)
    return place.precision.is_area and (worked_out or any(reason.startswith(_NO_BORDER) for reason in place.reasons))


def circle(centre: LngLat, radius_m: float) -> Geometry:
    """Give a polygon for a circle on the sphere, counter-clockwise; one that holds a pole is not drawn right.

    Examples
    --------
    >>> ring = circle(LngLat(44.4, 33.3), 10_000).coordinates[0]
    >>> len(ring), ring[0] == ring[-1]
    (49, True)
    """
    lat, away = radians(centre.lat), radius_m / EARTH_RADIUS_M
    ring = []
    for k in range(_CORNERS):
        north, east = sin(2 * pi * k / _CORNERS), cos(2 * pi * k / _CORNERS)
        to_lat = asin(sin(lat) * cos(away) + cos(lat) * sin(away) * north)
        to_lng = atan2(east * sin(away) * cos(lat), cos(away) - sin(lat) * sin(to_lat))
        ring.append(LngLat(round(centre.lng + degrees(to_lng), 5), round(degrees(to_lat), 5)))
    return Geometry("Polygon", ((*ring, ring[0]),))
