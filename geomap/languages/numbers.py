"""Numbers of a language: its number words, how they are put together, and reading one from a position on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from geomap.languages.figures import Figure, Figures, may_end
from geomap.languages.patterns import Filled, Grammar, add_patterns
from geomap.languages.reading import DIGITS, Form, Token, fold_token, form_reader, pieces, token_at
from geomap.languages.table import Table

MEANINGS = ("at_least", "at_most", "approximately", "range", "from_to", "not_counts")
"""The lists of patterns that a language may have; see the comments of ``en.toml``."""

_KEYS = (
    "attached",
    "joiners",
    "joiner_needed",
    "joiner_between_tens_and_units",
    "units_before_tens",
    "thousands_separators",
    "decimal_separators",
    "words",
    "multipliers",
    "vague",
    "patterns",
    "at_least_after_noun",
    "change_verbs",
    "dual_endings",
)
_THOUSAND, _HUNDRED, _TWENTY, _TEN = 1000, 100, 20, 10
_LARGEST = 10**12


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    value: int


class _Part(NamedTuple):
    """A number word in a text: what it is worth, where it stands, whether a joiner stood before it."""

    value: int
    start: int
    end: int
    multiplies: bool
    stands_alone: bool
    joined: bool


@dataclass(frozen=True, slots=True, eq=False)
class _InWords:
    """The number words of a language, as a grammar asks for them (`geomap.languages.patterns.InWords`)."""

    forms: Callable[[str], tuple[Form, ...]]
    plain: bool
    first: dict[str, tuple[_Entry, ...]]
    parts: frozenset[str]

    @classmethod
    def of(cls, attached: tuple[str, ...], joiners: frozenset[str], *tables: dict[str, tuple[_Entry, ...]]) -> Self:
        """Build it from the words that stand alone, those that multiply, and the vague ones."""
        alone, _, vague = tables
        first = {word: alone.get(word, ()) + vague.get(word, ()) for word in {*alone, *vague}}
        rest = (word for table in tables for listed in table.values() for entry in listed for word in entry.rest)
        return cls(form_reader(attached), not attached, first, joiners.union(*tables, rest))

    def begins(self, word: str) -> bool:
        if self.plain:
            return word[0].isdigit() or fold_token(word) in self.first
        return word[0].isdigit() or any(form.folded in self.first for form in self.forms(word))

    def holds(self, word: str) -> bool:
        if self.plain:
            return word[0].isdigit() or fold_token(word) in self.parts
        return word[0].isdigit() or any(form.folded in self.parts for form in self.forms(word))

    def begun(self, word: str) -> tuple[bool, frozenset[str]]:
        entries = [entry for form in self.forms(word) for entry in self.first.get(form.folded, ())]
        return any(not entry.rest for entry in entries), frozenset(entry.rest[0] for entry in entries if entry.rest)


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """The table ``[numbers]`` of a language.

    Attributes
    ----------
    attached
        Short words written attached to a number: Arabic و, ب, and the article.
    joiners
        Words between the parts of a number: "and".
    joiner_needed, joiner_between_tens_and_units, units_before_tens
        How parts are put together: ``خمسة وعشرون`` needs the joiner and has the units first.
    words, multipliers, vague
        By first word: numbers that stand by themselves, those that multiply what is before them, and
        "dozens" with the least that it means.
    in_words
        The words of these for the grammars that have numbers in them.
    figures
        Reads figures with the separators of the language.
    grammar
        Qualified numbers, ranges, and what looks like a count and is none.
    at_least_after_noun
        "30 people at least": phrases that may follow the counted thing, in small letters.
    change_verbs
        Folded words ("rose") behind which "from 5 to 8" is a change and no range.
    dual_endings
        Endings that make two of a noun; for those who look at the counted nouns.
    """

    attached: tuple[str, ...]
    joiners: frozenset[str]
    joiner_needed: bool
    joiner_between_tens_and_units: bool
    units_before_tens: bool
    words: dict[str, tuple[_Entry, ...]]
    multipliers: dict[str, tuple[_Entry, ...]]
    vague: dict[str, tuple[_Entry, ...]]
    in_words: _InWords
    figures: Figures
    grammar: Grammar
    at_least_after_noun: tuple[str, ...]
    change_verbs: frozenset[str]
    dual_endings: tuple[str, ...]

    def read(self, text: str, token: Token) -> Iterator[Filled]:
        """Read the number that begins at a token: its kind is ``count``, ``vague`` or ``year_like``."""
        found = _in_figures(self, text, token[0]) if token[2] == DIGITS else _in_words(self, text, token)
        if found is not None:
            yield found

    def begins(self, word: str) -> bool:
        """Tell whether a word begins a number, in figures or words."""
        return self.in_words.begins(word)

    @classmethod
    def from_table(cls, table: Table) -> "NumberWords":
        """Build it from a language file's table; LanguageError says what is wrong there."""
        table.known(*_KEYS)
        attached = table.words("attached")
        words, multipliers = _entries(table.table("words")), _entries(table.table("multipliers"))
        vague = _entries(table.table("vague"))
        figures = Figures(table.signs("thousands_separators"), table.signs("decimal_separators"), attached)

        def number(text: str, token: Token) -> Iterator[Filled]:
            return built.read(text, token)

        joiners = frozenset(fold_token(word) for word in table.words("joiners"))
        in_words = _InWords.of(attached, joiners, words, multipliers, vague)
        grammar = Grammar(
            attached=attached,
            readers={"number": number, "pair": figures.pair},
            in_words=in_words,
        )
        add_patterns(grammar, table.table("patterns").known(*MEANINGS), MEANINGS)
        grammar.add_pattern("plain", "{number}")
        grammar.add_pattern("range", "{pair}")
        built = cls(
            attached=attached,
            joiners=joiners,
            joiner_needed=table.yes("joiner_needed"),
            joiner_between_tens_and_units=table.yes("joiner_between_tens_and_units"),
            units_before_tens=table.yes("units_before_tens"),
            words=words,
            multipliers=multipliers,
            vague=vague,
            in_words=in_words,
            figures=figures,
            grammar=grammar,
            at_least_after_noun=tuple(phrase.lower() for phrase in table.words("at_least_after_noun")),
            change_verbs=frozenset(fold_token(word) for word in table.words("change_verbs")),
            dual_endings=table.words("dual_endings"),
        )
        return built


def _entries(table: Table) -> dict[str, tuple[_Entry, ...]]:
    """Sort the entries of a table by their first word, the longest first."""
    found: dict[str, list[_Entry]] = {}
    for value, phrases in table.number_keys():
        for phrase in phrases:
            first, *rest = pieces(phrase)
            found.setdefault(first, []).append(_Entry(tuple(rest), value))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.rest))) for first, entries in found.items()}


def _in_figures(words: NumberWords, text: str, start: int) -> Filled | None:
    """Read a figure and the words that multiply it: "3 million", "1.5 million", ``40 ألفا``, ``3 آلاف و200``."""
    figure = words.figures.read(text, start)
    if figure is None:
        return None
    multiplied = _multiplied(words, text, figure)
    if multiplied is None:
        if figure.scale > 1 or not may_end(text, figure.end):
            return None
        return Filled("number", "year_like" if figure.year_like else "count", figure.value, start, figure.end)
    value, end, factor = multiplied
    bare = not words.joiners  # Turkish: 17 bin 480
    token = token_at(text, end) if (words.joiner_needed or bare) and factor >= _THOUSAND else None
    if token and (fold_token(text[token[0] : token[1]]) in words.joiners or (bare and token[2] == DIGITS)):
        more = words.figures.read(text, token[0] if bare else token[1])
        if more and more.scale == 1 and _HUNDRED <= more.value < factor and may_end(text, more.end):
            value, end = value + more.value, more.end
    return Filled("number", "count", value, start, end)


def _lookup(table: dict[str, tuple[_Entry, ...]], text: str, folded: str, end: int) -> tuple[int, int] | None:
    """Give the value and the end of the longest entry that begins with a folded word."""
    for entry in table.get(folded, ()):  # longest first
        after = end
        for word in entry.rest:
            token = token_at(text, after)
            if token is None or fold_token(text[token[0] : token[1]]) != word:
                break
            after = token[1]
        else:
            return entry.value, after
    return None


def _forms(words: NumberWords, text: str, token: Token) -> tuple[Form, ...]:
    return tuple(form for form in words.grammar.forms(text[token[0] : token[1]]) if form.end == token[1] - token[0])


def _multiplied(words: NumberWords, text: str, figure: Figure) -> tuple[int, int, int] | None:
    """Give the product of a figure and the word after it, where that ends, and the factor."""
    token = token_at(text, figure.end)
    if token is None or token[0] == figure.end:
        return None
    found = _lookup(words.multipliers, text, fold_token(text[token[0] : token[1]]), token[1])
    if found is None or figure.value * found[0] % figure.scale:
        return None
    return figure.value * found[0] // figure.scale, found[1], found[0]


def _in_words(words: NumberWords, text: str, token: Token) -> Filled | None:
    """Read a number in words from a token on."""
    first = _part(words, text, token[0], first=True)
    if first is None:
        return _vague(words, text, token)
    total, group, scale, end, last = 0, 0, _LARGEST, first.end, first
    if first.value >= _THOUSAND:
        total, scale = first.value, first.value
    else:
        group = first.value
    while part := _part(words, text, end, first=False):
        if part.multiplies and not part.joined and _THOUSAND <= part.value < scale and group:
            total, group, scale = total + group * part.value, 0, part.value
        elif part.multiplies and not part.joined and part.value < _THOUSAND and 0 < group < _HUNDRED:
            group *= part.value
        elif part.stands_alone and _adds(words, group, total, part, last):
            if part.value >= _THOUSAND:
                total, scale = total + part.value, part.value
            else:
                group += part.value
        else:
            break
        end, last = part.end, part
    if not _word_may_end(text, first.start, end):
        return None
    vague = _vague(words, text, token)
    if vague is not None and vague.end > end:  # ده ها, "tens", begins with ده, "ten"
        return vague
    return Filled("number", "count", total + group, first.start, end)


def _adds(words: NumberWords, group: int, total: int, part: _Part, last: _Part) -> bool:
    """Tell whether a part may be added to what was read of a number."""
    if words.joiner_needed and not part.joined:
        return False
    value = part.value
    if value >= _THOUSAND:  # "a million and two thousand", said as one word: ألفين
        return group == 0 and 0 < value < last.value
    if value >= _HUNDRED:
        return group == 0 and total > 0
    if group % _HUNDRED == 0:  # after hundreds or thousands
        return bool(group or total)
    return _adds_below_hundred(words, group, part)


def _adds_below_hundred(words: NumberWords, group: int, part: _Part) -> bool:
    """Tell whether units may follow tens, or tens units: "twenty-two", ``خمسة وعشرون``."""
    units, tens = group % 10, group // 10 % 10
    if part.value >= _TWENTY:
        return words.units_before_tens and part.joined and units > 0 and tens == 0
    if part.value >= _TEN or tens <= 1 or units or words.units_before_tens:
        return False
    return words.joiner_between_tens_and_units or not part.joined


def _part(words: NumberWords, text: str, position: int, *, first: bool) -> _Part | None:
    """Read one number word, with the joiner before it when it is not the first."""
    token = token_at(text, position)
    if token is None:
        return None
    joined = False
    if not first:
        sign = text[token[0] : token[1]]
        if fold_token(sign) == "-" and token[0] == position:
            token = token_at(text, token[1])
            if token is None or token[0] != position + 1:
                return None
        elif fold_token(sign) in words.joiners:
            token, joined = token_at(text, token[1]), True
    if token is None or token[2] == DIGITS:
        return None
    best: _Part | None = None
    for form in _forms(words, text, token):
        by_joiner = form.attached[:1] in words.joiners and bool(form.attached)
        if not first and form.start and not by_joiner:
            continue
        begin = token[0] + form.start
        alone = _lookup(words.words, text, form.folded, token[1])
        multiplier = None if first else _lookup(words.multipliers, text, form.folded, token[1])
        found = max((hit for hit in (alone, multiplier) if hit), key=lambda hit: hit[1], default=None)
        if found and (best is None or found[1] > best.end):
            multiplies = multiplier is not None and multiplier[1] == found[1]
            stands = alone is not None and alone[1] == found[1]
            best = _Part(found[0], begin, found[1], multiplies, stands, joined or by_joiner)
    return best


def _vague(words: NumberWords, text: str, token: Token) -> Filled | None:
    """Read "dozens": the least that it means."""
    for form in _forms(words, text, token):
        found = _lookup(words.vague, text, form.folded, token[1])
        if found:
            value, end = found
            return Filled("number", "vague", value, token[0] + form.start, end)
    return None


def _word_may_end(text: str, start: int, end: int) -> bool:
    """Refuse "two-storey", "one's", "mid-twenty"."""
    if start > 1 and text[start - 1] in "-‑" and text[start - 2].isalnum():
        return False
    after = text[end : end + 2]
    return not (len(after) > 1 and after[0] in "-‑%" and after[1].isalnum())
