"""How prominent a place is before anything is known of the text.

The sum of what its kind, its size and its name say. The order that the numbers must give is a test
(tests/gazetteer/test_ranking.py), one case a rule.
"""

import math

from gazetteer.format import PREFERRED
from gazetteer.place import Place, PlaceKind

_KIND = {
    PlaceKind.COUNTRY: 9.0,  # Lebanon the country before Lebanon, Tennessee; Jordan before the surname's town
    PlaceKind.WATER: 6.0,
    PlaceKind.REGION: 6.0,
    PlaceKind.SITE: 5.0,  # curated or an airport: nothing else is called so
    PlaceKind.DISTRICT: 4.5,
    PlaceKind.ADMIN1: 4.4,  # Baghdad the city before Baghdad Governorate, Punjab before a town Punjab
    PlaceKind.ADMIN2: 2.0,
    PlaceKind.SETTLEMENT: 0.0,
}
# Seats: many have no population in GeoNames, and are towns that news name: Tal Afar (PPLA2, 0 inhabitants there).
_FEATURE = {"PPLC": 2.0, "PPLA": 1.0, "PPLA2": 1.0, "PPLA3": 0.6, "PPLX": -1.0, "AIRP": -2.0}
_METROPOLIS = 1_000_000  # Aleppo (2 million) before Aleppo Governorate (4.4)
_CURATED = 2.8  # a village that an editor put in is one that the news speak of: الخيام (Khiam)
_VARIANT = -1.0  # a variant spelling of one place yields to the main name of another: London, Ontario's "Londres"


def prominence(place: Place, flags: int = PREFERRED) -> float:
    """Score a place for a name, higher is likelier; about 0 for a hamlet, 7 for a metropolis, 9 for a country.

    Examples
    --------
    >>> import gazetteer
    >>> with gazetteer.open_gazetteer() as world:
    ...     [world.lookup(name)[0].place.country for name in ("Tripoli", "Lebanon", "Paris")]
    ['LY', 'LB', 'FR']
    """
    kind, population = place.kind, place.population
    score = _FEATURE.get(place.feature, 0.0)
    if kind is PlaceKind.SETTLEMENT:  # most are: their kind adds nothing
        score += math.log10(max(population, 100)) - 2.0 + 0.5 * (population > _METROPOLIS)
        if place.source.startswith("curated"):
            score += _CURATED
    else:
        score += _KIND[kind]
    return score if flags & PREFERRED else score + _VARIANT


def told(place: Place, flags: int = PREFERRED) -> tuple[tuple[float, str], ...]:
    """Give the parts of `prominence` with what each says, for ``gazetteer explain``; they add up to it.

    Examples
    --------
    >>> import gazetteer
    >>> with gazetteer.open_gazetteer() as world:
    ...     told(world.lookup("Baghdad")[0].place)
    ((0.0, 'kind settlement'), (2.0, 'its feature code is PPLC'), (5.4, '7,216,000 inhabitants'))
    """
    parts = [(_KIND[place.kind], f"kind {place.kind.value}")]
    if place.feature in _FEATURE:
        parts.append((_FEATURE[place.feature], f"its feature code is {place.feature}"))
    if place.kind is PlaceKind.SETTLEMENT:
        size = math.log10(max(place.population, 100)) - 2.0 + 0.5 * (place.population > _METROPOLIS)
        parts.append((size, f"{place.population:,} inhabitants" if place.population else "no number of inhabitants"))
        if place.source.startswith("curated"):
            parts.append((_CURATED, "put in by an editor"))
    if not flags & PREFERRED:
        parts.append((_VARIANT, "a variant of its name"))
    return tuple((round(score, 1), what) for score, what in parts)
