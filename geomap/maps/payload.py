"""Incidents → what the page's script reads. The only place of the map where dicts are made.

The rules of the data block:

- tables are columns (`geomap.maps.columns`), and a text is a number into the list ``strings``;
- a text is given as it is, but that NUL and lone surrogates, which no file may hold, become U+FFFD;
- the articles' words are given once, as excerpts (`geomap.maps.excerpts`); a quote is a place in one of them, and a
  mark a place in a quote, both in UTF-16 units, so that the script never counts;
- days are counted from 1970-01-01;
- several incidents at one point or in one area share one mark;
- lines of areas and of the base map are letters, each position the step from the one before it (`steps`).
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from gazetteer.areas import BorderLine
from gazetteer.geometry import Geometry, PolygonRings
from gazetteer.place import LngLat
from geomap.articles.article import Article
from geomap.credits import credits_of
from geomap.errors import MapError
from geomap.incident import SCHEMA, ArticleRef, Incident, IncidentPlace, Report, Span
from geomap.maps.basemap import BaseMap, Label, unwrapped
from geomap.maps.columns import UNKNOWN, Table, Texts, clean
from geomap.maps.excerpts import Excerpts
from geomap.maps.interface import Interface
from geomap.maps.symbols import symbols
from geomap.maps.tiles import Tiles

_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"'`\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_PLAIN_HOST = re.compile(r"https?://[a-z0-9.-]+(?:[/?#]|$)", re.IGNORECASE)

MAX_LNG, MAX_LAT = 360.0, 90.0
"""Degrees. An area across the date line may go on past 180°."""
BASE_DECIMALS, FAR_DECIMALS = 3, 2
"""Thousandths of a degree are 110 m at the equator: finer than the embedded lines are."""
WIDE = 20.0
"""Degrees. A base map that is wider is kept to hundredths: 1 km, a fifth of a pixel of its window."""
SMALL_AREA, SMALL_DECIMALS = 0.5, 5
"""Degrees. A smaller area (a camp, a buffer of some kilometres) is kept to 1e-5°, a larger one to 1e-3°."""
ATTRIBUTION = "Places: GeoNames (CC BY 4.0), airportsdata (MIT), geomap. Areas: Natural Earth. Quotes: their articles."
_EPOCH = date(1970, 1, 1).toordinal()
_GROUP = 32
_NOBODY = Span(None, None)


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
    marks, mark_of = _marks(incidents)
    records = _Records({article.id: article.text for article in articles}, incidents)
    for n, incident in enumerate(incidents):
        records.add(incident, mark_of[n])
    return Payload(
        {
            "version": 2,
            "schema": SCHEMA,
            "attribution": " ".join([ATTRIBUTION, *credits_of(incidents)]),
            "title": clean(title or words.title),
            "words": json.loads(words.table),
            "symbols": symbols(),
            "tiles": None if tiles is None else {"url": tiles.url, "by": clean(tiles.attribution), "host": tiles.host},
            "size": len(incidents),
            "strings": records.strings.all,
            **{name: table.columns() for name, table in records.tables.items()},
            "excerpts": records.excerpts.table.columns(),
            "marks": marks,
            "base": _base(base),
            "credits": credits_of(incidents),
        },
        records.excerpts.texts,
    )


def safe_link(url: str | None) -> str | None:
    """Give an address that may be a link, or None: http and https only, no hidden characters, no login.

    Examples
    --------
    >>> safe_link("https://example.org/a?b=c#d")
    'https://example.org/a?b=c#d'
    >>> [safe_link(url) for url in ("javascript:alert(1)", "https://a.com@b.org/", "//a.org", None)]
    [None, None, None, None]
    """
    if url is None or not _LINK.fullmatch(url):
        return None
    if url.isascii() and _PLAIN_HOST.match(url):
        return url
    try:
        parts = urlsplit(url)
        fine = parts.hostname and "@" not in parts.netloc and clean(url) == url
    except ValueError:
        return None
    return url if fine else None


class _Records:
    """The tables, filled incident by incident."""

    def __init__(self, texts: dict[str, str], incidents: Sequence[Incident]) -> None:
        self.strings = Texts()
        self.excerpts = Excerpts(texts, (evidence.quote for i in incidents for evidence in i.evidence))
        self._articles: dict[str, int] = {}
        self._places: dict[Any, int] = {}
        self.tables = {
            "articles": Table(id=0, title=0, url=0, published=None, lang=0),
            "places": Table(
                id=0, written=0, name=0, country=0, admin1=0, relation=0, precision=0, kind=0, metres=UNKNOWN
            ),
            "quotes": Table(excerpt=0, at=0, length=0, marks=[], supports=0),
            "reports": Table(source=0, type=0, stance=0, article=UNKNOWN, quote=UNKNOWN, start=0, end=0),
            "incidents": Table(
                id="", title=0, lang=0, type=0, sub=0, start=None, end=None, date_precision=0, basis=0, place=UNKNOWN,
                mark=UNKNOWN, count_min=1, count_max=1, aggregate=0, killed_min=UNKNOWN, killed_max=UNKNOWN,
                injured_min=UNKNOWN, injured_max=UNKNOWN, actor=0, by=0, target=0, weapon=0, damage=0, status=0,
                confidence=UNKNOWN, place_confidence=UNKNOWN, sources=1, articles=[], quotes=1, reports=0,
            ),
        }  # fmt: skip

    def add(self, incident: Incident, mark: int) -> None:
        """Add an incident with its places, quotes, reports and articles."""
        text = self.strings.number
        when, place = incident.when, incident.places[0] if incident.places else None
        killed, injured = incident.killed or _NOBODY, incident.injured or _NOBODY
        articles = [self._article(article) for article in incident.articles]
        self.tables["incidents"].add(
            clean(incident.id),
            text(incident.title),
            text(incident.articles[0].language) if incident.articles else 0,
            text(incident.event_type),
            text(incident.sub_type),
            _day(when.start),
            _day(when.end),
            text(when.precision and when.precision.value),
            text(when.basis and when.basis.value),
            UNKNOWN if place is None else self._place(place),
            mark,
            _whole(incident.count.min),
            _whole(incident.count.max),
            int(incident.aggregate),
            _whole(killed.min),
            _whole(killed.max),
            _whole(injured.min),
            _whole(injured.max),
            text(incident.actor),
            text(incident.actor_attribution and incident.actor_attribution.value),
            text(incident.target),
            text(incident.weapon),
            text(incident.damage),
            text(incident.status.value),
            _share(incident.confidence),
            UNKNOWN if place is None else _share(incident.place_confidence),
            incident.source_count,
            articles,
            len(incident.evidence),
            len(incident.reports),
        )
        for evidence in incident.evidence:
            excerpt, at = self.excerpts.find(evidence.quote)
            length, marks = self.excerpts.marks(evidence)
            flat = [number for a, size, what in marks for number in (a, size, text(what))]
            self.tables["quotes"].add(excerpt, at, length, flat, text(",".join(evidence.supports)))
        for report in incident.reports:
            self.tables["reports"].add(
                text(report.source),
                text(report.source_type),
                text(report.stance),
                self._articles.get(report.article_id, UNKNOWN),
                _quoted(report, incident),
                report.start,
                report.end,
            )

    def _article(self, article: ArticleRef) -> int:
        known = self._articles.get(article.id)
        if known is None:
            known = self._articles[article.id] = len(self._articles)
            text = self.strings.number
            self.tables["articles"].add(
                text(article.id),
                text(article.title),
                text(safe_link(article.url)),
                _day(article.published),
                text(article.language),
            )
            self.excerpts.belongs(article.id, known)
        return known

    def _place(self, place: IncidentPlace) -> int:
        key = (
            place.place_id, place.as_written, place.name, place.country, place.admin1, place.relation,
            place.precision, place.kind, place.uncertainty_m,
        )  # fmt: skip
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = len(self._places)
            text = self.strings.number
            metres = place.uncertainty_m
            self.tables["places"].add(
                text(place.place_id),
                text(place.as_written),
                text(place.name),
                text(place.country),
                text(place.admin1),
                text(place.relation),
                text(place.precision.value),
                text(place.kind.value),
                round(metres) if math.isfinite(metres) else UNKNOWN,
            )
        return known


def _whole(number: int | None) -> int:
    return UNKNOWN if number is None else number


def _share(number: float) -> int:
    """Thousandths: three decimals are more than any confidence deserves."""
    return round(number * 1000) if math.isfinite(number) else UNKNOWN


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - _EPOCH


def _quoted(report: Report, incident: Incident) -> int:
    """Find the first quote that holds the words which name the source."""
    for n, evidence in enumerate(incident.evidence):
        quote = evidence.quote
        if quote.article_id == report.article_id and quote.start <= report.start < quote.end:
            return n
    return UNKNOWN


# Marks and coordinates ------------------------------------------------------------------------------


def _marks(incidents: Sequence[Incident]) -> tuple[dict[str, Any], list[int]]:
    """Group incidents by where they are: areas first, the largest undermost, then points; -1 for nowhere."""
    keys: dict[int, Any] = {}  # one geometry object is compared once, however many incidents share it
    groups: dict[Any, list[int]] = {}
    for n, incident in enumerate(incidents):
        geometry = incident.geometry
        if geometry is None:
            continue
        key = keys.get(id(geometry))
        if key is None:
            key = keys[id(geometry)] = _place_key(geometry, incident.id)
        groups.setdefault(key, []).append(n)

    areas: list[tuple[float, list[int], dict[str, Any]]] = []
    points: list[list[int]] = []
    positions: list[int] = []
    for members in groups.values():
        geometry = incidents[members[0]].geometry
        if geometry is None:
            continue
        if geometry.type == "Point":
            (at,) = geometry.positions
            points.append(members)
            positions += (round(at.lng * 10**SMALL_DECIMALS), round(at.lat * 10**SMALL_DECIMALS))
        else:
            whole = unwrapped(geometry)
            west, south, east, north = whole.bounds
            decimals = SMALL_DECIMALS if max(east - west, north - south) < SMALL_AREA else BASE_DECIMALS
            area = {"decimals": decimals, "area": [_rings(polygon, decimals) for polygon in whole.polygons]}
            areas.append(((west - east) * (north - south), members, area))
    areas.sort(key=lambda mark: (mark[0], mark[1]))
    mark_of = [UNKNOWN] * len(incidents)
    for mark, members in enumerate([*(members for _, members, _ in areas), *points]):
        for n in members:
            mark_of[n] = mark
    return {"areas": [area for _, _, area in areas], "decimals": SMALL_DECIMALS, "points": positions}, mark_of


def _place_key(geometry: Geometry, incident: str) -> Any:
    for p in geometry.positions:
        if not (abs(p.lng) <= MAX_LNG and abs(p.lat) <= MAX_LAT):  # NaN fails every comparison
            raise MapError(
                f"incident {clean(incident)} lies at longitude {p.lng}, latitude {p.lat}, which is no place"
                " on Earth: positions are LngLat(lng, lat) in degrees"
            )
    if geometry.type == "Point":
        (at,) = geometry.positions
        return (round(at.lng, 5), round(at.lat, 5))
    return geometry


def _rings(polygon: PolygonRings, decimals: int) -> list[str]:
    return [steps(ring, decimals) for ring in polygon]


def steps(line: Iterable[LngLat], decimals: int) -> str:
    """Write a line as letters: the first position, then the steps; a step of nothing is left out.

    Each number is a whole one in the last decimal, its sign moved to its lowest bit, cut into groups of five bits,
    the lowest first; a group is a letter from ``?`` (0) on, 32 more where others follow. (The encoding of Google's
    "encoded polylines", with longitude first.) It takes a third of the bytes of digits and commas.

    Examples
    --------
    >>> steps([LngLat(44.0, 33.0), LngLat(44.001, 33.0), LngLat(44.001, 33.0), LngLat(44.0, 33.002)], 3)
    '_}tAom_AA?@C'
    """
    scale = 10**decimals
    written: list[str] = []
    last_x = last_y = 0
    for lng, lat in line:
        x, y = round(lng * scale), round(lat * scale)
        if x == last_x and y == last_y and written:
            continue
        written.append(_letters(x - last_x))
        written.append(_letters(y - last_y))
        last_x, last_y = x, y
    return "".join(written)


@lru_cache(maxsize=100_000)  # steps are mostly small: a few thousand of them make all lines of a map
def _letters(step: int) -> str:
    rest = step << 1 if step >= 0 else ~(step << 1)
    written = ""
    while rest >= _GROUP:
        written += chr((rest & 31) + 63 + _GROUP)
        rest >>= 5
    return written + chr(rest + 63)


def _known(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _base(base: BaseMap) -> dict[str, Any]:
    wide = base.box is not None and base.box.max_lng - base.box.min_lng > WIDE
    decimals = FAR_DECIMALS if wide else BASE_DECIMALS
    return _known(
        decimals=decimals,
        land=[_rings(polygon, decimals) for polygon in base.land],
        lines=_lines(base.lines, decimals),
        box=None if base.box is None else [round(side, BASE_DECIMALS) for side in base.box],
        world={
            "decimals": FAR_DECIMALS,
            "shores": [steps(shore, FAR_DECIMALS) for shore in base.world.shores],
            "lines": _lines(base.world.borders, FAR_DECIMALS),
        },
        labels=_labels(base.labels),
    )


def _labels(labels: Iterable[Label]) -> dict[str, list[Any]]:
    table = Table(text="", lng=None, lat=None, kind="", country=None, local=None, metres=None)
    for label in sorted(labels, key=lambda label: (label.rank, label.text, label.at)):
        table.add(
            clean(label.text),
            round(label.at.lng, BASE_DECIMALS),
            round(label.at.lat, BASE_DECIMALS),
            label.kind,
            label.country,
            label.local and clean(label.local),
            label.metres and round(label.metres),
        )
    return table.columns()


def _lines(lines: Iterable[BorderLine], decimals: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.kind.value, []).append(steps(line.line, decimals))
    return {kind: found[kind] for kind in sorted(found)}
