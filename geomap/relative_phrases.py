"""Phrases that tell a place by others: found in an article, and its mentions resolved to what they tell.

"A blast 20 km south of Baghdad" is not in Baghdad. The phrases of a language are data (`geomap/relative/*.toml`), what
they mean on the globe is `gazetteer.relative`.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from gazetteer import Gazetteer, Place, PlaceKind, Resolution, Role
from gazetteer.relative import AREAS, Relation, RelationKind, RelativePlace, as_part, relate
from geomap.languages import Language, available, load
from geomap.mentions import Found
from geomap.reading import Reading
from geomap.relative.anchors import Anchors, anchors
from geomap.relative.table import Element, FirstWords, Pattern, Phrase, Phrases, phrases
from geomap.relative.tokens import MARK, NAME, NUMBER, WORD, Token, tokens_of
from geomap.tokens import Sentence

_REACH = 14
"""Tokens of the longest phrase before its name: "about 20 kilometres to the south-east of the port city of Basra"."""
_BEFORE_NAME = 4
_ABOUT = 3
_NUMBER_WORDS = 6
"""Tokens from the first word of a number to its unit: "two hundred and twenty-five | miles"."""
_FEW = 5.0
""" "A few kilometres": five, and the rule for said distances makes it uncertain by little beside the place's extent."""
_LESS_SURE = 0.9
"""Confidence against that of the place alone: the phrase may be read wrongly."""
_ROLES = (Role.LOCATION, Role.FACILITY, Role.METONYM)
_FROM_TOWNS = ("direction", "offset", "distance", "outskirts", "stretch", "between", "road")
_WHERE_FROM = (RelationKind.DISTANCE, RelationKind.ROAD, RelationKind.BETWEEN)
"""Phrases whose own words are "from": it says nothing of an origin."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a pattern has matched so far."""

    position: int
    distance_m: float | None = None
    direction: str | None = None
    names: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A phrase found: its kind, what it says, the mentions it names, and where it stands."""

    kind: str
    state: _State
    start: int
    end: int


def place_relatively(
    reading: Reading,
    found: Sequence[Found],
    resolutions: Sequence[Resolution],
    world: Gazetteer,
) -> tuple[tuple[Found, ...], tuple[Resolution, ...]]:
    """Give mentions and resolutions with those inside such phrases resolved to what the phrases tell.

    Parameters
    ----------
    reading, found, resolutions
        The article and its mentions, resolved.
    world
        The gazetteer.
    """
    language = reading.article.language
    words, index = phrases(language), anchors(language)
    if words is None or index is None or not found:
        return tuple(found), tuple(resolutions)
    new_found, new_resolutions = list(found), list(resolutions)
    taken: set[int] = set()
    for told in _phrases_of(reading, found, resolutions, words, index):
        names = told.state.names
        if taken.intersection(names):
            continue
        if told.kind == "not":
            taken.update(names)
            continue
        placed = _placed(told, [new_found[i] for i in names], [resolutions[i] for i in names], world)
        if placed is None:
            if told.kind in ("offset", "distance"):  # "20 km north of Syria" is not the north of Syria either
                taken.update(names)
            continue
        taken.update(names)
        quote = " ".join(reading.article.text[told.start : told.end].split())
        for i in names:
            new_found[i] = _as_location(new_found[i], told, quote)
            new_resolutions[i] = _resolution(new_resolutions[i], [resolutions[k] for k in names], placed, quote)
    return tuple(new_found), tuple(new_resolutions)


def _placed(
    told: _Told, mentions: Sequence[Found], resolutions: Sequence[Resolution], world: Gazetteer
) -> RelativePlace | None:
    areas = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})
    places = [
        place
        for item, r in zip(mentions, resolutions, strict=True)
        if (place := _town(r) if told.kind in _FROM_TOWNS and not item.asked & areas else r.place) is not None
    ]
    if len(places) != len(resolutions) or any(item.mention.role not in _ROLES for item in mentions):
        return None
    if told.kind == "between" and all(item.mention.role is Role.METONYM for item in mentions):
        return None  # talks between Tehran and Baghdad
    kind = RelationKind.BETWEEN if told.kind == "stretch" else RelationKind(told.kind)
    relation = Relation(kind, told.state.direction, told.state.distance_m)
    if kind is RelationKind.DIRECTION and places[0].kind in AREAS:
        relation = as_part(relation)
    if kind in (RelationKind.OUTSKIRTS, RelationKind.COAST, RelationKind.BORDER):
        relation = replace(relation, direction=None)
    return relate(relation, places, world)


def _town(resolution: Resolution) -> Place | None:
    """The town that gives a province its name: distances are told from towns, "20 km north of Homs"."""
    place = resolution.place
    if place is None or place.kind not in (PlaceKind.ADMIN1, PlaceKind.ADMIN2):
        return place
    towns = (
        c.place for c in resolution.rejected if c.place.kind is PlaceKind.SETTLEMENT and place.id in c.place.parents
    )
    return next(towns, place)


def _as_location(item: Found, told: _Told, quote: str) -> Found:
    kind = told.kind
    return replace(
        item,
        mention=replace(item.mention, role=Role.LOCATION, cue=quote),
        located=True,
        near=item.near or kind != "part",
        from_origin=item.from_origin and kind not in {*_WHERE_FROM, "stretch"},
    )


def _resolution(before: Resolution, anchors: Sequence[Resolution], placed: RelativePlace, quote: str) -> Resolution:
    return replace(
        before,
        mention=replace(before.mention, role=Role.LOCATION, cue=quote),
        place=placed.place,
        precision=placed.precision,
        uncertainty_m=placed.place.radius_m,
        confidence=round(min(anchor.confidence for anchor in anchors) * _LESS_SURE, 3),
        reasons=(f"the words {quote!r}: {placed.rule}", *before.reasons),
    )


def _phrases_of(
    reading: Reading,
    found: Sequence[Found],
    resolutions: Sequence[Resolution],
    words: Phrases,
    index: Anchors,
) -> Iterator[_Told]:
    """Every phrase of every sentence; of those that name a place first, the longest one comes first."""
    language = reading.article.language
    in_words = _NumbersInWords(reading.article.text, load(language) if language in available() else None)
    first_words = {item.match.first: i for i, item in enumerate(found)}
    named = sorted(word for word, i in first_words.items() if resolutions[i].place is not None)
    for sentence in reading.sentences:
        k = bisect_left(named, sentence.first)
        if k == len(named) or named[k] >= sentence.last:
            continue
        told = _patterns_told(reading, sentence, index)
        if not told:
            continue
        tokens = tokens_of(reading, sentence, found, first_words)
        matcher = _Matcher(tokens, words, told, in_words)
        for position, token in enumerate(tokens):
            if token.kind == NAME and resolutions[token.mention].place is not None:
                yield from matcher.around(position)


def _patterns_told(reading: Reading, sentence: Sentence, index: Anchors) -> frozenset[int]:
    """Patterns (by their index) that the words of a sentence may make; most sentences make none."""
    text = reading.article.text
    words = reading.words[sentence.first : sentence.last]
    return index.always.union(*(index.patterns_at(word.folded, text[word.start : word.end]) for word in words))


class _NumbersInWords:
    """Numbers in words, read where a distance may begin: "twenty kilometres"."""

    def __init__(self, text: str, language: Language | None) -> None:
        self._text, self._language = text, language
        self._known: dict[int, tuple[float, int] | None] = {}

    def at(self, offset: int) -> tuple[float, int] | None:
        """Give the number that begins at an offset, and where it ends."""
        if offset not in self._known:
            self._known[offset] = self._read(offset)
        return self._known[offset]

    def _read(self, offset: int) -> tuple[float, int] | None:
        match = self._language.numbers.grammar.match(self._text, offset) if self._language else None
        counts = [part for part in match.filled if part.slot == "number" and part.kind == "count"] if match else []
        if not counts:
            return None
        return sum(part.number for part in counts) / len(counts), counts[-1].end


class _Matcher:
    """The patterns of a language against the tokens of a sentence."""

    def __init__(
        self, tokens: Sequence[Token], words: Phrases, told: Collection[int], in_words: _NumbersInWords
    ) -> None:
        self._tokens = tokens
        self._in_words = in_words
        self._words = words
        self._known: dict[tuple[str, int], list[tuple[int, str]]] = {}
        self._patterns = [(order, words.patterns[order]) for order in sorted(told)]
        # number words are read beside units only
        far = any(element.slot == "d" for _, pattern in self._patterns for element in pattern.elements)
        self._units = [far and bool(self._ends(words.first["units"], i)) for i in range(len(tokens))]

    def around(self, name: int) -> list[_Told]:
        """Phrases in which a name is the first one named, the longest first, then by the order of their kinds."""
        mention = self._tokens[name].mention
        best: list[tuple[int, int, _Told]] = []
        for start in range(name, max(-1, name - _REACH), -1):
            if start < name and self._tokens[start].kind in (NAME, MARK):
                break  # a phrase begins with words; another name or a comma ends the look back
            for order, pattern in self._patterns:
                for state in self._match(pattern, start):
                    if state.names[0] == mention:
                        begin, end = self._tokens[start].start, self._tokens[state.position - 1].end
                        best.append((start - state.position, order, _Told(pattern.kind, state, begin, end)))
        return [told for _, _, told in sorted(best, key=lambda row: row[:2])]

    def _match(self, pattern: Pattern, start: int) -> Iterator[_State]:
        states = [_State(start)]
        for element in pattern.elements:
            following = [after for state in states for after in self._step(element, state)]
            states = [*following, *states] if element.optional else following
            if not states:
                return
        yield from (state for state in states if state.position > start and state.names)

    def _step(self, element: Element, state: _State) -> Iterator[_State]:
        if element.slot == "":
            for end in self._literal(element.first, state.position):
                yield _State(end, state.distance_m, state.direction, state.names)
        elif element.slot in ("X", "Y"):
            yield from self._name(state)
        elif element.slot == "d":
            yield from self._distance(state)
        else:
            for end, direction in self._directions(element.slot, state.position):
                yield replace(state, position=end, direction=direction)

    def _directions(self, slot: str, position: int) -> list[tuple[int, str]]:
        """Where the words of directions that begin at a token end; asked for by many patterns, so kept."""
        known = self._known.get((slot, position))
        if known is None:
            table = self._words.directions if slot == "dir" else self._words.parts
            first = self._words.first["directions" if slot == "dir" else "parts"]
            known = [(end, table[k][1]) for k, end in self._ends(first, position)]
            self._known[slot, position] = known
        return known

    def _ends(self, first: FirstWords, position: int) -> list[tuple[int, int]]:
        """Which phrases of a list begin at a token, by their index, and where each ends."""
        if position >= len(self._tokens):
            return []
        found = []
        for k in first.at(self._tokens[position].forms):
            end = self._end(first.phrases[k], position)
            if end is not None:
                found.append((k, end))
        return found

    def _end(self, phrase: Phrase, position: int) -> int | None:
        end = position
        for word in phrase:
            if end >= len(self._tokens) or not _is(self._tokens[end], word):
                return None
            end += 1
        return end

    def _literal(self, first: FirstWords, position: int) -> list[int]:
        """Where the phrases that begin at a token end; one letter may be written onto the next word: والموصل."""
        ends = self._ends(first, position)
        if first.letters and position < len(self._tokens):
            token = self._tokens[position]
            written_on = token.clitic if token.kind == NAME else token.forms[0] if len(token.forms) > 1 else ""
            whole = {k for k, _ in ends}
            letters = (k for k in first.letters if k not in whole and written_on.startswith(first.phrases[k][0]))
            ends = sorted([*ends, *((k, position) for k in letters)])
        return [end for _, end in ends]

    def _name(self, state: _State) -> Iterator[_State]:
        position = state.position
        for _ in range(_BEFORE_NAME + 1):
            if position >= len(self._tokens):
                return
            token = self._tokens[position]
            if token.kind == NAME:
                yield replace(state, position=position + 1, names=(*state.names, token.mention))
                return
            ends = self._ends(self._words.first["before_name"], position)
            if not ends:
                return
            position = max(end for _, end in ends)

    def _distance(self, state: _State) -> Iterator[_State]:
        position = state.position
        for _ in range(_ABOUT):
            ends = self._ends(self._words.first["about"], position)
            if not ends:
                break
            position = max(end for _, end in ends)
        values = [(position, 1.0, True)]
        values += [(after, value, False) for after, value in self._number(position)]
        values += [(end, _FEW, False) for _, end in self._ends(self._words.first["few"], position)]
        for begin, value, dual in values:
            for k, end in self._ends(self._words.first["units"], begin):
                _, metres, is_dual = self._words.units[k]
                if is_dual == dual:
                    yield replace(state, position=end, distance_m=value * metres)

    def _number(self, position: int) -> Iterator[tuple[int, float]]:
        if position >= len(self._tokens):
            return
        token = self._tokens[position]
        if token.kind == NUMBER:
            yield position + 1, token.value
        elif (
            token.kind == WORD
            and any(self._units[position : position + _NUMBER_WORDS])
            and (found := self._in_words.at(token.start))
        ):
            after = position
            while after < len(self._tokens) and self._tokens[after].start < found[1]:
                after += 1
            yield after, found[0]


def _is(token: Token, wanted: str) -> bool:
    if token.kind not in (WORD, MARK):
        return False
    if wanted.endswith("*"):
        return any(form.startswith(wanted[:-1]) for form in token.forms)
    return wanted in token.forms
