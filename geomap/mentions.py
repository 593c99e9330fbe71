"""An article → its place mentions with their roles: location, facility, metonym, demonym, part of a name.

The gazetteer says what may be a name; the text around it says whether it is one here (`geomap.recognition`) and what it
does. No mention is thrown away for its role: `geomap explain` shows all. What is dropped are matches that are no names
at all here (everyday words, hamlets that nothing points at).
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gazetteer import Candidate, Gazetteer, Mention, NameMatch, Place, PlaceKind, Role
from gazetteer.format import BLOCK, BlockKind
from gazetteer.passes.asked import is_asked
from gazetteer.passes.beside import lies_in
from geomap.area_names import names_inside, says_water
from geomap.case_forms import likeliest_names
from geomap.names_in_text import NameContext, capitalised, is_cased, is_headline, name_context
from geomap.new_names import NewName, new_names
from geomap.reading import Reading
from geomap.recognition import Setting, Sign, likelihood, signs
from geomap.shared_nouns import with_shared_nouns
from geomap.surroundings import Surroundings, surroundings

_PROVINCE = 4.4
"""Prominence of a province: Chad Walker does not make every Chad a person, Sarah Palin makes every Palin one."""
_CONTAINER_GAP = 2
"""Characters between a name and its container: ", "."""


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
    heard
        How far its sound is from its first candidate's (`gazetteer.sounds.distance`); None where the gazetteer has the
        very name.
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
    heard: float | None = None


class Draft(NamedTuple):
    """A match with what the text around it says, before it is decided whether it is a mention.

    Attributes
    ----------
    match
        The gazetteer's match.
    end
        Where the mention ends: the match, or the dot behind an abbreviation.
    candidates
        The places it may mean.
    around, context
        Words of place around it, and the rest of a longer name.
    cased
        Whether a capital would tell a name here.
    everyday
        Whether it is an everyday word of the language.
    beside
        Whether a place that may contain it is written right after it.
    signs
        What speaks for and against; empty when its role was decided without.
    """

    match: NameMatch
    end: int
    candidates: tuple[Candidate, ...]
    around: Surroundings
    context: NameContext
    cased: bool
    everyday: bool
    beside: bool
    signs: tuple[Sign, ...] = ()


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
    rows = drafts(reading, world, taken)
    return tuple(found for row in rows if (found := row if isinstance(row, Found) else _decide(row)))


def drafts(reading: Reading, world: Gazetteer, taken: Collection[tuple[int, int]] = ()) -> list[Found | Draft]:
    """Give what was decided outright and what the signs decide, in text order.

    The names of the whole article are looked at first: a surname that stands once beside its given name is a person's
    wherever it stands, and a town that stands once after "in" is a place.
    """
    spans = sorted(taken)
    cased = reading.cased
    matches = tuple(world.scan(reading.article.text, reading.words, reading.article.language))
    if cased:
        matches = tuple(inner for match in matches for inner in names_inside(reading, world, match))
        matches = with_shared_nouns(reading, world, tuple(likeliest_names(reading, world, matches)))
    lacking = tuple(new_names(reading, {match.first for match in matches}))
    covered = {word for name in lacking if name.tailed for word in range(name.first, name.last + 1)}
    matches = tuple(m for m in matches if m.first not in covered or m.last >= max(_tail_of(lacking, m.first)))
    setting = Setting(
        _spoken(matches, world) | (reading.rules.home if reading.rules else frozenset()),
        _lower(reading) if cased else frozenset(),
    )
    rows: list[Found | Draft] = []
    titled: dict[int, bool] = {}  # sentences with a capital at each word: it tells nothing there
    persons, placed = set(), set()
    text = reading.article.text
    for i, match in enumerate(matches):
        if cased and _is_small(text[match.start : match.end]):
            continue  # nine of ten matches of an English text
        if _is_taken(spans, match) or _is_plain_word(reading, match) or _is_road(reading, match):
            continue
        sentence = reading.sentence_of(match.first)
        if cased and sentence.first not in titled:
            titled[sentence.first] = is_headline(reading, sentence)
        telling = cased and not titled[sentence.first]
        row = _draft(reading, world, matches, i, rows[-1] if rows else None, cased=cased, telling=telling)
        if row is None:
            continue
        rows.append(row)
        if isinstance(row, Found) and row.mention.role is Role.PERSON_PART:
            persons.add(match.key)
        elif isinstance(row, Draft) and (row.around.located or row.around.asked or row.beside):
            placed.add(match.key)
    setting = replace(setting, placed=frozenset(placed))
    named = persons - placed
    rows = sorted([*rows, *_unknown(lacking, rows)], key=lambda row: row.match.first)
    return [row if isinstance(row, Found) else _named_or_signed(reading, row, setting, named) for row in rows]


def _tail_of(names: Sequence[NewName], word: int) -> Iterator[int]:
    return (name.last for name in names if name.tailed and name.first <= word <= name.last)


def _unknown(names: Sequence[NewName], rows: Sequence[Found | Draft]) -> Iterator[Found]:
    """Mentions of the names that the gazetteer lacks, where no match of it was kept."""
    kept = {word for row in rows for word in range(row.match.first, row.match.last + 1)}
    for name in names:
        words = range(name.first, name.last + 1)
        if kept.isdisjoint(words):
            kept.update(words)
            match = NameMatch(name.start, name.end, "", "", False, (), name.first, name.last)  # noqa: FBT003 - a tuple
            mention = Mention(name.start, name.end, Role.FACILITY if name.tailed else Role.LOCATION, name.cue)
            yield Found(mention, match, (), frozenset(), None, located=True, near=False, from_origin=False)


def _named_or_signed(reading: Reading, row: Draft, setting: Setting, persons: set[str]) -> Found | Draft:
    bare = not (row.around.located or row.around.asked or row.context.role)
    if row.match.key in persons and bare and row.candidates[0].score < _PROVINCE:
        return _nameless(row.match, Role.PERSON_PART, "a person's name elsewhere in the article")
    found = signs(
        reading,
        row.match,
        row.candidates,
        row.around,
        row.context,
        setting,
        everyday=row.everyday,
        beside=row.beside,
    )
    return row._replace(signs=tuple(found))


def _decide(row: Draft) -> Found | None:
    pointed = row.around.located and any(is_asked(row.around.asked, c.place.kind) for c in row.candidates)
    if not pointed and likelihood(row.signs, cased=row.cased) < 0.0:
        return None  # pointed: في مدينة تريم, "in the town of Hawara" leave no doubt, however small the town
    role, cue = _role(row.candidates, row.around, row.context)
    return Found(
        Mention(row.match.start, row.end, role, cue),
        row.match,
        row.candidates,
        row.around.asked,
        None,
        located=row.around.located,
        near=row.around.near,
        from_origin=row.around.origin,
    )


def _draft(  # noqa: PLR0913 - a match, where it stands, and what was read before it
    reading: Reading,
    world: Gazetteer,
    matches: Sequence[NameMatch],
    i: int,
    before: Found | Draft | None,
    *,
    cased: bool,
    telling: bool,
) -> Found | Draft | None:
    match = matches[i]
    surface = reading.article.text[match.start : match.end]
    cased = cased and is_cased(surface)
    if cased and not capitalised(surface) and not any(c.isupper() for c in surface.split()[-1]):
        return None  # "de France": only its last word is a name's
    spoken_in = reading.article.language
    blocked = [kind for p in match.postings if p.flags & BLOCK and (kind := p.blocked(spoken_in)) is not None]
    names = [kind for kind in blocked if kind is not BlockKind.EVERYDAY]
    if names:
        role = Role.PERSON_PART if names[0] is BlockKind.PERSON else Role.ORG_PART
        return _nameless(match, role, f"{names[0].name.lower()} of the gazetteer's list")
    around = surroundings(reading, match, _located_before(before))
    person_before = before.match.last if isinstance(before, Found) and before.mention.role is Role.PERSON_PART else -1
    context = name_context(reading, match, person_before, cased=telling and cased)
    demonym = world.demonym(match)
    candidates = _in_case(world.candidates(match), match, reading.article.text)
    if demonym and not (candidates and around.asked):
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
    if context.role in (Role.PERSON_PART, Role.ORG_PART) and not around.asked:
        return _nameless(match, context.role, context.cue)
    if not candidates or (blocked and cased and _opens_bare(reading, match, around)):
        return None
    if context.role is None and not around.asked and says_water(reading, match, candidates):
        around = around._replace(asked=frozenset({PlaceKind.WATER}))
    container = _has_container(reading, world, matches, i, candidates)
    end = _with_dot(reading.article.text, match, candidates)
    return Draft(match, end, candidates, around, context, cased, bool(blocked), container)


def _opens_bare(reading: Reading, match: NameMatch, around: Surroundings) -> bool:
    """Whether a word opens its sentence and nothing points at it: "Kabul edildi" (was accepted), "Nice weather"."""
    return match.first == reading.sentence_of(match.first).first and not (around.located or around.asked)


def _with_dot(text: str, match: NameMatch, candidates: Sequence[Candidate]) -> int:
    """End of a name; the last dot belongs to an abbreviation: U.S., N.Y., Ga."""
    dotted = text[match.end : match.end + 1] == "."
    inner = "." in text[match.start : match.end]
    short = match.end - match.start <= 2 * (match.last - match.first + 1)
    return match.end + (dotted and ((inner and short) or candidates[0].abbreviation))


def _located_before(before: Found | Draft | None) -> NameMatch | None:
    if isinstance(before, Draft):
        return before.match if before.around.located else None
    return before.match if before and before.located else None


def _has_container(
    reading: Reading, world: Gazetteer, matches: Sequence[NameMatch], i: int, candidates: tuple[Candidate, ...]
) -> bool:
    """Whether the next name may contain this one and only a comma stands between: Paris, Texas."""
    if i + 1 == len(matches):
        return False
    behind = matches[i + 1]
    between = reading.article.text[matches[i].end : behind.start]
    if len(between) > _CONTAINER_GAP or between.strip() not in (",", "،"):
        return False
    areas = [c.place for c in world.candidates(behind)[:3] if c.place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1)]
    return any(lies_in(c.place, area) for area in areas for c in candidates)


def _is_small(surface: str) -> bool:
    """Whether a surface is written small throughout."""
    return surface.islower() and surface[0] != surface[0].upper()


def _lower(reading: Reading) -> frozenset[str]:
    text = reading.article.text
    return frozenset([folded for start, _, folded in reading.words if text[start].islower()])


def _spoken(matches: Sequence[NameMatch], world: Gazetteer) -> frozenset[str]:
    """Countries that an article speaks of: by their name, their people or their capital."""
    spoken = set()
    for match in {match.key: match for match in matches}.values():
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


_LONGEST_CODE = 3
"""Capitals of the code of a road: A-7, BR-116, EN 226."""


def _is_road(reading: Reading, match: NameMatch) -> bool:
    """Whether a few capitals and a number are a road, not a town that is called so: the LU-633 is not in Luzhou."""
    surface = reading.article.text[match.start : match.end]
    behind = match.last + 1
    if len(surface) > _LONGEST_CODE or not surface.isupper() or behind == len(reading.words):
        return False
    joint = reading.between(match.last, behind)
    return reading.words[behind].folded.isdigit() and (joint == "-" or (joint == " " and len(surface) < _LONGEST_CODE))


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


def _in_case(candidates: tuple[Candidate, ...], match: NameMatch, text: str) -> tuple[Candidate, ...]:
    """US is a country, us is not; Ga. is a state behind its town or with its dot, Ga is not.

    A name that has another source in any case is not touched.
    """
    if not any(c.abbreviation or c.exact_case for c in candidates):
        return candidates
    surface = text[match.start : match.end]
    short, shouted = _abbreviates(text, match, surface), surface.isupper() or match.first != match.last
    return tuple([c for c in candidates if (short if c.abbreviation else shouted or not c.exact_case)])


def _abbreviates(text: str, match: NameMatch, surface: str) -> bool:
    dotted = text[match.end : match.end + 1] == "."
    if text[max(0, match.start - 2) : match.start] == ", ":
        return dotted or surface.isupper()
    behind = text[match.end + 1 : match.end + 3].lstrip()
    return dotted and (behind[:1].islower() or behind[:1] == "," or "." in surface)


def _role(candidates: tuple[Candidate, ...], around: Surroundings, context: NameContext) -> tuple[Role, str]:
    best = candidates[0].place
    state = best.kind is PlaceKind.COUNTRY or best.feature == "PPLC"
    if context.role and not around.asked:
        return context.role, context.cue
    if around.located:
        return Role.LOCATION, around.cue
    if state and not around.asked:
        return Role.METONYM, context.cue or "a country or capital that no word of place governs"
    if best.kind is PlaceKind.SITE:
        return Role.FACILITY, "a named site"
    return Role.LOCATION, around.cue or "a place name"
