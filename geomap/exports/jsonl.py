"""Incidents → JSON Lines: one Feature a line, for streams and for `jq`."""

import json
from collections.abc import Iterable

from geomap.exports.record import to_features
from geomap.incident import Incident


def to_jsonl(incidents: Iterable[Incident]) -> str:
    """Write incidents out, one Feature a line, in the order given.

    Examples
    --------
    >>> to_jsonl([])
    ''
    """
    return "".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False) + "\n" for feature in to_features(incidents)
    )
