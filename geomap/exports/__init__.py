"""Incidents → files of other programs, one format a file."""

from geomap.exports.geojson import to_geojson
from geomap.exports.jsonl import to_jsonl
from geomap.exports.write import write_output

__all__ = ["to_geojson", "to_jsonl", "write_output"]
