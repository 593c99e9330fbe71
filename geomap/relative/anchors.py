"""Words without which a pattern of relative places can't match: most sentences have none and are passed over.

Of every pattern one part is chosen that must be there, the rarest kind first: a unit, a direction, else the words whose
shortest is longest ("border" rather than "and"). What is looked up for each word of a text is remembered.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from gazetteer.clitics import stems
from geomap.relative.table import DASH, Pattern, Phrase, Phrases, phrases

GLUED = re.compile(r"([^\W\d]{0,3})(\d{1,6})([^\W\d]{0,12})")
"""A number in figures with what is written onto it: 20km."""
_REMEMBERED = 50_000
_NONE: frozenset[int] = frozenset()


class Anchors:
    """What the words of a text may belong to.

    Parameters
    ----------
    words
        A language's words for relative places.
    language
        ISO 639-1; says which clitics a word may begin with.

    Attributes
    ----------
    always
        Patterns (by their index) that no word can be asked for: they are always tried.
    """

    def __init__(self, words: Phrases, language: str) -> None:
        self._language = language
        exact: dict[str, set[int]] = defaultdict(set)
        begun: dict[str, set[int]] = defaultdict(set)
        always = set()
        for order, pattern in enumerate(words.patterns):
            chosen = _anchor(pattern, words)
            if not chosen:
                always.add(order)
            for word in chosen:
                (begun if word.endswith("*") else exact)[word.removesuffix("*")].add(order)
        self.always = frozenset(always)
        self._exact = {word: frozenset(orders) for word, orders in exact.items()}
        self._beginnings = tuple(begun)
        self._begun = tuple((word, frozenset(orders)) for word, orders in begun.items())
        self.patterns_at = lru_cache(maxsize=_REMEMBERED)(self._patterns_at)

    def _patterns_at(self, folded: str, surface: str) -> frozenset[int]:
        """Give the patterns (by their index) that a word may belong to."""
        found = _NONE
        for form in forms_of(folded, surface, self._language):
            found |= self._exact.get(form, _NONE)
            if form.startswith(self._beginnings):  # of most words that is all
                found = found.union(*(orders for beginning, orders in self._begun if form.startswith(beginning)))
        return found


@lru_cache(maxsize=32)
def anchors(language: str) -> Anchors | None:
    """Give the anchors of a language, None where it has no file.

    Examples
    --------
    >>> found = anchors("en")
    >>> [bool(found.patterns_at(word, word)) for word in ("km", "20km", "north", "border", "rockets", "and")]
    [True, True, True, True, False, False]
    """
    words = phrases(language)
    return None if words is None else Anchors(words, language)


@lru_cache(maxsize=_REMEMBERED)
def forms_of(folded: str, surface: str, language: str) -> tuple[str, ...]:
    """Give the forms of a word that patterns know: itself, without each of its clitics, behind its digits.

    Examples
    --------
    >>> forms_of("وشمال", "وشمال", "ar"), forms_of("20km", "20km", "en")
    (('وشمال', 'شمال'), ('km',))
    """
    glued = GLUED.fullmatch(folded)
    if glued:
        return (glued[3],) if glued[3] else ()
    return (folded, *(stem for _, stem in stems(folded, surface, language)))


def _anchor(pattern: Pattern, words: Phrases) -> frozenset[str]:
    """The words of which one must be there; none where no part can be asked for."""
    needed = [element for element in pattern.elements if not element.optional]
    for slot in ("d", "dir", "part"):
        if any(element.slot == slot for element in needed):
            return _words_of(_of_slot(slot, words))
    choices = [_words_of(element.phrases) for element in needed if element.slot == ""]
    return max((chosen for chosen in choices if _is_telling(chosen)), key=_shortest, default=frozenset())


def _of_slot(slot: str, words: Phrases) -> Iterable[Phrase]:
    if slot == "d":
        return [phrase for phrase, _, _ in words.units]
    return [phrase for phrase, _ in (words.directions if slot == "dir" else words.parts)]


def _words_of(found: Iterable[Phrase]) -> frozenset[str]:
    """One word of each phrase, its longest: "frente a" is looked for by its first, "на окраине" by its second."""
    return frozenset(max(phrase, key=len) for phrase in found)


def _is_telling(chosen: frozenset[str]) -> bool:
    """Whether a word tells it: no dash, and no letter that may be written onto a name (والموصل)."""
    return DASH not in chosen and _shortest(chosen) > 1


def _shortest(chosen: frozenset[str]) -> int:
    return min(len(word.removesuffix("*")) for word in chosen)
