"""Which name a Slavic case form is of: "в Харкове" is Kharkiv's, however many hamlets are called Харков or Харкове.

The scanner takes the first base that is a name, for speed. Here the places decide: the base whose place is known best.
"""

from collections.abc import Iterator, Sequence

from gazetteer import Gazetteer, NameMatch
from gazetteer.format import NameFlag
from gazetteer.inflection import bases
from gazetteer.names import fold
from geomap.reading import Reading

LANGUAGES = frozenset({"ru", "uk"})
_BEND = 0.5
"""By how much another base must be better known: "у Нікополі" is Nikopol (4.0) and not Nikopol in Bulgaria (2.6)."""
_EXACT = 2.0
"""The same where the word is a name as it stands: "во Львове" is Lviv (4.9) and not the village of Lvove (1.4)."""


def likeliest_names(reading: Reading, world: Gazetteer, matches: Sequence[NameMatch]) -> Iterator[NameMatch]:
    """Give the matches of a text, each case form as the name that it most likely is a form of.

    Parameters
    ----------
    reading
        The article.
    world
        The open gazetteer.
    matches
        What was found in it.
    """
    if reading.article.language not in LANGUAGES:
        yield from matches
        return
    for match in matches:
        yield _likeliest(reading, world, match) if match.first == match.last else match


def _likeliest(reading: Reading, world: Gazetteer, match: NameMatch) -> NameMatch:
    surface = reading.article.text[match.start : match.end]
    folded = fold(surface)
    if " " in folded or any(p.flags & (NameFlag.DEMONYM | NameFlag.BLOCK) for p in match.postings):
        return match
    best, score = match, _known(world, match) + (_BEND if match.inflected else _EXACT)
    for base in bases(folded, surface, reading.article.language):
        postings = world.names.meanings(base) if base != match.key else ()
        if not postings:
            continue
        other = match._replace(key=base, postings=postings, inflected=True)
        known = _known(world, other)
        if known > score:
            best, score = other, known
    return best


def _known(world: Gazetteer, match: NameMatch) -> float:
    """How well the best known place of a name is known; little where the name may mean none."""
    found = world.candidates(match)
    return found[0].score if found else 0.0
