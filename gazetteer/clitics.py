"""Words written onto the front of a name: Arabic و ف ب ل ك (and ال), Hebrew ו ב ל מ ה כ ש.

Only the gazetteer can tell a clitic from a letter of the name, so these are proposals; the index accepts a stem when it
is a name and the whole word is none.
"""

from functools import lru_cache

_ARABIC = ("\u0621", "\u06d3")
_HEBREW = ("\u05d0", "\u05ea")
_SHORTEST_STEM = 2
"""قم (Qom) and צפת: with ב or ב in front the rest has at least two letters."""


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[tuple[str, str], ...]:
    """Give (clitic, rest) for each way a folded word may begin with clitics, the shortest clitic first.

    Examples
    --------
    >>> stems("ببغداد")
    (('ب', 'بغداد'),)
    >>> stems("وللعراق")
    (('و', 'للعراق'), ('ول', 'العراق'), ('ولل', 'عراق'), ('ول', 'لعراق'))
    >>> stems("בירושלים")
    (('ב', 'ירושלים'),)
    >>> stems("baghdad")
    ()
    """
    first = word[:1]
    if _ARABIC[0] <= first <= _ARABIC[1]:
        found = _arabic(word)
    elif _HEBREW[0] <= first <= _HEBREW[1]:
        found = _hebrew(word)
    else:
        return ()
    return tuple((clitic, stem) for clitic, stem in dict.fromkeys(found) if len(stem) >= _SHORTEST_STEM)


def _arabic(word: str) -> list[tuple[str, str]]:
    found = []
    rest, conjunction = word, ""
    if word[0] in "وف":
        conjunction, rest = word[0], word[1:]
        found.append((conjunction, rest))
    if rest.startswith("لل"):  # ل + ال is written لل
        found += [(conjunction + "ل", "ال" + rest[2:]), (conjunction + "لل", rest[2:])]
    if rest[:1] and rest[0] in "بلك":
        found.append((conjunction + rest[0], rest[1:]))
        rest, conjunction = rest[1:], conjunction + rest[0]
    if rest.startswith("ال"):  # الكرادة for a name listed as كرادة
        found.append((conjunction + "ال", rest[2:]))
    return found


def _hebrew(word: str) -> list[tuple[str, str]]:
    if len(word) <= _SHORTEST_STEM + 1:
        return []
    return [(word[:n], word[n:]) for n in (1, 2, 3) if all(letter in "ובלמהכש" for letter in word[:n])]
