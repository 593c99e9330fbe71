"""An article → its place mentions with their roles: location, facility, metonym, demonym, part of a name.

The gazetteer says what may be a name; the text around it says what it does there. No mention is thrown away for its
role: `geomap explain` shows all. What is dropped are matches that are no names at all here (everyday words, hamlets
that nothing points at).
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gazetteer import Candidate, Gazetteer, Mention, NameMatch, Place, PlaceKind, Role
from gazetteer.format import BlockKind, NameFlag
from geomap.names_in_text import NameContext, capitalised, has_case, name_context
from geomap.reading import Reading
from geomap.surroundings import Surroundings, surroundings

_KNOWN = 2.7
"""Prominence that needs no cue: a town of 50,000. بلد (Balad, 50,000) passes, the many hamlets called علي do not."""
_KNOWN_UNCASED = 3.9
"""The same where there are no capitals and the article does not speak of the country: باتا is "they came to", not Bata
in Equatorial Guinea (170,000); the second city of a large country passes."""
_CUED = 0.6
"""Prominence that passes with a cue or as a name of several words: any village with a population."""
_STEM = 2.2
"""Prominence that a word needs when letters were cut from its front: a town of 15,000 (بالقائم), not والي."""
_SHORT = 3
"""Letters up to which a single word needs a cue or a country's or capital's rank: قم passes, من does not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mention with what resolving it needs.

    Attributes
    ----------
    mention
        Where it is, its role and the cue that decided the role.
    match
        The gazetteer's match.
    candidates
        The places it may mean; empty for demonyms and parts of names.
    asked
        Kinds that a cue word beside it asks for.
    country
        For a demonym, its country.
    located
        Whether a word of place governs it (in, near, south of).
    relation
        ``near`` when the words say so, else ``in``.
    from_origin
        Whether it is where something comes from.
    back
        Whether it only points back at a place named before: "in the same city".
    """

    mention: Mention
    match: NameMatch
    candidates: tuple[Candidate, ...]
    asked: frozenset[PlaceKind]
    country: Place | None
    located: bool
    near: bool
    from_origin: bool
    back: bool = False


def find_mentions(reading: Reading, world: Gazetteer, taken: Collection[tuple[int, int]] = ()) -> tuple[Found, ...]:
    """Give the place mentions of an article in text order.

    Parameters
    ----------
    reading
        The article, read.
    world
        The open gazetteer.
    taken
        Offsets of the article's numbers and dates: مئة is a hundred, not Mie in Japan; May is a month.
    """
    spans = sorted(taken)
    matches = tuple(world.scan(reading.article.text, list(reading.words)))
    spoken = _spoken(matches, world)
    found: list[Found] = []
    cased = has_case(reading.article.text)
    for match in matches:
        if _is_taken(spans, match) or _is_plain_word(reading, match):
            continue
        mention = _mention(reading, world, match, found[-1] if found else None, spoken, cased=cased)
        if mention:
            found.append(mention)
    return tuple(found)


def _mention(  # noqa: PLR0911, PLR0913 - a decision list: each rule returns
    reading: Reading, world: Gazetteer, match: NameMatch, before: Found | None, spoken: frozenset[str], *, cased: bool
) -> Found | None:
    surface = reading.article.text[match.start : match.end]
    if cased and not capitalised(surface):
        return None
    blocked = [p.ordinal for p in match.postings if p.flags & NameFlag.BLOCK]
    names = [kind for kind in blocked if kind != BlockKind.EVERYDAY]
    if names:
        role = Role.PERSON_PART if names[0] == BlockKind.PERSON else Role.ORG_PART
        return _nameless(match, role, f"{BlockKind(names[0]).name.lower()} of the gazetteer's list")
    around = surroundings(reading, match, before.match if before and before.located else None)
    person_before = before.match.last if before and before.mention.role is Role.PERSON_PART else -1
    context = name_context(reading, match, person_before, cased=cased)
    demonym = world.demonym(match)
    candidates = tuple(c for c in world.candidates(match) if _in_case(c, match, surface))
    if demonym and not _better_than_demonym(candidates, around):
        if context.role:
            return _nameless(match, context.role, context.cue)
        return Found(
            Mention(match.start, match.end, Role.DEMONYM, "a nationality"),
            match,
            (),
            frozenset(),
            demonym,
            located=False,
            near=False,
            from_origin=False,
        )
    known = any(c.place.country in spoken for c in candidates)
    least = _KNOWN if cased or known else _KNOWN_UNCASED
    if not candidates or not _is_name(candidates, match, surface, around, least, everyday=bool(blocked)):
        return None
    if context.role and not around.asked:
        return _nameless(match, context.role, context.cue)
    role, cue = _role(candidates, around, context)
    return Found(
        Mention(match.start, match.end, role, cue),
        match,
        candidates,
        around.asked,
        None,
        located=around.located,
        near=around.near,
        from_origin=around.origin,
    )


def _spoken(matches: Sequence[NameMatch], world: Gazetteer) -> frozenset[str]:
    """Countries that an article speaks of: by their name, their people or their capital."""
    spoken = set()
    for match in matches:
        demonym = world.demonym(match)
        best = (demonym,) if demonym else tuple(c.place for c in world.candidates(match)[:1])
        for place in best:
            if place.country and (demonym or place.kind is PlaceKind.COUNTRY or place.feature == "PPLC"):
                spoken.add(place.country)
    return frozenset(spoken)


def _is_taken(spans: Sequence[tuple[int, int]], match: NameMatch) -> bool:
    """Whether a match lies in one of some spans that are sorted and do not overlap."""
    i = bisect_right(spans, match.start, key=lambda span: span[0]) - 1
    return i >= 0 and match.end <= spans[i][1]


def _is_plain_word(reading: Reading, match: NameMatch) -> bool:
    """Whether a single word is a function word, a word of place or an event: أن, "south", مدينة, سيول (floods)."""
    if reading.rules is None or match.first != match.last:
        return False
    word = reading.words[match.first].folded
    if not reading.rules.function_words.isdisjoint(reading.rules.lexicon.forms(word)):
        return True
    return any(
        hit.last == match.first for hit in reading.hits_between(match.first, match.first + 1, "places.", "triggers.")
    )


def _nameless(match: NameMatch, role: Role, cue: str) -> Found:
    return Found(
        Mention(match.start, match.end, role, cue),
        match,
        (),
        frozenset(),
        None,
        located=False,
        near=False,
        from_origin=False,
    )


def _in_case(candidate: Candidate, match: NameMatch, surface: str) -> bool:
    """US is a country, us is not; a name that has another source in any case is not touched."""
    return not candidate.exact_case or surface.isupper() or match.first != match.last


def _better_than_demonym(candidates: tuple[Candidate, ...], around: Surroundings) -> bool:
    """A word that is a people and a place (Qatari, الهندية) is the place only where a kind is asked for."""
    return bool(candidates) and bool(around.asked)


def _is_name(  # noqa: PLR0913 - what one decision needs
    candidates: tuple[Candidate, ...],
    match: NameMatch,
    surface: str,
    around: Surroundings,
    least: float,
    *,
    everyday: bool,
) -> bool:
    best = candidates[0]
    several = match.last > match.first
    pointed = around.located or bool(around.asked)
    if everyday and not (around.asked or (around.located and best.score >= _KNOWN)):
        return False
    if not several and len(surface) <= _SHORT and not around.asked and not (pointed and best.score >= _KNOWN):
        return best.exact_case or best.place.kind is PlaceKind.COUNTRY or best.place.feature == "PPLC"
    if match.clitic and not several and best.score < _STEM:
        return bool(around.asked)
    return best.score >= (_CUED if several or pointed else least) or (pointed and around.asked != frozenset())


def _role(candidates: tuple[Candidate, ...], around: Surroundings, context: NameContext) -> tuple[Role, str]:
    best = candidates[0].place
    state = best.kind is PlaceKind.COUNTRY or best.feature == "PPLC"
    if around.located:
        return Role.LOCATION, around.cue
    if state and not around.asked:
        return Role.METONYM, context.cue or "a country or capital that no word of place governs"
    if best.kind is PlaceKind.SITE:
        return Role.FACILITY, "a named site"
    return Role.LOCATION, around.cue or "a place name"
