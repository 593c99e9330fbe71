"""Incidents → tables of columns: what the page knows of each, so that it can give all of it away again.

- A text is a number into the list ``strings``; it is given as it is, but that NUL and lone surrogates, which no file
  may hold, become U+FFFD.
- The articles' words are given once, as excerpts (`geomap.maps.excerpts`); a quote is a place in one of them, and a
  mark a place in a quote, both in UTF-16 units, so that the script never counts.
- Days are counted from 1970-01-01.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from geomap.codes import acled_geo_precision, ucdp_where_prec
from geomap.incident import ArticleRef, Incident, IncidentPlace, Report, ReviewState, Span
from geomap.maps.columns import UNKNOWN, Table, Texts, clean
from geomap.maps.excerpts import Excerpts

_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"'`\\\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_PLAIN_HOST = re.compile(r"https?://[a-z0-9.-]+(?:[/?#]|$)", re.IGNORECASE)
_EPOCH = date(1970, 1, 1).toordinal()
_NOBODY = Span(None, None)
AROUND = 32
"""Code points of a quote's prefix and suffix, where its article goes on so far."""


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


class Records:
    """The tables, filled incident by incident."""

    def __init__(self, texts: dict[str, str], incidents: Sequence[Incident]) -> None:
        self.strings = Texts()
        self.excerpts = Excerpts(texts, (evidence.quote for i in incidents for evidence in i.evidence))
        self._articles: dict[str, int] = {}
        self._places: dict[Any, int] = {}
        self.tables = {
            "articles": Table(id=0, title=0, url=0, published=None, lang=0),
            "places": Table(
                id=0, written=0, name=0, country=0, admin1=0, relation=0, precision=0, kind=0, metres=UNKNOWN,
                lng=None, lat=None, acled=UNKNOWN, ucdp=UNKNOWN,
            ),
            "spots": Table(place=UNKNOWN, article=0, start=0, end=0, reasons=[], rejected=[]),
            "quotes": Table(excerpt=0, at=0, length=0, marks=[], supports=0, prefix=AROUND, suffix=AROUND),
            "reports": Table(source=0, type=0, stance=0, article=UNKNOWN, quote=UNKNOWN, start=0, end=0),
            "incidents": Table(
                id="", title=0, lang=0, type=0, sub=0, start=None, end=None, date_precision=0, basis=0, place=UNKNOWN,
                mark=UNKNOWN, count_min=1, count_max=1, aggregate=0, killed_min=UNKNOWN, killed_max=UNKNOWN,
                injured_min=UNKNOWN, injured_max=UNKNOWN, actor=0, by=0, target=0, weapon=0, damage=0, status=0,
                confidence=UNKNOWN, place_confidence=UNKNOWN, sources=1, articles=[], quotes=1, reports=0,
                spots=1, review=0,
            ),
        }  # fmt: skip

    def add(self, incident: Incident, mark: int) -> None:
        """Add an incident with its places, quotes, reports and articles."""
        text = self.strings.number
        when, place = incident.when, incident.places[0] if incident.places else None
        killed, injured = incident.killed or _NOBODY, incident.injured or _NOBODY
        articles = [self._article(article) for article in incident.articles]
        spots = [self._place(spot) for spot in incident.places]
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
            spots[0] if spots else UNKNOWN,
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
            len(spots),
            0 if incident.review is ReviewState.MACHINE else text(incident.review.value),
        )
        for number, spot in zip(spots, incident.places, strict=True):
            reasons = [text(reason) for reason in spot.reasons]
            rejected = [text(other) for other in spot.rejected]
            self.tables["spots"].add(number, text(spot.article_id), spot.start, spot.end, reasons, rejected)
        for evidence in incident.evidence:
            excerpt, at = self.excerpts.find(evidence.quote)
            length, marks = self.excerpts.marks(evidence)
            flat = [number for a, size, what in marks for number in (a, size, text(what))]
            around = (len(evidence.quote.prefix), len(evidence.quote.suffix))
            self.tables["quotes"].add(excerpt, at, length, flat, text(",".join(evidence.supports)), *around)
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
            place.precision, place.kind, place.uncertainty_m, place.point,
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
                _degrees(place.point.lng),
                _degrees(place.point.lat),
                acled_geo_precision(place.precision),
                ucdp_where_prec(place.precision, metres, place.country),
            )
        return known


def _whole(number: int | None) -> int:
    return UNKNOWN if number is None else number


def _share(number: float) -> int:
    """Thousandths: three decimals are more than any confidence deserves."""
    return round(number * 1000) if math.isfinite(number) else UNKNOWN


def _degrees(number: float) -> float | None:
    return round(number, 5) + 0.0 if math.isfinite(number) else None  # + 0.0: -0.0 is written "-0.0"


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - _EPOCH


def _quoted(report: Report, incident: Incident) -> int:
    """Find the first quote that holds the words which name the source."""
    for n, evidence in enumerate(incident.evidence):
        quote = evidence.quote
        if quote.article_id == report.article_id and quote.start <= report.start < quote.end:
            return n
    return UNKNOWN
