"""Mentions → resolutions: what the article speaks of is put together and the gazetteer is asked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import Document, Gazetteer, Mention, Place, PlaceKind, Precision, Query, Resolution, Role, resolve
from gazetteer.resolver import PRECISION
from gazetteer.sounds import bare_name
from geomap.mentions import Found
from geomap.reading import Reading

_STATE_WEIGHT = 1
_DEMONYM_CONFIDENCE = 0.95
"""A demonym of the list means its country; "Georgian" may be of the American state."""
_HEARD_RIGHT = 0.9
"""How often what sounds the same within its country is the same place: see docs/decisions/0013-names-by-sound.md."""
_HEARD_SAFE = 0.31
"""As for other names: "Vila" in Brazil is not Wila in Switzerland (0.29), which the article names too."""
_GAP = 3
"""Words between a name and its container: "Bakhmut, in the eastern Donetsk", "Salah al-Din district of Aleppo"."""
_CONTAINER_KINDS = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.SETTLEMENT)


def resolve_mentions(reading: Reading, found: Sequence[Found]) -> tuple[Resolution, ...]:
    """Decide what each mention of an article means, in the order of the mentions."""
    decided = resolve(document_of(reading, found))
    return tuple(
        _of_people(item.mention, item.country)
        if item.country
        else resolution
        if item.heard is None
        else _by_sound(resolution, item.heard)
        for item, resolution in zip(found, decided, strict=True)
    )


def document_of(reading: Reading, found: Sequence[Found]) -> Document:
    """Put together what the gazetteer is asked."""
    queries = tuple(
        Query(
            mention=item.mention,
            name=item.match.key,
            candidates=item.candidates,
            asked=item.asked,
            beside=(beside := _beside(reading, found, i)),
            inside=beside is not None and _says_inside(reading, item, found[beside]),
        )
        for i, item in enumerate(found)
    )
    return Document(queries, _countries(found), reading.article.language or "")


_NO_SEATS = frozenset({"US", "CA", "GB", "IE", "AU", "NZ", "ZA"})
"""Countries whose districts are not called after their main town: Jackson County is no environs of Jackson."""


def at_seats(resolutions: Sequence[Resolution], world: Gazetteer) -> tuple[Resolution, ...]:
    """Give the resolutions with a district of unknown border put at the town that it is called after.

    "Akhisar ilçesi", منطقة المنقف: news mean the town or what lies around it, and no border says how far; the town's
    position with the district's radius says both. Where no town bears its name the district stays a circle.
    """
    return tuple(_at_seat(resolution, world) for resolution in resolutions)


def _at_seat(resolution: Resolution, world: Gazetteer) -> Resolution:
    area = resolution.place
    if area is None or area.kind is not PlaceKind.ADMIN2 or area.has_area or area.country in _NO_SEATS:
        return resolution
    named = world.lookup(bare_name(area.name), country=area.country)
    seat = next((c.place for c in named if c.place.kind is PlaceKind.SETTLEMENT and area.id in c.place.parents), None)
    if seat is None:
        return resolution
    reason = f"the border of {area.name} is not known: its town, with the district's radius"
    return replace(resolution, place=seat, precision=Precision.DISTRICT, reasons=(*resolution.reasons, reason))


def _of_people(mention: Mention, country: Place) -> Resolution:
    """A demonym points at its country; its role keeps it from being the place of an incident."""
    reason = f"the people or the adjective of {country.name}"
    return Resolution(mention, country, PRECISION[country.kind], country.radius_m, _DEMONYM_CONFIDENCE, (reason,))


def _by_sound(resolution: Resolution, apart: float) -> Resolution:
    """Mark a name that was read by its sound, and make it no surer than the sounds are alike."""
    if resolution.place is None:
        return resolution
    sure = round(resolution.confidence * max(0.0, _HEARD_RIGHT - apart), 3)
    if sure < _HEARD_SAFE:
        reason = "nothing that sounds like it is safe enough"
        return Resolution(resolution.mention, None, None, None, 0.0, (reason,), resolution.rejected)
    reason = f"read by its sound: the gazetteer has {resolution.place.name}, {apart:.2f} apart"
    return replace(resolution, confidence=sure, reasons=(reason, *resolution.reasons))


def _countries(found: Sequence[Found]) -> Counter[str]:
    """Count how often each country is spoken of: by name, by people."""
    counts: Counter[str] = Counter()
    for item in found:
        if item.country and item.country.country:
            counts[item.country.country] += _STATE_WEIGHT
        elif item.candidates:
            best = item.candidates[0].place
            if best.country and best.kind is PlaceKind.COUNTRY:
                counts[best.country] += _STATE_WEIGHT
    return counts


def _beside(reading: Reading, found: Sequence[Found], i: int) -> int | None:
    """Index of the mention that is written right beside this one as its container."""
    this = found[i]
    if not this.candidates:
        return None
    if i + 1 < len(found) and _is_container(found[i + 1]) and _runs_into(reading, this, found[i + 1]):
        return i + 1
    if i > 0 and _is_container(found[i - 1]) and _owns(reading, found[i - 1], this):
        return i - 1
    return None


def _says_inside(reading: Reading, name: Found, container: Found) -> bool:
    """Whether more than a comma joins a name to its container."""
    between = reading.article.text[name.mention.end : container.mention.start]
    return between.strip() not in ("", ",", "،")


def _is_container(item: Found) -> bool:
    return (
        bool(item.candidates)
        and item.candidates[0].place.kind in _CONTAINER_KINDS
        and item.mention.role in (Role.LOCATION, Role.METONYM)
    )


def _runs_into(reading: Reading, name: Found, container: Found) -> bool:
    """Whether a container follows: "Paris, Texas"; "المنطقة الخضراء ببغداد"; "Bakhmut in the Donetsk region"."""
    between = reading.article.text[name.mention.end : container.mention.start]
    if container.match.first == name.match.last + 1:
        return between == ", " or (container.located and not container.match.clitic.startswith(("و", "ו")))
    gap = range(name.match.last + 1, container.match.first)
    hits = reading.hits_between(gap.start, gap.stop, "places.")
    if any(hit.label == "places.onto" for hit in hits):
        return False  # "from Baghdad to Kirkuk", "la carretera de Bagdad a Kirkuk"
    covered = {k for hit in hits for k in range(hit.first, hit.last + 1)}
    return len(gap) <= _GAP and all(k in covered or _is_article(reading, k) for k in gap)


def _is_article(reading: Reading, word: int) -> bool:
    return reading.rules is not None and reading.words[word].folded in reading.rules.demonstratives


def _owns(reading: Reading, container: Found, name: Found) -> bool:
    """Whether a genitive joins them: "Baghdad's Green Zone"."""
    between = reading.article.text[container.mention.end : name.mention.start]
    return between in ("'s ", "’s ", "' ", "’ ")
