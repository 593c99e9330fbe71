"""Incidents written by hand for the tests of maps: Arabic, English, points, areas, one without a place."""

from datetime import date
from typing import Any, cast

from gazetteer.base_map import BorderKind, BorderLine
from gazetteer.geometry import Geometry
from gazetteer.lines import Line
from gazetteer.place import LngLat, PlaceKind, Precision
from geomap.incident import (
    NO_DATE,
    ArticleRef,
    Attribution,
    DateBasis,
    DatePrecision,
    Evidence,
    Incident,
    IncidentPlace,
    Mark,
    Quote,
    Report,
    Span,
    Status,
    When,
)
from geomap.maps.basemap import BaseMap, Label

ARABIC = (
    "قال ناطق باسم الشرطة إن صاروخين 🚀🚀 سقطا مساء الخميس 7 كانون الأول/ديسمبر في المنطقة الخضراء ببغداد، "
    "من دون وقوع إصابات. "
    "وأحصت وزارة الدفاع 22 هجومًا في العراق و18 هجومًا في سوريا منذ تشرين الأول/أكتوبر. "
    "وردّ الجيش بضربات على مواقع في العراق لم يذكر عددها. "
    "وتحدثت أنباء عن انفجار في مكان لم يُحدد."
)
ENGLISH = (
    "A car bomb killed three people and wounded at least twelve in a market in Mosul on Tuesday, "
    "police said. "
    "Hundreds protested in Basra over power cuts. "
    "Two villages near Kirkuk were flooded, a claim the governor denied."
)
ARTICLE_AR = ArticleRef(
    "sample-ar", "هجوم على المنطقة الخضراء", "https://example.org/ar?id=1&lang=ar", date(2023, 12, 8), "ar"
)
ARTICLE_EN = ArticleRef("sample-en", "Three killed in Mosul", "https://example.com/mosul", date(2023, 12, 6), "en")
TEXTS = {ARTICLE_AR.id: ARABIC, ARTICLE_EN.id: ENGLISH}


def ring(*corners: tuple[float, float]) -> tuple[LngLat, ...]:
    return tuple(LngLat(lng, lat) for lng, lat in (*corners, corners[0]))


IRAQ_RING = ring(
    (38.8, 33.4), (39.2, 32.1), (42.0, 31.1), (44.7, 29.2), (46.5, 29.1), (47.7, 30.1), (48.5, 29.95),
    (47.7, 31.0), (47.8, 31.8), (46.1, 32.95), (45.4, 34.0), (45.6, 34.6), (46.1, 35.1), (45.4, 36.0),
    (44.8, 37.2), (42.8, 37.35), (42.3, 37.2), (41.4, 36.5), (41.2, 34.75),
)  # fmt: skip
SYRIA_RING = ring(
    (35.7, 32.7), (36.8, 32.3), (38.8, 33.4), (41.2, 34.75), (41.4, 36.5), (42.3, 37.2), (40.7, 37.1),
    (38.2, 36.9), (36.6, 36.6), (36.2, 35.9), (35.8, 35.8), (35.95, 34.6), (36.6, 34.2), (35.9, 33.4),
)  # fmt: skip
IRAQ = Geometry("Polygon", (IRAQ_RING,))
SYRIA = Geometry("MultiPolygon", ((SYRIA_RING,),))
KIRKUK_AROUND = Geometry("Polygon", (ring((44.1, 35.3), (44.4, 35.2), (44.7, 35.4), (44.6, 35.7), (44.2, 35.7)),))

BASEMAP = BaseMap(
    land=(Line.of(ring((20, 10), (70, 10), (70, 45), (20, 45))),),
    lines=(
        BorderLine(BorderKind.COUNTRY, Line.of(IRAQ_RING)),
        BorderLine(BorderKind.COUNTRY, Line.of(SYRIA_RING)),
        BorderLine(BorderKind.DISPUTED, Line.of((LngLat(35.6, 33.3), LngLat(35.9, 32.7)))),
        BorderLine(BorderKind.ADMIN1, Line.of((LngLat(42.0, 31.1), LngLat(43.0, 33.0), LngLat(41.2, 34.75)))),
        BorderLine(BorderKind.COAST, Line.of((LngLat(35.95, 34.6), LngLat(34.5, 31.5), LngLat(32.5, 31.2)))),
    ),
    labels=(
        Label("Iran", LngLat(52.0, 33.0), "country", 1, "IR"),
        Label("Iraq", LngLat(43.5, 33.0), "country", 1, "IQ"),
        Label("Damascus", LngLat(36.3, 33.5), "city", 2),
    ),
)


def evidence(article: ArticleRef, exact: str, marks: dict[str, str]) -> Evidence:
    """Quote a slice of an article's text and mark words in it: ``{"Mosul": "place"}``."""
    text = TEXTS[article.id]
    start = text.index(exact)
    found = tuple(
        Mark(start + exact.index(words), start + exact.index(words) + len(words), cast("Any", what))
        for words, what in marks.items()
    )
    quote = Quote(
        article.id,
        exact,
        text[max(0, start - 32) : start],
        text[start + len(exact) :][:32],
        start,
        start + len(exact),
    )
    return Evidence(quote, tuple(sorted(set(marks.values()))), found)


def report(article: ArticleRef, source: str, source_type: str = "official", stance: str = "reports") -> Report:
    start = TEXTS[article.id].index(source)
    return Report(source, cast("Any", source_type), cast("Any", stance), article.id, start, start + len(source))


def place(  # noqa: PLR0913, PLR0917  # a place has many fields
    article: ArticleRef,
    written: str,
    name: str,
    point: tuple[float, float],
    precision: Precision,
    metres: float,
    country: str = "IQ",
) -> IncidentPlace:
    start = TEXTS[article.id].index(written)
    kind = PlaceKind.SETTLEMENT if precision is Precision.NEAR_SETTLEMENT else PlaceKind(precision.value)
    return IncidentPlace(
        article.id,
        written,
        start,
        start + len(written),
        f"sample:{name.lower()}",
        name,
        kind,
        LngLat(*point),
        country,
        None,
        "in",
        precision,
        metres,
        0.9,
        ("a sample",),
        (),
    )


def incident(  # noqa: PLR0913  # a record has many fields
    incident_id: str,
    article: ArticleRef,
    title: str,
    event_type: str,
    quotes: tuple[Evidence, ...],
    *,
    sub_type: str | None = None,
    when: When = NO_DATE,
    at: IncidentPlace | None = None,
    geometry: Geometry | None = None,
    count: Span = Span(1, 1),  # noqa: B008  # frozen
    aggregate: bool = False,
    killed: Span | None = None,
    injured: Span | None = None,
    actor: str | None = None,
    attribution: Attribution | None = None,
    target: str | None = None,
    weapon: str | None = None,
    damage: str | None = None,
    status: Status = Status.REPORTED,
    reports: tuple[Report, ...] = (),
) -> Incident:
    return Incident(
        incident_id,
        title,
        event_type,
        sub_type,
        when,
        (at,) if at else (),
        geometry,
        count,
        aggregate,
        killed,
        injured,
        actor,
        attribution,
        target,
        weapon,
        damage,
        status,
        0.8,
        0.9,
        quotes,
        reports,
        (article,),
        max(1, len(reports)),
    )


ROCKETS = incident(
    "rockets",
    ARTICLE_AR,
    "سقوط صاروخين في المنطقة الخضراء ببغداد",
    "remote_violence",
    (
        evidence(
            ARTICLE_AR,
            "إن صاروخين 🚀🚀 سقطا مساء الخميس 7 كانون الأول/ديسمبر في المنطقة الخضراء ببغداد، من دون وقوع إصابات.",
            {
                "سقطا": "trigger",
                "مساء الخميس 7 كانون الأول/ديسمبر": "date",
                "المنطقة الخضراء": "place",
                "بغداد": "place",
            },
        ),
    ),
    sub_type="missile_or_rocket_attack",
    when=When(date(2023, 12, 7), date(2023, 12, 7), DatePrecision.DAY, DateBasis.EXPLICIT),
    at=place(ARTICLE_AR, "المنطقة الخضراء", "Green Zone", (44.3903, 33.3076), Precision.DISTRICT, 2500),
    geometry=Geometry("Point", LngLat(44.3903, 33.3076)),
    injured=Span(0, 0),
    weapon="صاروخين",
    status=Status.OFFICIAL,
    reports=(report(ARTICLE_AR, "ناطق باسم الشرطة"),),
)
OCTOBER = When(date(2023, 10, 1), date(2023, 12, 8), DatePrecision.INTERVAL, DateBasis.RELATIVE)
ATTACKS_IRAQ = incident(
    "attacks-iraq",
    ARTICLE_AR,
    "22 هجومًا في العراق",
    "remote_violence",
    (
        evidence(
            ARTICLE_AR,
            "وأحصت وزارة الدفاع 22 هجومًا في العراق و18 هجومًا في سوريا",
            {"22": "count", "العراق": "place"},
        ),
    ),
    when=OCTOBER,
    at=place(ARTICLE_AR, "العراق", "Iraq", (43.7, 33.1), Precision.COUNTRY, 500_000),
    geometry=IRAQ,
    count=Span(22, 22),
    aggregate=True,
    status=Status.CLAIMED,
    reports=(report(ARTICLE_AR, "وزارة الدفاع"),),
)
ATTACKS_SYRIA = incident(
    "attacks-syria",
    ARTICLE_AR,
    "18 هجومًا في سوريا",
    "remote_violence",
    (
        evidence(
            ARTICLE_AR,
            "وأحصت وزارة الدفاع 22 هجومًا في العراق و18 هجومًا في سوريا",
            {"18": "count", "سوريا": "place"},
        ),
    ),
    when=OCTOBER,
    at=place(ARTICLE_AR, "سوريا", "Syria", (38.5, 35.0), Precision.COUNTRY, 400_000, "SY"),
    geometry=SYRIA,
    count=Span(18, 18),
    aggregate=True,
    status=Status.CLAIMED,
    reports=(report(ARTICLE_AR, "وزارة الدفاع"),),
)
STRIKES_IRAQ = incident(
    "strikes-iraq",
    ARTICLE_AR,
    "ضربات الجيش على مواقع في العراق",
    "remote_violence",
    (
        evidence(
            ARTICLE_AR,
            "وردّ الجيش بضربات على مواقع في العراق لم يذكر عددها.",
            {"ضربات": "trigger", "العراق": "place"},
        ),
    ),
    at=place(ARTICLE_AR, "العراق", "Iraq", (43.7, 33.1), Precision.COUNTRY, 500_000),
    geometry=IRAQ,
    count=Span(1, None),
    aggregate=True,
    actor="الجيش",
    attribution=Attribution.REPORTED,
    target="مواقع",
)
NOWHERE = incident(
    "nowhere",
    ARTICLE_AR,
    "انفجار في مكان لم يُحدد",
    "accident",
    (evidence(ARTICLE_AR, "وتحدثت أنباء عن انفجار في مكان لم يُحدد.", {"انفجار": "trigger"}),),
    sub_type="explosion",
    status=Status.DISPUTED,
)
MOSUL = incident(
    "mosul",
    ARTICLE_EN,
    "Car bomb in a market in Mosul",
    "remote_violence",
    (
        evidence(
            ARTICLE_EN,
            ENGLISH.partition(" Hundreds")[0],
            {
                "car bomb": "trigger",
                "three": "killed",
                "at least twelve": "injured",
                "Mosul": "place",
                "Tuesday": "date",
            },
        ),
    ),
    sub_type="bombing",
    when=When(date(2023, 12, 5), date(2023, 12, 5), DatePrecision.DAY, DateBasis.RELATIVE),
    at=place(ARTICLE_EN, "Mosul", "Mosul", (43.13, 36.34), Precision.SETTLEMENT, 12_000),
    geometry=Geometry("Point", LngLat(43.13, 36.34)),
    killed=Span(3, 3),
    injured=Span(12, None),
    weapon="car bomb",
    target="a market",
    status=Status.OFFICIAL,
    reports=(report(ARTICLE_EN, "police"),),
)
BASRA = incident(
    "basra",
    ARTICLE_EN,
    "Protest in Basra over power cuts",
    "unrest",
    (
        evidence(
            ARTICLE_EN,
            "Hundreds protested in Basra over power cuts.",
            {"protested": "trigger", "Basra": "place"},
        ),
    ),
    sub_type="protest",
    when=When(date(2023, 12, 1), date(2023, 12, 6), DatePrecision.DAYS, DateBasis.INFERRED_FROM_PUBLICATION),
    at=place(ARTICLE_EN, "Basra", "Basra", (47.81, 30.51), Precision.SETTLEMENT, 10_000),
    geometry=Geometry("Point", LngLat(47.81, 30.51)),
)
BASRA_AGAIN = incident(
    "basra-again",
    ARTICLE_EN,
    "Power cuts in Basra",
    "other",
    (
        evidence(
            ARTICLE_EN,
            "Hundreds protested in Basra over power cuts.",
            {"power cuts": "trigger", "Basra": "place"},
        ),
    ),
    at=place(ARTICLE_EN, "Basra", "Basra", (47.81, 30.51), Precision.SETTLEMENT, 10_000),
    geometry=Geometry("Point", LngLat(47.81, 30.51)),
)
FLOODS = incident(
    "floods",
    ARTICLE_EN,
    "Two villages near Kirkuk flooded",
    "hazard",
    (
        evidence(
            ARTICLE_EN,
            "Two villages near Kirkuk were flooded, a claim the governor denied.",
            {"flooded": "trigger", "Two": "count", "Kirkuk": "place"},
        ),
    ),
    sub_type="flood",
    when=When(date(2023, 12, 1), date(2023, 12, 31), DatePrecision.MONTH, DateBasis.INFERRED_FROM_PUBLICATION),
    at=place(ARTICLE_EN, "Kirkuk", "Kirkuk", (44.39, 35.47), Precision.NEAR_SETTLEMENT, 25_000),
    geometry=KIRKUK_AROUND,
    count=Span(2, 2),
    aggregate=True,
    status=Status.DENIED,
    reports=(report(ARTICLE_EN, "the governor", "official", "denies"),),
)

ARABIC_INCIDENTS = (ROCKETS, ATTACKS_IRAQ, ATTACKS_SYRIA, STRIKES_IRAQ, NOWHERE)
ENGLISH_INCIDENTS = (MOSUL, BASRA, BASRA_AGAIN, FLOODS)
ALL_INCIDENTS = ARABIC_INCIDENTS + ENGLISH_INCIDENTS
