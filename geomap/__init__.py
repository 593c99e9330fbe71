"""News articles in, an honest, auditable map of the incidents they report out.

Examples
--------
>>> from datetime import date
>>> import geomap
>>> article = geomap.Article("1", "-", None, date(2024, 3, 7), "en", "A car bomb exploded in Mosul on Tuesday.")
>>> with geomap.open_gazetteer() as world:
...     (incident,) = geomap.find_incidents([article], world)
>>> incident.sub_type, incident.places[0].name, incident.when.start.isoformat()
('bombing', 'Mosul', '2024-03-05')
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer import Gazetteer, open_gazetteer
    from geomap.articles import Article, Problem, read_articles
    from geomap.errors import ArticleError, GeomapError, LanguageError, MapError, OutputError, UsageError
    from geomap.explanation import explain
    from geomap.exports import to_geojson, to_jsonl
    from geomap.incident import Incident
    from geomap.maps import Map
    from geomap.merge_reports import merge_reports
    from geomap.pipeline import Analysis, analyse, find_incidents

__all__ = [
    "Analysis",
    "Article",
    "ArticleError",
    "Gazetteer",
    "GeomapError",
    "Incident",
    "LanguageError",
    "Map",
    "MapError",
    "OutputError",
    "Problem",
    "UsageError",
    "analyse",
    "explain",
    "find_incidents",
    "merge_reports",
    "open_gazetteer",
    "read_articles",
    "to_geojson",
    "to_jsonl",
]

_HOMES = {
    "Analysis": "geomap.pipeline",
    "Article": "geomap.articles",
    "ArticleError": "geomap.errors",
    "Gazetteer": "gazetteer",
    "GeomapError": "geomap.errors",
    "Incident": "geomap.incident",
    "LanguageError": "geomap.errors",
    "Map": "geomap.maps",
    "MapError": "geomap.errors",
    "OutputError": "geomap.errors",
    "Problem": "geomap.articles",
    "UsageError": "geomap.errors",
    "analyse": "geomap.pipeline",
    "explain": "geomap.explanation",
    "find_incidents": "geomap.pipeline",
    "merge_reports": "geomap.merge_reports",
    "open_gazetteer": "gazetteer",
    "read_articles": "geomap.articles",
    "to_geojson": "geomap.exports",
    "to_jsonl": "geomap.exports",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: ``geomap --help`` needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
