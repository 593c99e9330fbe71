"""The coefficients of the resolver: ``weights.json``, written by ``benchmarks/fit_resolution.py``."""

import json
from collections.abc import Mapping
from pathlib import Path


def _read() -> Mapping[str, float]:
    text = (Path(__file__).parent / "weights.json").read_text("utf-8")
    return {name: float(value) for name, value in json.loads(text)["weights"].items()}


WEIGHTS = _read()
"""Feature of a `gazetteer.document.Vote` → coefficient of the conditional logit, in log odds."""
