"""The incident: what happened, where, when, who says so, how many, and the words that prove it.

The contract of version ``geomap/1``: one `Incident` becomes one GeoJSON Feature (`geomap.exports.geojson`), its
``properties`` flat where a GIS user filters. ``None`` means that the text does not say; zero means it says none.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from gazetteer.geometry import Geometry
from gazetteer.place import LngLat, PlaceKind, Precision

SCHEMA = "geomap/1"

SUB_TYPES: dict[str, tuple[str, ...]] = {
    "remote_violence": (
        "air_strike",
        "drone_strike",
        "missile_or_rocket_attack",
        "shelling",
        "bombing",
        "suicide_bombing",
        "landmine",
        "interception",
    ),
    "battle": ("armed_clash", "raid", "territory_change"),
    "violence_against_civilians": (
        "shooting",
        "assassination",
        "massacre",
        "abduction",
        "sexual_violence",
        "attack",
    ),
    "unrest": ("protest", "riot", "labour_strike", "road_blockade"),
    "security_operation": ("arrest", "search", "deportation", "curfew"),
    "property_destruction": ("arson", "sabotage", "demolition", "looting"),
    "hazard": (
        "earthquake",
        "flood",
        "storm",
        "landslide",
        "wildfire",
        "drought",
        "heatwave",
        "volcanic_eruption",
        "avalanche",
    ),
    "accident": (
        "transport_accident",
        "shipwreck",
        "industrial_accident",
        "building_collapse",
        "fire",
        "explosion",
        "aircraft_crash",
    ),
    "health": ("epidemic", "poisoning"),
    "displacement": ("displacement",),
    "other": ("other",),
}
"""``event_type`` → its ``sub_type``s. A sub-type the text does not state is None (the event type still stands)."""


class DatePrecision(StrEnum):
    """How precisely the date is known."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"


class DateBasis(StrEnum):
    """Where the date comes from."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    INFERRED_FROM_PUBLICATION = "inferred_from_publication"


class Status(StrEnum):
    """How sure the sources are. A threatened, planned, hypothetical or negated event is no incident at all."""

    OFFICIAL = "official"
    REPORTED = "reported"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    DENIED = "denied"


class Attribution(StrEnum):
    """Who says that the actor did it."""

    CLAIMED = "claimed"
    ACCUSED = "accused"
    SUSPECTED = "suspected"
    REPORTED = "reported"
    DENIED = "denied"


class ReviewState(StrEnum):
    """Whether a person has looked at it."""

    MACHINE = "machine"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class When:
    """A span of dates that an expression in the text gives.

    Attributes
    ----------
    start, end
        First and last day, both inclusive; None where that side is not known. Both None: nothing is known.
    precision
        How fine the expression is.
    basis
        Explicit, relative to the publication date, or inferred from it.
    span
        Offsets of the expression in the text in code points; None when inferred.
    """

    start: date | None
    end: date | None
    precision: DatePrecision | None
    basis: DateBasis | None
    span: tuple[int, int] | None = None


NO_DATE = When(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of numbers: ``Span(30, None)`` is "at least 30" when no upper end is said."""

    min: int | None
    max: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact slice of an article: W3C TextQuoteSelector and TextPositionSelector in one.

    Attributes
    ----------
    article_id
        Which article.
    exact
        ``article.text[start:end]``.
    prefix, suffix
        Up to 32 characters before and after it, to find it again when the text has moved.
    start, end
        Offsets in code points, end exclusive.
    """

    article_id: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote and what it supports: ``type``, ``place``, ``date``, ``count``, ``killed`` ...

    ``marks`` are slices inside the quote with what they show, for highlighting: offsets into the article.
    """

    quote: Quote
    supports: tuple[str, ...]
    marks: tuple["Mark", ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A slice of the article worth highlighting: the trigger, the place, the date, a figure."""

    start: int
    end: int
    what: Literal["trigger", "place", "date", "count", "killed", "injured", "actor", "target", "damage"]


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """One place of an incident, as written and as resolved."""

    article_id: str
    as_written: str
    start: int
    end: int
    place_id: str
    name: str
    kind: PlaceKind
    point: LngLat
    country: str | None
    admin1: str | None
    relation: Literal["at", "in", "near", "contains"]
    precision: Precision
    uncertainty_m: float
    confidence: float
    reasons: tuple[str, ...]
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Who says so: the words that name the source, and what it does with the news."""

    source: str
    source_type: Literal["official", "media", "witness", "party", "social_media", "article"]
    stance: Literal["reports", "confirms", "claims", "denies", "accuses"]
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What an incident needs to know of an article that reports it."""

    id: str
    title: str | None
    url: str | None
    published: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened (or one reported total of like things) at one place in one time span.

    Attributes
    ----------
    id
        Content hash: the same input gives the same id.
    title
        One line in the article's language, from its words.
    event_type, sub_type
        See `SUB_TYPES`; ``sub_type`` is None when the text says that force was used but not which.
    when
        The span it happened in.
    places
        Its place first, then the further places the text gives for it (what contains it, what lies in it).
    geometry
        A point for site, district and settlement, an area for the rest, None where nothing is known.
    count, aggregate
        "22 attacks" is Span(22, 22) and True; one event is Span(1, 1) and False.
    killed, injured
        Ranges, or None when the text does not say; Span(0, 0) when it says none.
    actor, actor_attribution, target, weapon, damage
        As written in the article.
    status
        How sure the sources are.
    confidence, place_confidence
        0 to 1.
    evidence, reports
        The quotes, the first of which is the proof, and who says so.
    articles
        The articles that report it, the first report first.
    reasons
        Why it is an incident and was read so, for ``explain``.
    """

    id: str
    title: str
    event_type: str
    sub_type: str | None
    when: When
    places: tuple[IncidentPlace, ...]
    geometry: Geometry | None
    count: Span
    aggregate: bool
    killed: Span | None
    injured: Span | None
    actor: str | None
    actor_attribution: Attribution | None
    target: str | None
    weapon: str | None
    damage: str | None
    status: Status
    confidence: float
    place_confidence: float
    evidence: tuple[Evidence, ...]
    reports: tuple[Report, ...]
    articles: tuple[ArticleRef, ...]
    source_count: int
    reasons: tuple[str, ...] = ()
    review: ReviewState = ReviewState.MACHINE
