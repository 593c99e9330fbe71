"""Incidents → what the page's script reads. The only place of the map where dicts are made.

The rules of the data block:

- a text is given as it is, but that NUL and lone surrogates, which no file may hold, become U+FFFD;
- a quote is a list of pieces ``[text, what...]``, cut here by code points, so that the script, whose strings
  count UTF-16 units, never counts;
- a key whose value is unknown is left out;
- several incidents at one point or in one area share one mark;
- coordinates of areas and of the base map are whole numbers, each the difference to the one before it.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from gazetteer.areas import BorderLine
from gazetteer.geometry import Geometry, PolygonRings
from gazetteer.place import LngLat
from geomap.credits import OPENSTREETMAP, is_openstreetmap
from geomap.errors import MapError
from geomap.incident import ArticleRef, Evidence, Incident, Report, Span, When
from geomap.maps.basemap import BaseMap, unwrapped
from geomap.maps.interface import Interface

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"'`\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)

MAX_LNG, MAX_LAT = 360.0, 90.0
"""Degrees. An area across the date line may go on past 180°."""
BASE_DECIMALS, FAR_DECIMALS = 3, 2
"""Thousandths of a degree are 110 m at the equator: finer than the embedded lines are."""
SMALL_AREA, SMALL_DECIMALS = 0.5, 5
"""Degrees. A smaller area (a camp, a buffer of some kilometres) is kept to 1e-5°, a larger one to 1e-3°."""


def payload(
    incidents: Sequence[Incident], base: BaseMap, words: Interface, *, title: str | None = None
) -> dict[str, Any]:
    """Give everything the script needs, ready for `json.dumps`.

    Raises
    ------
    MapError
        When a geometry holds a coordinate that is no place on Earth.
    """
    articles: dict[str, int] = {}
    references: list[ArticleRef] = []
    for incident in incidents:
        for article in incident.articles:
            if article.id not in articles:
                articles[article.id] = len(references)
                references.append(article)
    marks, mark_of = _marks(incidents)
    return {
        "version": 1,
        "title": clean(title or words.title),
        "words": json.loads(words.table),
        "articles": [_article(article) for article in references],
        "incidents": [_incident(incident, mark_of.get(n), articles) for n, incident in enumerate(incidents)],
        "marks": marks,
        "base": _base(base),
        "credits": [OPENSTREETMAP] if any(is_openstreetmap(p.place_id) for i in incidents for p in i.places) else [],
    }


def clean(text: str) -> str:
    r"""Replace what can't be written to a file as UTF-8 or is cut off by readers; offsets stay the same.

    Examples
    --------
    >>> clean("a\x00b\ud800c")
    'a�b�c'
    """
    return _UNWRITABLE.sub("\ufffd", text)


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
    try:
        parts = urlsplit(url)
        fine = parts.hostname and "@" not in parts.netloc and clean(url) == url
    except ValueError:
        return None
    return url if fine else None


def pieces(evidence: Evidence) -> list[list[str]]:
    """Cut a quote where its marks begin and end: ``[text]`` or ``[text, what, ...]`` each.

    A mark that would end between a letter and its combining marks is widened to hold them.
    """
    text, offset = evidence.quote.exact, evidence.quote.start
    spans = []
    for mark in evidence.marks:
        start, end = max(0, mark.start - offset), min(len(text), mark.end - offset)
        while start < end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me"):
            end += 1
        if start < end:
            spans.append((start, end, mark.what))
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return [
        [clean(text[a:b]), *sorted({what for start, end, what in spans if start <= a and b <= end})]
        for a, b in pairwise(cuts)
    ]


def _incident(incident: Incident, mark: int | None, articles: dict[str, int]) -> dict[str, Any]:
    place = incident.places[0] if incident.places else None
    placed = [_report(r, articles) for r in incident.reports]
    quoted = [_quoted(r, incident.evidence) for r in incident.reports]
    return _known(
        id=clean(incident.id),
        title=clean(incident.title),
        lang=clean(incident.articles[0].language) if incident.articles else None,
        type=clean(incident.event_type),
        sub=_text(incident.sub_type),
        when=_when(incident.when),
        place=None
        if place is None
        else _known(
            written=clean(place.as_written),
            name=clean(place.name),
            country=_text(place.country),
            relation=place.relation,
            precision=place.precision.value,
            metres=_number(place.uncertainty_m),
        ),
        mark=mark,
        count=_span(incident.count),
        aggregate=incident.aggregate or None,
        killed=_span(incident.killed),
        injured=_span(incident.injured),
        actor=_text(incident.actor),
        by=incident.actor_attribution.value if incident.actor_attribution else None,
        target=_text(incident.target),
        weapon=_text(incident.weapon),
        damage=_text(incident.damage),
        status=incident.status.value,
        confidence=_number(incident.confidence),
        articles=[articles[article.id] for article in incident.articles],
        sources=incident.source_count,
        quotes=[
            _known(
                article=articles.get(evidence.quote.article_id),
                pieces=pieces(evidence),
                reports=[report for report, at in zip(placed, quoted, strict=True) if at == n] or None,
            )
            for n, evidence in enumerate(incident.evidence)
        ],
        reports=[report for report, at in zip(placed, quoted, strict=True) if at is None] or None,
    )


def _known(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _text(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _number(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None


def _span(span: Span | None) -> list[int | None] | None:
    return None if span is None else [span.min, span.max]


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _when(when: When) -> dict[str, Any] | None:
    known = _known(start=_date(when.start), end=_date(when.end), precision=when.precision, basis=when.basis)
    return known or None


def _article(article: ArticleRef) -> dict[str, Any]:
    return _known(
        title=_text(article.title),
        url=safe_link(article.url),
        published=_date(article.published),
        lang=clean(article.language),
    )


def _report(report: Report, articles: dict[str, int]) -> dict[str, Any]:
    return _known(
        source=clean(report.source),
        type=report.source_type,
        stance=report.stance,
        article=articles.get(report.article_id),
    )


def _quoted(report: Report, evidence: Sequence[Evidence]) -> int | None:
    """Find the first quote that holds the words which name the source."""
    for n, piece in enumerate(evidence):
        quote = piece.quote
        if quote.article_id == report.article_id and quote.start <= report.start < quote.end:
            return n
    return None


# Marks and coordinates ------------------------------------------------------------------------------


def _marks(incidents: Sequence[Incident]) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """Group incidents by where they are: areas first, the largest undermost, then points."""
    keys: dict[int, Any] = {}  # one geometry object is compared once, however many incidents share it
    groups: dict[Any, list[int]] = {}
    for n, incident in enumerate(incidents):
        geometry = incident.geometry
        if geometry is None:
            continue
        if id(geometry) not in keys:
            keys[id(geometry)] = _place_key(geometry, incident.id)
        groups.setdefault(keys[id(geometry)], []).append(n)

    drawn: list[tuple[float, list[int], dict[str, Any]]] = []
    for members in groups.values():
        geometry = incidents[members[0]].geometry
        if geometry is None:
            continue
        if geometry.type == "Point":
            (at,) = geometry.positions
            drawn.append((math.inf, members, {"at": [round(at.lng, 5), round(at.lat, 5)]}))
        else:
            whole = unwrapped(geometry)
            west, south, east, north = whole.bounds
            decimals = SMALL_DECIMALS if max(east - west, north - south) < SMALL_AREA else BASE_DECIMALS
            area = {
                "decimals": decimals,
                "area": [_rings(polygon, decimals) for polygon in whole.polygons],
            }
            drawn.append(((west - east) * (north - south), members, area))
    drawn.sort(key=lambda mark: (mark[0], mark[1]))
    marks = [{**shape, "incidents": members} for _, members, shape in drawn]
    return marks, {n: m for m, mark in enumerate(marks) for n in mark["incidents"]}


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


def _rings(polygon: PolygonRings, decimals: int) -> list[list[int]]:
    return [deltas(ring, decimals) for ring in polygon]


def deltas(line: Iterable[LngLat], decimals: int) -> list[int]:
    """Write a line as whole numbers: the first position, then the steps; a step of nothing is left out.

    Examples
    --------
    >>> deltas([LngLat(44.0, 33.0), LngLat(44.001, 33.0), LngLat(44.001, 33.0), LngLat(44.0, 33.002)], 3)
    [44000, 33000, 1, 0, -1, 2]
    """
    scale = 10**decimals
    steps: list[int] = []
    last_x = last_y = 0
    for position in line:
        x, y = round(position.lng * scale), round(position.lat * scale)
        if not steps or (x, y) != (last_x, last_y):
            steps += (x - last_x, y - last_y)
            last_x, last_y = x, y
    return steps


def _base(base: BaseMap) -> dict[str, Any]:
    return _known(
        decimals=BASE_DECIMALS,
        land=[_rings(polygon, BASE_DECIMALS) for polygon in base.land],
        lines=_lines(base.lines, BASE_DECIMALS),
        box=None if base.box is None else [round(side, BASE_DECIMALS) for side in base.box],
        world={
            "decimals": FAR_DECIMALS,
            "shores": [deltas(shore, FAR_DECIMALS) for shore in base.world.shores],
            "lines": _lines(base.world.borders, FAR_DECIMALS),
        },
        labels=[
            _known(
                text=clean(label.text),
                at=[round(label.at.lng, BASE_DECIMALS), round(label.at.lat, BASE_DECIMALS)],
                kind=label.kind,
                country=_text(label.country),
            )
            for label in sorted(base.labels, key=lambda label: (label.rank, label.text, label.at))
        ],
    )


def _lines(lines: Iterable[BorderLine], decimals: int) -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    for line in lines:
        found.setdefault(line.kind.value, []).append(deltas(line.line, decimals))
    return {kind: found[kind] for kind in sorted(found)}
