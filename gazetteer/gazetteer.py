"""The gazetteer as a user has it: look a name up, scan a text, ask for a place's shape."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gazetteer.format import BLOCK, DATA, DEMONYM, ORDINAL_MASK
from gazetteer.index import NameIndex, NameMatch
from gazetteer.names import Word, words
from gazetteer.place import LngLat, Place, PlaceKind
from gazetteer.ranking import prominence
from gazetteer.resolution import Candidate, candidate_of
from gazetteer.sounds import Heard, distance, heard_names, sound_keys, sounds
from gazetteer.store import PlaceStore

if TYPE_CHECKING:
    from gazetteer.areas import Areas
    from gazetteer.geometry import Geometry
    from gazetteer.layers.layer import Layer
    from gazetteer.layers.stack import Stack

_NO_PLACE = BLOCK | DEMONYM
_REMEMBERED = 20_000
"""Names whose candidates are kept: an article asks for each of its names several times."""


class Gazetteer:
    """An open gazetteer. Close it, or use it in a ``with``.

    Parameters
    ----------
    folder
        The built files; the ones in the package by default.
    layers
        Your own gazetteers, the topmost first: CSV, GeoJSON, Linked Places or GeoNames dump, or a folder made by
        ``gazetteer build``. Their bad rows are told in ``Gazetteer.layers[i].problems``.

    Examples
    --------
    >>> with Gazetteer() as world:
    ...     best = world.lookup("المنطقة الخضراء", country="IQ")[0].place
    >>> best.name, best.kind.value, best.country
    ('Green Zone', 'district', 'IQ')
    """

    def __init__(self, folder: Path = DATA, layers: Sequence[Path] = ()) -> None:
        self.names = NameIndex(folder)
        self._candidates: dict[str, tuple[Candidate, ...]] = {}
        self._sounds: dict[str, list[str]] = {}
        self._alike = lru_cache(maxsize=_REMEMBERED)(self._find_alike)  # an article repeats its unknown names
        self._store = PlaceStore(folder)
        self._stack: Stack | None = None  # imported only when asked for: start-up is a feature
        if layers:
            from gazetteer.layers.stack import open_stack

            try:
                self._stack = open_stack(layers, self, self._store, self.areas)
            except BaseException:
                self.close()
                raise

    @property
    def layers(self) -> "tuple[Layer, ...]":
        """The layers above the built-in places, the topmost first."""
        return self._stack.layers if self._stack else ()

    @cached_property
    def areas(self) -> "Areas":
        """Polygons, and which of them contain a point."""
        from gazetteer.areas import Areas

        return Areas(self._store.connection)

    def close(self) -> None:
        """Let go of the files."""
        if self._stack:
            self._stack.close()
        self.names.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(self, name: str, *, country: str | None = None) -> tuple[Candidate, ...]:
        """Give the places that a whole written name may mean, the likeliest first.

        Parameters
        ----------
        name
            As written, in any script, with or without clitics.
        country
            ISO 3166-1 alpha-2; keeps only places of that country.

        Returns
        -------
        tuple of Candidate
            Empty when the name is unknown: that is an answer, not an error.
        """
        whole = next((m for m in self.scan(name) if m.first == 0), None)
        if whole is None or whole.last + 1 < len(words(name)):
            return ()
        found = self.candidates(whole)
        return tuple(c for c in found if country is None or c.place.country == country.upper())

    def candidates(self, match: NameMatch) -> tuple[Candidate, ...]:
        """Give the places that a match may mean, by prominence; demonyms and blocked names mean none."""
        known = self._candidates.get(match.key)
        if known is not None:
            return known
        postings = [p for p in match.postings if not p.flags & _NO_PLACE and p.ordinal <= ORDINAL_MASK]
        places = self._store.places([posting.ordinal for posting in postings])
        rows = [
            candidate_of(place, match.key, flags, prominence(place, flags))
            for place, (_, flags) in zip(places, postings, strict=True)
        ]
        if self._stack:
            rows = self._stack.with_candidates(rows, match)
        rows.sort(key=lambda c: (-c.score, c.place.id))
        if len(self._candidates) >= _REMEMBERED:
            self._candidates.clear()
        self._candidates[match.key] = tuple(rows)
        return self._candidates[match.key]

    def sounding_like(self, name: str, countries: Collection[str], within: float = inf) -> tuple[Heard, ...]:
        """Give the settlements and areas of some countries whose Latin name sounds like a written one.

        For names that the gazetteer does not have in the language of a text: ماناي is Manay, "Karakosch" Qaraqosh.

        Parameters
        ----------
        name
            In Latin, Arabic, Hebrew or Cyrillic script, without clitics.
        countries
            ISO 3166-1 alpha-2 codes of those that are looked into.
        within
            The farthest that they may sound apart (`gazetteer.sounds.distance`).

        Returns
        -------
        tuple of Heard
            The nearest in sound first; empty when nothing sounds alike.

        Examples
        --------
        >>> with Gazetteer() as world:
        ...     best = world.sounding_like("بوسا ريكا", ["MX"])[0]
        >>> best.place.name, best.distance < 0.2
        ('Poza Rica de Hidalgo', True)
        """
        return self._alike(sounds(name), frozenset(countries), within)

    def _find_alike(self, notation: str, countries: frozenset[str], within: float) -> tuple[Heard, ...]:
        keys = {key for key in sound_keys(notation) if len(key) > 1}
        if not keys or not countries:
            return ()
        heard = [
            Heard(place, far)
            for place in self._store.sounding(keys, countries)
            if (far := min((distance(notation, own, within) for own in self._sounds_of(place)), default=inf)) < inf
        ]
        return tuple(sorted(heard, key=lambda h: (h.distance, -h.place.population, h.place.id)))

    def _sounds_of(self, place: Place) -> list[str]:
        known = self._sounds.get(place.id)
        if known is None:
            if len(self._sounds) >= _REMEMBERED:
                self._sounds.clear()
            known = self._sounds[place.id] = heard_names(self._store.names(place))
        return known

    def demonym(self, match: NameMatch) -> Place | None:
        """Give the country whose people or adjective a match is, None when it is no demonym."""
        for posting in match.postings:
            if posting.flags & DEMONYM and posting.ordinal <= ORDINAL_MASK:
                return self._store.place(posting.ordinal)
        return None

    def scan(self, text: str, tokens: Sequence[Word] | None = None, language: str | None = None) -> Iterator[NameMatch]:
        """Give every longest name in a text; see `NameIndex.scan`."""
        if self._stack:
            tokens = words(text) if tokens is None else tokens
            below = self.names.scan_words(text, tokens, language)
            return self._stack.scan(text, tokens, language, below)
        if tokens is None:
            return self.names.scan(text, language)
        return self.names.scan_words(text, tokens, language)

    def place(self, place_id: str) -> Place | None:
        """Give a place by its id."""
        if self._stack and (own := self._stack.place(place_id, above=True)):
            return own
        ordinal = self._store.ordinal(place_id)
        if ordinal is None:
            return self._stack.place(place_id, above=False) if self._stack else None
        return self._store.place(ordinal)

    def countries(self) -> tuple[Place, ...]:
        """Give all countries of the built-in gazetteer.

        Examples
        --------
        >>> with Gazetteer() as world:
        ...     "IQ" in {country.country for country in world.countries()}
        True
        """
        return tuple(self._store.place(ordinal) for ordinal in self._store.ordinals(PlaceKind.COUNTRY))

    def name(self, place: Place, language: str) -> str:
        """Give a place's name for display in a language; its English name where the sources have none."""
        own = self._stack.name(place.id, language) if self._stack else None
        return own or self._store.name(place.id, language) or place.name

    def shape(self, place: Place) -> "Geometry | None":
        """Give a place's polygon, None where it has none."""
        if self._stack and (own := self._stack.shape(place.id)):
            return own
        ordinal = self._store.ordinal(place.id)
        return None if ordinal is None else self.areas.shape(ordinal)

    def containing(self, point: LngLat) -> tuple[Place, ...]:
        """Give the areas that contain a point, the smallest first."""
        ordinals = self.areas.containing(point)
        if not self._stack:
            return tuple(self._store.place(ordinal) for ordinal in ordinals)
        found = [(self.areas.extent(ordinal), self._store.place(ordinal)) for ordinal in ordinals]
        return tuple(place for _, place in sorted([*self._stack.containing(point), *found], key=lambda row: row[0]))
