"""How a written name sounds: one rough notation for Latin, Arabic, Hebrew and Cyrillic script.

Arabic and Hebrew write few vowels, and every language writes foreign towns in its own way: Qaraqosh, Karakosch,
قره قوش. So a name's consonants, in eight classes, are its key (`sound_keys`), under which the built gazetteer keeps its
settlements and areas; `distance` then compares two notations letter by letter.

The notation: ``p b f v t d k g x s z S C J c l r m n`` consonants (S sh, C ch, J dj, x kh, c ts), ``j Q X H G`` those
that languages read differently (j, ch, x, ח, a g before e or i), ``h w y a e i o u`` what is weak: often not written.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate, product
from math import inf
from typing import NamedTuple

from gazetteer.place import Place

_ARABIC = str.maketrans(
    dict(zip("اأإآٱىبپتثجچحخدذرزژسشصضطظغفڤقكکگلمنهويیةئؤ", "aaiaaabpttJChxddrzZsSsdtzgfvkkkglmnhwyyayw", strict=True))
)
_HEBREW = str.maketrans(dict(zip("אבגדהוזחטיכךלמםנןספףצץקרשת", "abgdhwzHtykklmmnnspfcckrSt", strict=True)))
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдежзиійклмнопрстуфхцчшщыэ", "abvggdeZziiyklmnoprstufxcCSSie", strict=True))
    | {"џ": "J", "ё": "yo", "є": "ye", "ї": "yi", "ю": "yu", "я": "ya"}
)
_LATIN_LETTERS = str.maketrans(
    {"ş": "S", "š": "S", "ś": "S", "ç": "C", "č": "C", "ć": "C", "ž": "Z", "ź": "Z", "ż": "Z", "ğ": None, "ß": "ss"}
    | {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ə": "a", "æ": "a", "œ": "o"}
)
_LATIN = (
    *(("tsch", "C"), ("shch", "S"), ("sch", "S"), ("tch", "C"), ("dzh", "J"), ("dj", "J"), ("sh", "S"), ("zh", "Z")),
    *(
        ("kh", "x"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("ck", "k"),
        ("ch", "Q"),
        ("cz", "C"),
        ("sz", "S"),
    ),
    *(
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "sy"),
        ("c", "k"),
        ("tz", "c"),
        ("ts", "c"),
        ("qu", "k"),
        ("q", "k"),
        ("x", "X"),
    ),
    *(("gn", "n"), ("ge", "Ge"), ("gi", "Gi"), ("gy", "Gy")),
)
"""What groups of letters stand for in most languages, in this order."""
_LATIN_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|at|az|an|ash|the|la|le|los|las)[- ’']")
_ARABIC_ARTICLE = re.compile(r"(?:^|(?<=\s))ال")
_TWICE = re.compile(r"(.)\1+")

_CLASSES = {
    **dict.fromkeys("pbf", ("P",)),
    **dict.fromkeys("td", ("T",)),
    **dict.fromkeys("kgx", ("K",)),
    **dict.fromkeys("szSCZ", ("S",)),
    **{letter: (letter.upper(),) for letter in "lrmn"},
    "v": ("P", ""), "w": ("", "P"), "H": ("", "K"), "j": ("S", "", "K"), "Q": ("S", "K"), "X": ("KS", "S", "K"),
    "G": ("K", "S"), "J": ("S", "K"), "c": ("S", "TS"),
}  # fmt: skip
"""The classes of each consonant; several where languages differ: the ج of Cairo, the Spanish j, the Persian و."""
_WEAK = frozenset("hwyaeiou")
_MOST_KEYS = 8
"""Readings of one name; further doubtful letters keep their first class."""

_WEAK_COST = 0.25
"""A vowel left out or written for another: باريس for Paris."""
_SAME_VOWEL_COST = 0.08
"""A vowel for one that is written with the same letter: و is u, o and w."""
_SAME_VOWEL = frozenset(a + b for group in ("wuo", "yie", "ah", "he") for a in group for b in group)
_RELATED_COST = 0.15
"""A consonant for one of its class: ب for p."""
_DOUBTFUL_COST = 0.4
"""A letter left out that some languages leave out: و for v in Persian."""
_LOST_COST = 0.8
_OTHER_COST = 1.0
_DOUBLE_COST = 0.1
"""A letter written twice."""
_ROUNDING = 1e-9
_REMEMBERED = 50_000
_GENERIC = re.compile(
    r" (?:district|county|province|governorate|regency|department|region|oblast|state|municipality|raion|prefecture)$",
    re.IGNORECASE,
)


class Heard(NamedTuple):
    """A place whose name sounds like a written one, and how far apart they sound (`distance`)."""

    place: Place
    distance: float


def bare_name(name: str) -> str:
    """Give an English name without the word at its end that only says its kind.

    Examples
    --------
    >>> bare_name("Darjeeling District"), bare_name("County Cork")
    ('Darjeeling', 'County Cork')
    """
    return _GENERIC.sub("", name)


def heard_names(names: Iterable[str]) -> list[str]:
    """Give the notations of a place's Latin names, without what only says its kind, each once.

    Examples
    --------
    >>> heard_names(["Darjeeling District", "Дарджилинг", "Darjeeling"])
    ['darjeeling']
    """
    latin = (bare_name(name) for name in names if name.isascii() or not any(map(_script, name)))
    return sorted({notation for name in latin if (notation := sounds(name))})


@lru_cache(maxsize=4096)
def sounds(name: str) -> str:
    """Give the notation of a name in Latin, Arabic, Hebrew or Cyrillic script; what has no sound here is left out.

    Examples
    --------
    >>> sounds("Qaraqosh"), sounds("Karakosch"), sounds("قره قوش"), sounds("Каракош")
    ('karakoS', 'karakoS', 'krhkwS', 'karakoS')
    """
    text = unicodedata.normalize("NFC", name.casefold())
    script = next((s for s in map(_script, text) if s), "")
    if script == "arabic":
        return _letters(_ARABIC_ARTICLE.sub("", _bare(text)).translate(_ARABIC)).replace("ts", "c")
    if script == "hebrew":
        return _letters(_bare(text).translate(_HEBREW))
    if script == "cyrillic":
        return _letters(text.replace("дж", "џ").translate(_CYRILLIC)).replace("ts", "c")
    text = _LATIN_ARTICLE.sub("", _bare(text.translate(_LATIN_LETTERS)))
    text = "".join(letter for letter in text if letter.isascii() and letter.isalpha())
    for letters, sound in _LATIN:
        text = text.replace(letters, sound)
    return text


def _script(letter: str) -> str:
    if "\u0600" <= letter <= "\u06ff":
        return "arabic"
    if "\u0590" <= letter <= "\u05ff":
        return "hebrew"
    return "cyrillic" if "\u0400" <= letter <= "\u052f" else ""


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalpha())


@lru_cache(maxsize=4096)
def sound_keys(notation: str) -> frozenset[str]:
    """Give the consonant classes of a notation, in each way that it may be read (at most 8).

    Examples
    --------
    >>> sorted(sound_keys(sounds("Jalisco"))), sorted(sound_keys(sounds("خاليسكو")))
    (['KLSK', 'LSK', 'SLSK'], ['KLSK', 'KLSKP'])
    """
    parts, count = [], 1
    for letter in notation:
        classes = _CLASSES.get(letter, ("",))
        if count * len(classes) > _MOST_KEYS:
            classes = classes[:1]
        count *= len(classes)
        parts.append(classes)
    return frozenset(_TWICE.sub(r"\1", "".join(key)) for key in product(*parts))


def distance(one: str, other: str, most: float = inf) -> float:
    """Give how differently two notations sound: 0 the same; 0.1 to 0.2 two languages' spellings; 1 nothing alike.

    A weighted edit distance over the mean number of consonants.

    Parameters
    ----------
    one, other
        The notations.
    most
        What is farther apart is infinitely far, and found out early.

    Examples
    --------
    >>> round(distance(sounds("بوسا ريكا"), sounds("Poza Rica")), 2)
    0.12
    >>> distance(sounds("Manay"), sounds("Mirik")) > 0.5
    True
    """
    lost_of_one, consonants_of_one = _costs(one)
    lost_of_other, consonants_of_other = _costs(other)
    scale = max(1.0, (consonants_of_one + consonants_of_other) / 2)
    farthest = most * scale + _ROUNDING
    row = list(accumulate(lost_of_other, initial=0.0))
    for letter, lost in zip(one, lost_of_one, strict=True):
        left = row[0] + lost
        below = [left]
        for j, against in enumerate(other):
            change = row[j] if letter == against else row[j] + _changed(letter, against)
            left = min(change, row[j + 1] + lost, left + lost_of_other[j])
            below.append(left)
        row = below
        if min(row) > farthest:
            return inf
    return row[-1] / scale


@lru_cache(maxsize=_REMEMBERED)
def _costs(notation: str) -> tuple[tuple[float, ...], int]:
    """Give what it costs to leave each letter out, and how many consonants there are."""
    lost = tuple(_left_out(notation, i, letter) for i, letter in enumerate(notation))
    return lost, sum(1 for letter in notation if letter not in _WEAK)


def _left_out(notation: str, i: int, letter: str) -> float:
    if i and notation[i - 1] == letter:
        return _DOUBLE_COST
    if letter in _WEAK:
        return _WEAK_COST
    return _DOUBTFUL_COST if "" in _CLASSES[letter] else _LOST_COST


@cache
def _changed(letter: str, other: str) -> float:
    if letter in _WEAK and other in _WEAK:
        return _SAME_VOWEL_COST if letter + other in _SAME_VOWEL else _WEAK_COST
    related = not set(_CLASSES.get(letter, ("",))).isdisjoint(_CLASSES.get(other, ("",)))
    return _RELATED_COST if related else _OTHER_COST
