"""Layers over the built-in gazetteer: one scan, one list of candidates, one place by id.

A posting of a layer carries the layer's number above the bits of its ordinal, so that nobody who passes postings on
need know of layers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gazetteer.areas import Areas
from gazetteer.format import BLOCK, DEMONYM, ORDINAL_BITS, ORDINAL_MASK, OWN
from gazetteer.geometry import Geometry
from gazetteer.layers.compile import Standing
from gazetteer.layers.countries import World
from gazetteer.layers.layer import Layer, open_layer
from gazetteer.names import Word
from gazetteer.place import LngLat, Place, PlaceKind
from gazetteer.ranking import prominence
from gazetteer.resolution import Candidate, candidate_of
from gazetteer.scanner import NameMatch, Posting
from gazetteer.store import PlaceStore

_ABOVE = 20.0
"""Added to a place of a user's own gazetteer: more than the sum of all votes (about 15) can turn round."""
_UNSIZED = 0.3
"""Most that a feature of a dump starts with when no number of people tells its size: a stream, a farm, a hotel. The
built-in gazetteer's sites start with 5 because an editor chose each."""
_KEPT = 50_000


def open_stack(paths: Sequence[Path], world: World, base: PlaceStore, areas: Areas) -> "Stack":
    """Open layers, the first one on top; when one can't be opened, those before it are closed again."""
    opened: list[Layer] = []
    try:
        opened.extend(open_layer(path, world) for path in paths)
    except BaseException:
        for layer in opened:
            layer.close()
        raise
    return Stack(opened, base, areas)


class Stack:
    """Open layers, the first one on top.

    Parameters
    ----------
    layers
        The layers.
    base, areas
        The places and polygons below them.
    """

    def __init__(self, layers: Sequence[Layer], base: PlaceStore, areas: Areas) -> None:
        self.layers = tuple(layers)
        self._base = base
        self._base_areas = areas
        self._place = lru_cache(maxsize=_KEPT)(self._read_place)

    def close(self) -> None:
        """Close all layers."""
        for layer in self.layers:
            layer.close()

    def scan(
        self, text: str, tokens: Sequence[Word], language: str | None, below: Iterator[NameMatch]
    ) -> Iterator[NameMatch]:
        """Give the longest names of all layers and of what is below, from left to right, not overlapping."""
        merged = below
        for number in range(len(self.layers), 0, -1):
            own = self.layers[number - 1].names.scan_words(text, tokens, language)
            merged = self._merged(self._numbered(own, number), merged, number)
        return merged

    @staticmethod
    def _numbered(matches: Iterator[NameMatch], number: int) -> Iterator[NameMatch]:
        for match in matches:
            postings = tuple(Posting(p.ordinal | number << ORDINAL_BITS, p.flags) for p in match.postings)
            yield match._replace(postings=postings)

    def _merged(self, upper: Iterator[NameMatch], lower: Iterator[NameMatch], number: int) -> Iterator[NameMatch]:
        """Two streams of matches as one: of two that overlap the one of more words, with fewer letters cut off."""
        above = self.layers[number - 1].standing is Standing.ABOVE
        ours, theirs = next(upper, None), next(lower, None)
        while ours and theirs:
            if ours.last < theirs.first:
                yield ours
                ours = next(upper, None)
            elif theirs.last < ours.first:
                yield theirs
                theirs = next(lower, None)
            elif (ours.first, ours.last, ours.clitic) == (theirs.first, theirs.last, theirs.clitic):
                theirs = _united(ours, theirs, above=above)
                ours = next(upper, None)
            elif _rank(ours, upper=above) > _rank(theirs, upper=not above):
                theirs = next(lower, None)
            else:
                ours = next(upper, None)
        while ours:
            yield ours
            ours = next(upper, None)
        while theirs:
            yield theirs
            theirs = next(lower, None)

    def with_candidates(self, below: list[Candidate], match: NameMatch) -> list[Candidate]:
        """Give what a match means in the layers and below; a user's own place replaces the one below of its id."""
        found = self._candidates(match)
        own = {candidate.place.id for candidate in found if candidate.place.source.startswith(OWN)}
        known = {candidate.place.id for candidate in below}
        kept = [candidate for candidate in below if candidate.place.id not in own]
        return kept + [candidate for candidate in found if candidate.place.id in own or candidate.place.id not in known]

    def _candidates(self, match: NameMatch) -> list[Candidate]:
        """Give what a match means in the layers; places of a dump that are known below are given as below."""
        found = []
        for posting in match.postings:
            number = posting.ordinal >> ORDINAL_BITS
            if not number:
                continue
            layer = self.layers[number - 1]
            place = self._place(number, posting.ordinal & ORDINAL_MASK)
            if layer.standing is Standing.ABOVE:
                found.append(candidate_of(place, match.key, posting.flags, prominence(place, posting.flags) + _ABOVE))
                continue
            known = self._base.ordinal(place.id)
            if known is not None:
                place = self._base.place(known)
                found.append(candidate_of(place, match.key, posting.flags, prominence(place, posting.flags)))
            elif place.kind not in (PlaceKind.COUNTRY, PlaceKind.ADMIN1):  # all are known below, with their polygons
                score = prominence(place, posting.flags)
                sized = place.kind is PlaceKind.SETTLEMENT
                score = score if sized else min(score, _UNSIZED)
                found.append(candidate_of(place, match.key, posting.flags, score))
        return found

    def place(self, place_id: str, *, above: bool) -> Place | None:
        """Give a place by its id: of the layers above what is built in, or of those beside it."""
        for number, layer in enumerate(self.layers, 1):
            if (layer.standing is Standing.ABOVE) is above and (ordinal := layer.store.ordinal(place_id)) is not None:
                return self._place(number, ordinal)
        return None

    def shape(self, place_id: str) -> Geometry | None:
        """Give the polygon of a layer's place."""
        for layer in self.layers:
            if (ordinal := layer.store.ordinal(place_id)) is not None:
                return layer.areas.shape(ordinal)
        return None

    def name(self, place_id: str, language: str) -> str | None:
        """Give the name of a layer's place in a language."""
        names = (layer.store.name(place_id, language) for layer in self.layers)
        return next((name for name in names if name), None)

    def containing(self, point: LngLat) -> list[tuple[float, Place]]:
        """Give the layers' areas that contain a point, with their extents."""
        return [
            (layer.areas.extent(ordinal), self._place(number, ordinal))
            for number, layer in enumerate(self.layers, 1)
            for ordinal in layer.areas.containing(point)
        ]

    def _read_place(self, number: int, ordinal: int) -> Place:
        """A layer's place, with the areas below as its parents: a dump's own are not those that texts resolve to."""
        place = self.layers[number - 1].store.place(ordinal)
        if place.kind is PlaceKind.COUNTRY:
            return place
        around = [self._base.place(i) for i in self._base_areas.containing(place.point)]
        parents = tuple(p.id for p in around if p.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2))
        country = place.country or next((p.country for p in around if p.kind is PlaceKind.COUNTRY), None)
        return replace(place, parents=parents, country=country)


def _united(ours: NameMatch, theirs: NameMatch, *, above: bool) -> NameMatch:
    """One match with both meanings; a name of the user's own is a name, whatever the lists below say of it."""
    unsaid = BLOCK | DEMONYM
    kept = tuple(p for p in theirs.postings if not (above and p.flags & unsaid))
    return (ours if above else theirs)._replace(postings=(*ours.postings, *kept))


def _rank(match: NameMatch, *, upper: bool) -> tuple[int, int, bool, int]:
    return (match.last - match.first, -len(match.clitic), upper, -match.first)
