"""Words written onto the front of a name: Arabic و ف ب ل ك أ (and ال), Hebrew ו כש ש ב ל מ כ ה.

Only the gazetteer can tell a clitic from a letter of the name, so these are proposals; the index accepts a stem when it
is a name and the whole word is none.
"""

from itertools import product

_ARABIC = ("\u0621", "\u06d3")
_HEBREW = ("\u05d0", "\u05ea")
_SHORTEST_STEM = 2
"""Letters of the shortest stem that may begin a name: بأم قصر, בתל אביב."""
_GERESH = frozenset("גזחטעצת")
"""Hebrew letters that an apostrophe follows: the word of בג'נין, "in Jenin", is בג, and its stem one letter."""
_SHORTEST_ALONE = 3
"""Letters of the shortest stem that may be a name by itself: بصور, בלוד. Two are a word's own: بعد is no "in عد"."""
_SHORT_NAMES = frozenset({"قم"})
"""Shorter names that take clitics: بقم is in Qom."""
_SHORTEST_ASKED = 4
"""Letters of the shortest stem after the asking أ and a clitic (أببغداد); أفغان is no أ ف غان."""

_HEBREW_PREFIXES = frozenset(
    "".join(parts)
    for parts in product(("", "ו"), ("", "ש", "כש", "לכש", "מש"), ("", "ב", "ל", "מ", "כ"), ("", "ה"))
    if any(parts)
)
"""Prefixes in the only order in which they stand: and, that or when, in or to or from or as, the."""
_LONGEST_HEBREW = max(map(len, _HEBREW_PREFIXES))


def stems(word: str, surface: str, language: str | None = None) -> tuple[tuple[str, str], ...]:
    """Give (clitic, rest) for each way a folded word may begin with clitics, the shortest clitic first.

    Parameters
    ----------
    word
        Folded.
    surface
        As written: only أ asks, ا does not.
    language
        Of the text; Persian, in the same script, has no clitics (کشور is no ك شور). None when it is unknown.

    Examples
    --------
    >>> stems("ببغداد", "ببغداد")
    (('ب', 'بغداد'),)
    >>> stems("وللعراق", "وللعراق")
    (('و', 'للعراق'), ('ول', 'العراق'), ('ول', 'لعراق'), ('ولل', 'عراق'))
    >>> stems("ושבירושלים", "ושבירושלים")[-1]
    ('ושב', 'ירושלים')
    >>> stems("בג", "בג")  # of בג'נין
    (('ב', 'ג'),)
    >>> stems("baghdad", "Baghdad"), stems("كشور", "کشور", "fa")
    ((), ())
    """
    first = word[:1]
    if _ARABIC[0] <= first <= _ARABIC[1]:
        found = [] if language == "fa" else _arabic(word, asks=surface.startswith("أ"))
    elif _HEBREW[0] <= first <= _HEBREW[1]:
        found = [(word[:n], word[n:]) for n in range(1, _LONGEST_HEBREW + 1) if word[:n] in _HEBREW_PREFIXES]
    else:
        return ()
    return tuple(
        (clitic, stem) for clitic, stem in dict.fromkeys(found) if len(stem) >= _SHORTEST_STEM or stem in _GERESH
    )


def stands_alone(stem: str) -> bool:
    """Whether a stem is long enough to be a name by itself.

    Examples
    --------
    >>> stands_alone("صور"), stands_alone("عد"), stands_alone("قم")
    (True, False, True)
    """
    return len(stem) >= _SHORTEST_ALONE or stem in _SHORT_NAMES


def _arabic(word: str, *, asks: bool) -> list[tuple[str, str]]:
    if asks and word[1:2] and word[1] in "وفبلك":
        asked = ((word[0] + clitic, stem) for clitic, stem in _arabic(word[1:], asks=False))
        return [(clitic, stem) for clitic, stem in asked if len(stem) >= _SHORTEST_ASKED]
    found = []
    rest, before = word, ""
    if word[0] in "وف":
        before, rest = word[0], word[1:]
        found.append((before, rest))
    if rest.startswith("لل"):  # ل + ال is written لل; and للبنان is ل + لبنان, before it is لل + بنان
        found += [(f"{before}ل", f"ال{rest[2:]}"), (f"{before}ل", rest[1:]), (f"{before}لل", rest[2:])]
        return found
    if rest[:1] and rest[0] in "بلك":
        before, rest = before + rest[0], rest[1:]
        found.append((before, rest))
    if rest.startswith("ال"):  # الكرادة for a name listed as كرادة
        found.append((f"{before}ال", rest[2:]))
    return found
