"""The path of an article, on one screen: read → mentions → places → drafts → merged events → incidents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import Gazetteer, Resolution
from geomap.articles.article import Article
from geomap.assemble import Told, assemble
from geomap.confidence import LEAST
from geomap.dates import date_spans, resolve_dates
from geomap.heard import hear
from geomap.incident import Incident
from geomap.incidents.draft import Dropped
from geomap.incidents.find import find_drafts
from geomap.incidents.heads import Pair
from geomap.languages import Language, available, load
from geomap.languages.dates import Expression
from geomap.mentions import Found, find_mentions
from geomap.merge import Event, merge
from geomap.online_places import ask_online
from geomap.places import at_seats, resolve_mentions
from geomap.quantities import Number, find_numbers
from geomap.reading import Reading, read
from geomap.relative_phrases import place_relatively

if TYPE_CHECKING:
    from gazetteer.online import OnlineGeocoder


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything read in one article; `explain` shows it.

    Attributes
    ----------
    reading
        The article with its words, sentences and phrases.
    found, resolutions
        Its place mentions and what each was resolved to, in the same order.
    incidents
        What it reports.
    dropped
        Triggers that gave no incident, and why.
    events
        What the sentences say of each incident, in their order.
    pairs
        Every trigger with every place that it was weighed with.
    """

    reading: Reading
    found: tuple[Found, ...]
    resolutions: tuple[Resolution, ...]
    incidents: tuple[Incident, ...]
    dropped: tuple[Dropped, ...]
    events: tuple[Event, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """The places that one article names, and what else was read on the way.

    Attributes
    ----------
    reading
        The article with its words, sentences and phrases.
    found, resolutions
        Its place mentions and what each was resolved to, in the same order.
    language
        Its language, None where there is no file for it.
    dates, numbers
        Its date expressions, not yet resolved, and its numbers.
    """

    reading: Reading
    found: tuple[Found, ...]
    resolutions: tuple[Resolution, ...]
    language: Language | None
    dates: Sequence[Expression]
    numbers: Sequence[Number]


def find_places(article: Article, world: Gazetteer, online: "OnlineGeocoder | None" = None) -> Places:
    """Find the places that one article names, and leave its incidents.

    Parameters
    ----------
    article
        The article, in any language.
    world
        The open gazetteer.
    online
        A server to ask for names that the gazetteer does not know; None: nothing leaves this machine.
    """
    language = language_of(article)
    reading = read(article, language.rules if language else None)
    expressions = language.dates.find(article.text) if language else ()
    dated = tuple((e.start, e.end) for e in expressions)
    numbers = find_numbers(article.text, language, dated) if language else ()
    spans = _spans(numbers, dated)
    found = find_mentions(reading, world, spans)
    resolutions = resolve_mentions(reading, found)
    heard = hear(reading, found, resolutions, world, spans)
    if heard != found:
        found, resolutions = heard, resolve_mentions(reading, heard)
    if online:
        found, resolutions = ask_online(reading, found, resolutions, online, world, spans)
    found, resolutions = place_relatively(reading, found, at_seats(resolutions, world), world)
    return Places(reading, found, resolutions, language, expressions, numbers)


def analyse(
    article: Article, world: Gazetteer, online: "OnlineGeocoder | None" = None, least: float = LEAST
) -> Analysis:
    """Read one article.

    Parameters
    ----------
    article
        The article; in a language without a file its places are found and no incidents.
    world
        The open gazetteer.
    online
        A server to ask for names that the gazetteer does not know; None: nothing leaves this machine.
    least
        The least confidence of an incident, 0 to 1; what is less sure is dropped.
    """
    places = find_places(article, world, online)
    reading, found, resolutions = places.reading, places.found, places.resolutions
    if places.language is None:
        return Analysis(reading, found, resolutions, (), ())
    dates = resolve_dates(article.text, places.language, article.published, places.dates)
    findings = find_drafts(reading, found, resolutions, dates, places.numbers)
    merged = merge(findings, article.published)
    told = Told(reading, found, resolutions)
    kept: list[Incident] = []
    events: list[Event] = []
    dropped = list(merged.dropped)
    for event in merged.events:
        incident = assemble(event, told, world)
        if incident.confidence < least:
            dropped.append(Dropped(event.first.trigger, f"too unsure: {incident.confidence} < {least}"))
        else:
            kept.append(incident)
            events.append(event)
    return Analysis(reading, found, resolutions, tuple(kept), tuple(dropped), tuple(events), findings.pairs)


def spans_of(text: str, language: Language | None) -> list[tuple[int, int]]:
    """Give the offsets of a text's numbers and dates, which are no names: May is a month, مئة is a hundred."""
    dated = date_spans(text, language) if language else ()
    return _spans(find_numbers(text, language, dated) if language else (), dated)


def _spans(numbers: Sequence[Number], dated: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(number.start, number.end) for number in numbers] + list(dated)


def language_of(article: Article) -> Language | None:
    """Give the language of an article, None where there is no file for it."""
    return load(article.language) if article.language in available() else None


def find_incidents(articles: Iterable[Article], world: Gazetteer) -> Iterator[Incident]:
    """Give the incidents of some articles, in their order."""
    for article in articles:
        yield from analyse(article, world).incidents
