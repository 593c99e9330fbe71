"""Endings written onto the back of a name: Russian, Ukrainian and Turkish cases, the German genitive, Persian ezafe.

Only the gazetteer can tell an ending from a letter of the name, so these are proposals, as in `gazetteer.clitics`: the
index accepts a base when it is a name and the whole word is none. All forms here are folded (й is и, ї is і, ё is е).

A table maps what a word ends in to what the base ends in. One row serves nouns and adjectives of every name, so it
proposes too much on purpose; what keeps it honest is that the base must be a name, begin with a capital in the text
where the script has capitals, and have at least `_SHORTEST` letters.
"""

from collections.abc import Callable, Mapping

_RUSSIAN = {
    # nouns: Харькова, Харькову, Харьковом, Харькове; Москвы, Москве, Москву, Москвой; Сирии, Сирию, Сирией; Казани
    "а": ("",), "у": ("", "а", "о"), "ом": ("", "о", "ыи", "ои", "ии", "ое"), "е": ("", "а", "о", "ь", "я", "и"),
    "ем": ("", "ь", "и", "е", "ии", "ее"), "ы": ("а",), "и": ("а", "ь", "я"), "я": ("ь", "и", "е"),
    "ю": ("ь", "и", "е", "я"), "ью": ("ь", "ье"), "ои": ("а", "ая"), "еи": ("а", "я", "яя"), "ою": ("а", "ая"),
    # plurals: Сумах, Черновцов, Великих Луках
    "ам": ("ы", "и", "а"), "ами": ("ы", "и", "а"), "ах": ("ы", "и", "а"), "ов": ("ы",), "ев": ("ы",),
    "ям": ("и",), "ями": ("и",), "ях": ("и",),
    # adjectives: Нижнем, Кривого, Харьковской, Новую, Великими
    "ого": ("ыи", "ии", "ои", "ое"), "его": ("ии", "ее"), "ому": ("ыи", "ии", "ои", "ое"), "ему": ("ии", "ее"),
    "ым": ("ыи", "ои", "ое", "ые"), "им": ("ии", "ее", "ое", "ие"), "ую": ("ая",), "юю": ("яя",),
    "ых": ("ые",), "их": ("ие",), "ыми": ("ые",), "ими": ("ие",),
    # Индии, Сербии: before "Индиа"
    "ии": ("ия",),
    # a vowel that comes and goes: Череповца
    "ца": ("ец",), "цу": ("ец",), "цом": ("ец",), "цем": ("ец",), "це": ("ец",),
}  # fmt: skip
_UKRAINIAN = {
    # nouns: Бахмута, Бахмуту, Бахмутом, Бахмуті; Полтави, Полтаві, Полтаву, Полтавою; Сирії; Запоріжжі, Запоріжжям
    # Харкові is Харків (о closes to і) and not an island Харк
    "а": ("",), "у": ("", "а", "о"), "ові": ("ов", ""), "еві": ("ев", ""), "ом": ("", "о"), "ем": ("ь", ""),
    "єм": ("и",),
    # Ковелі is Ковель and not Covelo: neuters in -о are few
    "і": ("", "а", "ь", "я", "о"), "и": ("а", "ь"), "я": ("ь", "и", "е"), "ю": ("ь", "и", "я"), "ою": ("а",),
    "ею": ("я", "а"), "єю": ("я",),
    # ї (folded і) behind a vowel: Індії, Кореї, Китаї, Джанкої; Індія before Індіо
    "іі": ("ія",), "еі": ("ея", "еи"), "аі": ("аи", "ая"), "уі": ("уи", "уя"),
    # г к х become з ц с before і: Празі, Горлівці, Кременчуці
    "зі": ("га", "г"), "ці": ("ка", "ець", "к"), "сі": ("ха", "х"),
    # plurals: Сумах, Чернівцях, Чернівців
    "ам": ("и", "а"), "ами": ("и", "а"), "ах": ("и", "а"), "ям": ("і", "я"), "ями": ("і",), "ях": ("і",),
    "ів": ("и", "і"),
    # adjectives: Донецької, Донецькій, Нижнього, Рівному, Кривим
    "ого": ("ии", "е"), "ього": ("іи",), "ому": ("ии", "е"), "ьому": ("іи",), "им": ("ии", "е", "і"), "ім": ("е", "ии"),
    "оі": ("а", "ои"), "іи": ("а",), "их": ("і",), "ими": ("і",),
    # possessive names: Часів Яр, Часового Яру
    "ового": ("ів",), "овому": ("ів",), "овим": ("ів",),
    # Маріуполі, Гуляйполі
    "полі": ("поль", "поле"),
    # a vowel that comes and goes: Трускавця
    "ця": ("ець",), "цю": ("ець",), "цем": ("ець",),
}  # fmt: skip
_GENITIVE_PLURAL = ("ы", "и", "а", "і")
"""Великих Лук, Минеральных Вод: no ending at all; proposed only inside a name of several words (Черкасс: see below)."""
_OPEN = str.maketrans("оеє", "ііі")
"""Львова, Києва: the vowel that a Ukrainian closed syllable turns into і (Львів, Київ)."""

_SHORTEST = 4
"""Letters of the shortest base: Вена (Вене), Ирак (Ираке). "Мира" is a genitive of peace, not Mir in Belarus."""
_SHORT_BASES = frozenset({"рим", "уфа", "чад", "ош"})
"""Shorter names that news decline: Рим (в Риме), Уфа (в Уфе), Чад (в Чаде), Ош (в Оше)."""
_IRREGULAR = {
    **dict.fromkeys(("орла", "орлу", "орлом", "орле"), ("орел",)),
    **dict.fromkeys(("ельца", "ельцу", "ельцом", "ельце"), ("елец",)),
    **dict.fromkeys(("відня", "відню", "віднем", "відні"), ("відень",)),
}
"""Whole words, by their folded forms: Орёл, Елец and Відень lose a vowel that no table can give back."""
_PLURAL_OF_SOFT = {"ях": "ь", "ями": "ь", "ям": "ь", "еи": "ь"}
"""Курской и Белгородской областями: the noun that two names share, inside a name of several words."""
_SURNAMES = ("ов", "ев", "ин")
"""A base in -ово, -ево, -ино is not proposed for -а or -у: Иванова, Пушкину are surnames, not Иваново, Пушкино."""
_SHORTEST_PLURAL = 6
"""Letters of the shortest noun that stands alone in the genitive plural: Черкасс (7), Афин needs its own name."""

_SHORTEST_LATIN = 5
"""Letters of the shortest base that takes a Turkish ending without apostrophe: Halepten; "Ordunun" is the army's (of
Ordu, 4), "Vanda" a name (in Van, 3). Names so short are written with the apostrophe: Van'da."""
_BACK, _FRONT, _HARD = "aou", "ei", "fstkcshp"
_TURKISH_BACK = ("ndan", "nda", "dan", "tan", "da", "ta", "nin", "nun", "ya", "yla")
_TURKISH_FRONT = ("nden", "nde", "den", "ten", "de", "te", "nin", "nun", "ye", "yle")

TURKISH_SUFFIXES = frozenset(
    "da de ta te dan den tan ten nda nde ndan nden a e ya ye na ne i u yi yu ni nu in un nin nun la le yla yle "  # noqa: SIM905 - read as words
    "daki deki taki teki ndaki ndeki li lu lik luk ca ce ki dir dur tir tur".split()
)
"""What stands behind the apostrophe of a Turkish name: İstanbul'dan. Folded, so ı is i and ü is u."""

PERSIAN_SUFFIXES = frozenset(("ها", "هاي", "هايي", "ي", "اي", "ام", "ات", "اش", "مان", "تان", "شان"))
"""What stands behind the zero-width non-joiner of a Persian name: سوریه‌ی, عراقی‌ها."""

FIRST_WORDS: Mapping[str, str] = {"ابي": "ابو", "ابا": "ابو", "بنو": "بني", "ذو": "ذي"}
"""Arabic case forms of a first word: أبي غريب, أبا غريب for أبو غريب. Never a name by themselves."""


def bases(word: str, surface: str, language: str | None) -> tuple[str, ...]:
    """Give the folded bases that a folded word may be a form of, the likeliest first.

    Parameters
    ----------
    word
        Folded.
    surface
        As written: tells a Persian ی from an Arabic ي.
    language
        Of the text; None when it is unknown, and then Latin words are left alone (Amanda is not "in Aman").

    Examples
    --------
    >>> "москва" in bases("москве", "Москве", "ru"), "львів" in bases("львова", "Львова", "uk")
    (True, True)
    >>> bases("istanbulda", "İstanbulda", "tr"), bases("londonda", "Londonda", "en")
    (('istanbul',), ())
    """
    first = word[:1]
    if "а" <= first <= "ӿ":
        return _cyrillic(word, language)
    if "a" <= first <= "z":
        latin = _LATIN.get(language or "")
        return latin(word) if latin else ()
    if "\u0621" <= first <= "\u06d3":
        return _persian(word, surface, language)
    return ()


def inner_bases(word: str, language: str | None) -> tuple[str, ...]:
    """Give the bases of a word that is not the first of its name: every word of Нижнем Новгороде is inflected."""
    if not "а" <= word[:1] <= "ӿ":
        return ()
    shared = (word[: -len(end)] + base for end, base in _PLURAL_OF_SOFT.items() if word.endswith(end))
    return (*_cyrillic(word, language, shortest=2), *(word + ending for ending in _GENITIVE_PLURAL), *shared)


def _cyrillic(word: str, language: str | None, shortest: int = _SHORTEST) -> tuple[str, ...]:
    found: dict[str, None] = dict.fromkeys(_IRREGULAR.get(word, ()))
    if language != "uk":
        for base in _cut(word, _RUSSIAN):
            surname = base.endswith("о") and word.endswith(("а", "у")) and base[:-1].endswith(_SURNAMES)
            if not surname:
                found[base] = None
        if len(word) >= _SHORTEST_PLURAL:
            found[word + "ы"] = None
    if language != "ru":
        for base in _cut(word, _UKRAINIAN):
            found[base] = None
            if (closed := _closed(base)) != base:
                found[closed] = None
        if len(word) >= _SHORTEST_PLURAL:
            found[word + "и"] = None
    return tuple(base for base in found if base != word and (len(base) >= shortest or base in _SHORT_BASES))


def _cut(word: str, table: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [
        word[:-length] + base_ending
        for length in (5, 4, 3, 2, 1)
        if length < len(word)
        for base_ending in table.get(word[-length:], ())
    ]


def _closed(base: str) -> str:
    """Give the closed syllable's vowel back: львов → львів, тернополь → тернопіль."""
    soft = base.endswith("ь")
    stem = base[:-1] if soft else base
    if len(stem) < 3 or stem[-1] in "аеиоуюяіє" or stem[-2] not in "оеє":  # noqa: PLR2004 - a vowel between consonants
        return base
    return stem[:-2] + stem[-2].translate(_OPEN) + stem[-1] + ("ь" if soft else "")


def _turkish(word: str) -> tuple[str, ...]:
    """Endings that fit the base by vowel harmony and, for d and t, by its last consonant."""
    found = []
    for suffix in {*_TURKISH_BACK, *_TURKISH_FRONT}:
        base = word.removesuffix(suffix)
        if base == word or len(base) < _SHORTEST_LATIN:
            continue
        vowel = next((c for c in reversed(base) if c in _BACK + _FRONT), "")
        # folded i is ı or i, u is u or ü, o is o or ö: only a and e tell the harmony for sure
        if (vowel == "a" and suffix[-2:].count("e")) or (vowel == "e" and "a" in suffix):
            continue
        if suffix[0] in "dt" and (suffix[0] == "t") != (base[-1] in _HARD):
            continue
        if suffix[0] in "ny" and base[-1] not in _BACK + _FRONT:
            continue
        found.append(base)
    return tuple(sorted(found, key=len, reverse=True))


def _german(word: str) -> tuple[str, ...]:
    """Berlins, Syriens; not after a hiss, where the genitive has an apostrophe."""
    base = word.removesuffix("s")
    fits = base != word and len(base) >= _SHORTEST and base[-1] not in "sxz"
    return (base,) if fits else ()


_LATIN: Mapping[str, Callable[[str], tuple[str, ...]]] = {"tr": _turkish, "de": _german}
BENDS_LATIN = frozenset(_LATIN)
"""Languages in which a word of Latin letters may have an ending."""


def _persian(word: str, surface: str, language: str | None) -> tuple[str, ...]:
    """The ی that joins a name in -ا or -و to what follows: آمریکای شمالی, کربلای."""
    written = surface.endswith("ی") or (language == "fa" and surface.endswith("ي"))
    if not written or language not in (None, "fa") or word[-2:] not in ("اي", "وي") or len(word) <= _SHORTEST:
        return ()
    return (word[:-1],)
