"""Why a name gives this place, and what else it could mean: text for ``gazetteer explain``."""

from collections.abc import Iterator

from gazetteer.format import PREFERRED
from gazetteer.gazetteer import Gazetteer
from gazetteer.names import words
from gazetteer.ranking import prominence, told
from gazetteer.resolution import Candidate
from gazetteer.scanner import NameMatch

_SHOWN = 10
_UNLIKE = 0.05
"""A score that differs this much from the sum of its parts was changed by a layer."""


def explain(name: str, world: Gazetteer) -> tuple[str, ...]:
    """Tell what a name means, line by line.

    Parameters
    ----------
    name
        As written.
    world
        The open gazetteer.

    Examples
    --------
    >>> with Gazetteer() as world:
    ...     lines = explain("ببغداد", world)
    >>> lines[0]
    'بغداد, with ب cut from its front: 2 places'
    >>> lines[2]
    '   7.4 = 0.0 kind settlement + 2.0 its feature code is PPLC + 5.4 7,216,000 inhabitants'
    """
    return tuple(_lines(name, world))


def _lines(name: str, world: Gazetteer) -> Iterator[str]:
    matches = list(world.scan(name))
    whole = matches[0] if len(matches) == 1 and matches[0].last + 1 - matches[0].first == len(words(name)) else None
    if whole is None:
        yield "no place of this name is known"
        for match in matches:
            inner = world.candidates(match)
            meaning = f"{inner[0].place.name} ({inner[0].place.id})" if inner else "no place"
            yield f"   a part of it is a name: {name[match.start : match.end]}: {meaning}"
        return
    found = world.candidates(whole)
    cut = f", with {whole.clitic} cut from its front" if whole.clitic else ""
    cut += f", read as {whole.key}" if whole.inflected else ""
    yield f"{name[whole.start : whole.end]}{cut}: {len(found)} place{'s' if len(found) != 1 else ''}"
    yield from _no_places(whole, world)
    for number, candidate in enumerate(found[:_SHOWN], 1):
        yield from _candidate(number, candidate, world)
    if len(found) > _SHOWN:
        yield f"   ... and {len(found) - _SHOWN} more: gazetteer lookup --json"


def _no_places(match: NameMatch, world: Gazetteer) -> Iterator[str]:
    for posting in match.postings:
        if (block := posting.blocked(None)) is not None:
            kind = block.name.lower()
            why = "an everyday word: a place only where words beside it say so" if kind == "everyday" else f"a {kind}"
            yield f"   in texts it is taken for {why}"
    people = world.demonym(match)
    if people:
        yield f"   in texts it is taken for the people of {people.name}"


def _candidate(number: int, candidate: Candidate, world: Gazetteer) -> Iterator[str]:
    place = candidate.place
    yield f"{number}. {place.name}  {place.kind.value} {place.feature}  {place.country or '-'}  [{place.id}]"
    flags = PREFERRED if candidate.preferred else 0
    parts = told(place, flags)
    rest = candidate.score - prominence(place, flags)
    if abs(rest) > _UNLIKE:
        parts = (*parts, (round(rest, 1), "the standing of its layer"))
    yield f"   {candidate.score:.1f} = {' + '.join(f'{score:.1f} {what}' for score, what in parts)}"
    if candidate.conditional:
        yield "   means it only where its surroundings are spoken of"
    if candidate.exact_case:
        yield "   counts only in capitals"
    if candidate.abbreviation:
        yield "   counts only behind its town or with its dot"
    above = [parent.name for id_ in place.parents if (parent := world.place(id_))]
    yield f"   in {', '.join(above) or 'nothing known'}; within {place.radius_m:,.0f} m; source: {place.source}"
