"""The JSON Schema of what we write, for those who read it."""

from importlib.resources import files


def schema_text() -> str:
    """Give the JSON Schema (2020-12) of the FeatureCollection; ``#/$defs/feature`` is a line of JSONL.

    Examples
    --------
    >>> import json
    >>> json.loads(schema_text())["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    return files("geomap.exports").joinpath("schema.json").read_text(encoding="utf-8")
