"""Distance and direction on the sphere."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from gazetteer.place import LngLat

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth, IUGG."""


def distance_m(a: LngLat, b: LngLat) -> float:
    """Great-circle distance in metres by the haversine formula; within 0.6 % of the ellipsoid.

    Examples
    --------
    >>> round(distance_m(LngLat(44.40088, 33.34058), LngLat(44.390259, 33.307577)))
    3800
    """
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half_lat, half_lng = (lat2 - lat1) / 2, radians(b.lng - a.lng) / 2
    h = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lng) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(h)))


def destination(start: LngLat, bearing: float, metres: float) -> LngLat:
    """Give the point that lies so far in a direction along a great circle.

    Parameters
    ----------
    start
        Where from.
    bearing
        Degrees clockwise from north.
    metres
        How far.

    Examples
    --------
    >>> destination(LngLat(44.0, 33.0), 0, 111_195.1)
    LngLat(lng=44.0, lat=34.0)
    """
    angle, course = metres / EARTH_RADIUS_M, radians(bearing)
    lat1, lng1 = radians(start.lat), radians(start.lng)
    lat2 = asin(max(-1.0, min(1.0, sin(lat1) * cos(angle) + cos(lat1) * sin(angle) * cos(course))))
    lng2 = lng1 + atan2(sin(course) * sin(angle) * cos(lat1), cos(angle) - sin(lat1) * sin(lat2))
    return LngLat(round((degrees(lng2) + 180) % 360 - 180, 6), round(degrees(lat2), 6))


def bearing_deg(a: LngLat, b: LngLat) -> float:
    """Give the direction from one point to another at the first, in degrees clockwise from north.

    Examples
    --------
    >>> bearing_deg(LngLat(44.0, 33.0), LngLat(44.0, 32.0))
    180.0
    """
    lat1, lat2, lng = radians(a.lat), radians(b.lat), radians(b.lng - a.lng)
    east = sin(lng) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lng)
    return degrees(atan2(east, north)) % 360
