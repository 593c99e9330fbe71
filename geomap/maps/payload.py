"""Incidents → what the page's script reads. The only place of the map where dicts are made.

Tables are columns (`geomap.maps.columns`); `geomap.maps.records` fills those of the incidents, and
`geomap.maps.coordinates` says where things are.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.articles.article import Article
from geomap.credits import BOUNDARIES, attribution_of, credits_of, own_gazetteers
from geomap.incident import SCHEMA, Incident
from geomap.maps.basemap import BaseMap
from geomap.maps.columns import clean
from geomap.maps.coordinates import base_of, marks_of
from geomap.maps.interface import Interface
from geomap.maps.records import Records
from geomap.maps.symbols import symbols
from geomap.maps.tiles import Tiles


@dataclass(frozen=True, slots=True)
class Payload:
    """The two blocks of the page.

    Attributes
    ----------
    data
        What is needed to draw the map and its list.
    texts
        The excerpts: read when a quote is shown or searched for.
    """

    data: dict[str, Any]
    texts: list[str]


def payload(  # noqa: PLR0913  # what is shown, and over what
    incidents: Sequence[Incident],
    base: BaseMap,
    words: Interface,
    *,
    title: str | None = None,
    articles: Iterable[Article] = (),
    tiles: Tiles | None = None,
) -> Payload:
    """Give everything the script needs, ready for `json.dumps`.

    Parameters
    ----------
    incidents, base, words
        What is shown, over what, in which language.
    title
        The page's title; by default words of the interface.
    articles
        The articles that are quoted: what is known of them is shown around each quote. An article that is not
        given is known by the 32 characters on each side that come with a quote.
    tiles
        An online base layer that a reader can switch on.

    Raises
    ------
    MapError
        When a geometry holds a coordinate that is no place on Earth.
    """
    marks, mark_of = marks_of(incidents)
    records = Records({article.id: article.text for article in articles}, incidents)
    for n, incident in enumerate(incidents):
        records.add(incident, mark_of[n])
    return Payload(
        {
            "version": 3,
            "schema": SCHEMA,
            "attribution": clean(attribution_of(incidents)),
            "boundaries": BOUNDARIES,
            "title": clean(title or words.title),
            "words": json.loads(words.table),
            "symbols": symbols(),
            "tiles": None if tiles is None else {"url": tiles.url, "by": clean(tiles.attribution), "host": tiles.host},
            "size": len(incidents),
            "strings": records.strings.all,
            **{name: table.columns() for name, table in records.tables.items()},
            "excerpts": records.excerpts.table.columns(),
            "marks": marks,
            "base": base_of(base),
            "credits": credits_of(incidents),
            "own": [clean(name) for name in own_gazetteers(incidents)],
        },
        records.excerpts.texts,
    )
