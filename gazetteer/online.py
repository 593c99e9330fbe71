"""Geocoders on the network as a further source, only when asked for: names that the embedded gazetteer does not know.

What is sent is a name and a language, nothing else of the article. What can go wrong ends in a warning, never in an
error: a server that is down leaves a name unresolved, as it was before it was asked. How answers are read is in
`gazetteer.online_answers`, how servers are spoken to in `gazetteer.online_client`, what was answered before is kept in
`gazetteer.online_cache`.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

from gazetteer.names import fold
from gazetteer.online_answers import Answer
from gazetteer.online_cache import Cache
from gazetteer.online_client import Client, FailedError, Server, StopError, server_of
from gazetteer.place import LngLat, Place, PlaceKind

LIMIT_S = 60.0
"""Seconds that all questions of a run may take together, waiting included."""
_FAILURES = 3
"""Names in a row that may fail before no more are asked: a server that is down is not asked 500 times."""
_LIKE_SIZE = 3.0
"""Factor between the radius that the server tells and that of an embedded area, up to which they may be one."""
_LONGEST_NAME = 100
_SAME_NAME, _OTHER_NAME = 0.6, 0.35
"""Confidence of an online place whose name is the one asked for, and of one that the server took for it (fuzzy
matching). Never more: nothing but the server says so."""


class World(Protocol):
    """The part of a `Gazetteer` that is asked."""

    def containing(self, point: LngLat) -> tuple[Place, ...]:
        """Give the areas that contain a point."""
        ...


@dataclass(frozen=True, slots=True)
class OnlinePlace:
    """A place that a server gave for a name.

    Attributes
    ----------
    place
        The place; its source names the server. For a country or a first-level area the embedded one, polygon and all.
    confidence
        0 to 0.6.
    reasons
        Why this one.
    """

    place: Place
    confidence: float
    reasons: tuple[str, ...]

    @property
    def same_name(self) -> bool:
        """Whether the server knows it by the very name that was asked for."""
        return self.confidence >= _SAME_NAME


class OnlineGeocoder:
    """A server that is asked for names.

    Parameters
    ----------
    service
        ``nominatim``, ``photon``, ``photon=http://127.0.0.1:2322``, ``pelias=URL``, or the URL of a Nominatim.
    cache
        File for answers, kept between runs; None for this run only.
    limit_s
        Seconds that all questions may take together.
    clock, sleep
        For tests: what tells the seconds, and what waits.

    Raises
    ------
    SourceError
        The service is not known.

    Examples
    --------
    >>> with OnlineGeocoder("http://127.0.0.1:9", limit_s=1) as server:
    ...     server.find("Xanadu", language="en")
    ...     len(server.warnings)
    ()
    1
    """

    def __init__(
        self,
        service: str,
        *,
        cache: Path | None = None,
        limit_s: float = LIMIT_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.server: Server = server_of(service)
        self._client = Client(self.server, limit_s, clock, sleep)
        self._cache = Cache(cache)
        self._failed = 0
        self._stopped: str | None = None
        self._warned: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong so far, each thing once."""
        told = [*self._cache.warnings, *self._warned]
        return (*told, self._stopped) if self._stopped else tuple(told)

    def find(
        self, name: str, *, language: str | None = None, countries: Collection[str] = (), world: World | None = None
    ) -> tuple[OnlinePlace, ...]:
        """Give the places of a name, the likeliest first; none when the server fails or knows none.

        Parameters
        ----------
        name
            As written.
        language
            ISO 639-1 code of the text.
        countries
            ISO codes of countries that the text speaks of; when there are any, a namesake elsewhere is no answer.
        world
            The embedded gazetteer: gives countries and first-level areas their polygons and every place its parents.
        """
        name = " ".join(name.split())[:_LONGEST_NAME]
        answers = self._answers(name, language or "") if fold(name) else ()
        found = [self._online_place(name, answer, world) for answer in answers]
        if countries:
            found = [online for online in found if online.place.country in countries]
        return tuple(sorted(found, key=lambda online: -online.confidence))  # stable: the server's order within

    def _answers(self, name: str, language: str) -> tuple[Answer, ...]:
        key = (self.server.url, language, fold(name))
        kept = self._cache.get(key)
        if kept is not None or self._stopped:
            return kept or ()
        try:
            answers = self._client.ask(name, language)
        except StopError as error:
            self._stopped = f"{self.server.label}: {error}; names it does not know stay unresolved"
            return ()
        except FailedError as error:
            self._failed += 1
            told = f"{self.server.label}: {error}"
            if told not in self._warned:
                self._warned.append(told)
            if self._failed >= _FAILURES:
                self._stopped = f"{self.server.label}: failed for {_FAILURES} names in a row: no more names are asked"
            return ()
        self._failed = 0
        self._cache.put(key, answers)
        return answers

    def _online_place(self, name: str, answer: Answer, world: World | None) -> OnlinePlace:
        same = fold(name) in {fold(other) for other in answer.names}
        how = "by this name" if same else "by a like name"
        reasons: tuple[str, ...] = (f"asked online: {self.server.label} knows {answer.name} {how} ({answer.category})",)
        around = world.containing(answer.point) if world else ()
        if answer.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1):
            area = next((place for place in around if place.kind is answer.kind), None)
            if area and answer.radius_m / _LIKE_SIZE <= area.radius_m <= answer.radius_m * _LIKE_SIZE:
                reasons += (f"the area of {area.name} ({area.id}), in which the server puts it",)
                return OnlinePlace(area, _SAME_NAME if same else _OTHER_NAME, reasons)
        place = Place(
            id=answer.id,
            name=answer.name,
            kind=answer.kind,
            feature="",
            point=answer.point,
            country=answer.country,
            parents=tuple(p.id for p in around if p.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2)),
            population=0,
            radius_m=answer.radius_m,
            has_area=False,
            source=f"online: {self.server.label}",
        )
        if place.country is None:
            place = replace(place, country=next((p.country for p in around if p.kind is PlaceKind.COUNTRY), None))
        return OnlinePlace(place, _SAME_NAME if same else _OTHER_NAME, reasons)
