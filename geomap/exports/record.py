"""An incident as a GeoJSON Feature: the one place that turns it into plain values that JSON can hold.

The keys are those of schema ``geomap/1`` (``schema.json`` beside this file); every key is always there, and
None where the text does not say.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Any, Literal, TypedDict, cast

from geomap.articles.decode import writable
from geomap.codes import acled_geo_precision, ucdp_where_prec
from geomap.exports.shapes import DECIMALS, GeometryRecord, geometry_record
from geomap.incident import SCHEMA, Evidence, Incident, IncidentPlace, Report, Span


class EvidenceRecord(TypedDict):
    """A quote: W3C TextQuoteSelector and TextPositionSelector in one, with what it supports."""

    article_id: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    supports: list[str]


class PlaceRecord(TypedDict):
    """A place of the incident as written and as resolved; the offsets are those of its article."""

    article_id: str
    as_written: str
    start: int
    end: int
    place_id: str
    name: str
    kind: str
    lng: float | None
    lat: float | None
    relation: str
    precision: str
    uncertainty_m: float | None
    reasons: list[str]
    rejected: list[str]


class ReportRecord(TypedDict):
    """Who says so."""

    source: str
    source_type: str
    stance: str
    article_id: str
    start: int
    end: int


class ReviewRecord(TypedDict):
    """Whether a person has looked at it."""

    state: str


class Properties(TypedDict):
    """The record: flat where a user of a GIS filters."""

    schema: str
    id: str
    title: str
    event_type: str
    sub_type: str | None
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    date_basis: str | None
    place_name: str | None
    place_id: str | None
    country: str | None
    admin1: str | None
    precision: str | None
    uncertainty_m: float | None
    acled_geo_precision: int | None
    ucdp_where_prec: int | None
    place_confidence: float | None
    confidence: float | None
    count_min: int | None
    count_max: int | None
    aggregate: bool
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    actor: str | None
    actor_attribution: str | None
    target: str | None
    weapon: str | None
    damage: str | None
    status: str
    article_count: int
    source_count: int
    quote: str | None
    article_id: str | None
    article_title: str | None
    article_url: str | None
    published: str | None
    language: str | None
    evidence: list[EvidenceRecord]
    places: list[PlaceRecord]
    reports: list[ReportRecord]
    review: ReviewRecord


class Feature(TypedDict):
    """A GeoJSON Feature."""

    type: Literal["Feature"]
    id: str
    geometry: GeometryRecord | None
    properties: Properties


def to_features(incidents: Iterable[Incident]) -> list[Feature]:
    """Write incidents out as Features, in the order given."""
    return [to_feature(incident) for incident in incidents]


def to_feature(incident: Incident) -> Feature:
    """Write one incident out as a Feature.

    Numbers that are not finite become None, as unknown; what no encoder can write becomes U+FFFD, one for
    one, so that offsets stay true.
    """
    feature: Feature = {
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry_record(incident.geometry),
        "properties": _properties(incident),
    }
    return cast("Feature", _cleaned(feature))


def _properties(incident: Incident) -> Properties:
    place = incident.places[0] if incident.places else None
    article = incident.articles[0] if incident.articles else None
    killed, injured = incident.killed or _UNSAID, incident.injured or _UNSAID
    when = incident.when
    return {
        "schema": SCHEMA,
        "id": incident.id,
        "title": incident.title,
        "event_type": incident.event_type,
        "sub_type": incident.sub_type,
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        "date_precision": when.precision,
        "date_basis": when.basis,
        "place_name": place.name if place else None,
        "place_id": place.place_id if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "precision": place.precision if place else None,
        "uncertainty_m": _metres(place.uncertainty_m) if place else None,
        "acled_geo_precision": acled_geo_precision(place.precision) if place else None,
        "ucdp_where_prec": (ucdp_where_prec(place.precision, place.uncertainty_m, place.country) if place else None),
        "place_confidence": _share(incident.place_confidence) if place else None,
        "confidence": _share(incident.confidence),
        "count_min": incident.count.min,
        "count_max": incident.count.max,
        "aggregate": incident.aggregate,
        "killed_min": killed.min,
        "killed_max": killed.max,
        "injured_min": injured.min,
        "injured_max": injured.max,
        "actor": incident.actor or None,
        "actor_attribution": incident.actor_attribution,
        "target": incident.target or None,
        "weapon": incident.weapon or None,
        "damage": incident.damage or None,
        "status": incident.status,
        "article_count": len(incident.articles),
        "source_count": incident.source_count,
        "quote": incident.evidence[0].quote.exact if incident.evidence else None,
        "article_id": article.id if article else None,
        "article_title": (article.title or None) if article else None,
        "article_url": (article.url or None) if article else None,
        "published": article.published.isoformat() if article and article.published else None,
        "language": article.language if article else None,
        "evidence": [_evidence(evidence) for evidence in incident.evidence],
        "places": [_place(place) for place in incident.places],
        "reports": [_report(report) for report in incident.reports],
        "review": {"state": incident.review},
    }


_UNSAID = Span(None, None)


def _evidence(evidence: Evidence) -> EvidenceRecord:
    quote = evidence.quote
    return {
        "article_id": quote.article_id,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "start": quote.start,
        "end": quote.end,
        "supports": list(evidence.supports),
    }


def _place(place: IncidentPlace) -> PlaceRecord:
    return {
        "article_id": place.article_id,
        "as_written": place.as_written,
        "start": place.start,
        "end": place.end,
        "place_id": place.place_id,
        "name": place.name,
        "kind": place.kind,
        "lng": _finite(place.point.lng, DECIMALS),
        "lat": _finite(place.point.lat, DECIMALS),
        "relation": place.relation,
        "precision": place.precision,
        "uncertainty_m": _metres(place.uncertainty_m),
        "reasons": list(place.reasons),
        "rejected": list(place.rejected),
    }


def _report(report: Report) -> ReportRecord:
    return {
        "source": report.source,
        "source_type": report.source_type,
        "stance": report.stance,
        "article_id": report.article_id,
        "start": report.start,
        "end": report.end,
    }


def _finite(number: float, decimals: int) -> float | None:
    return round(number, decimals) + 0.0 if isfinite(number) else None


def _metres(number: float) -> float | None:
    return _finite(number, 0)


def _share(number: float) -> float | None:
    return _finite(number, 3)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return writable(str(value))  # `str` makes a plain string of a vocabulary's member
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
