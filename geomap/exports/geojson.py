"""Incidents → one GeoJSON FeatureCollection (RFC 7946)."""

import json
from collections.abc import Iterable

from geomap.credits import BOUNDARIES, attribution_of
from geomap.exports.record import to_features
from geomap.incident import SCHEMA, Incident


def to_geojson(incidents: Iterable[Incident]) -> str:
    """Write incidents out as a FeatureCollection, one feature a line, in the order given.

    The same incidents give the same text, so that two runs can be compared line by line.

    Examples
    --------
    >>> json.loads(to_geojson([]))["features"]
    []
    """
    incidents = tuple(incidents)
    head = (
        f'{{"type": "FeatureCollection", "schema": {_json(SCHEMA)},\n'
        f'"attribution": {_json(attribution_of(incidents))},\n"boundaries": {_json(BOUNDARIES)},\n"features": ['
    )
    features = ",\n".join(_json(feature) for feature in to_features(incidents))
    return f"{head}\n{features}\n]}}\n" if features else f"{head}]}}\n"


def _json(value: object) -> str:
    # Not ASCII: an Arabic quote is for people too. NaN would be no JSON: refuse to write it.
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
