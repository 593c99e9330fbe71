"""The rule tables of a language file: triggers, cues and the words beside place names, compiled into one lexicon."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from gazetteer.names import fold
from geomap.errors import LanguageError
from geomap.incident import SUB_TYPES
from geomap.lexicon import Lexicon

TABLES = (
    "words",
    "triggers",
    "background",
    "stance",
    "modality",
    "casualties",
    "figures",
    "actors",
    "sources",
    "places",
    "names",
)
"""The tables of a language file that this module reads."""

EVENT_TYPE = {sub: event for event, subs in SUB_TYPES.items() for sub in subs}
"""sub_type → event_type."""

_TRIGGER_KEYS = {"nouns", "verbs", "effects"}
_LABELS: dict[str, tuple[str, ...]] = {
    "background": ("names", "response"),
    "stance": ("reports", "according", "confirms", "claims", "denies", "accuses", "complement", "continues"),
    "modality": ("negation", "threat", "plan", "hypothesis", "general", "refuted"),
    "casualties": (
        "killed",
        "injured",
        "none",
        "none_injured",
        "one",
        "one_injured",
        "two",
        "two_injured",
        "among",
        "people",
    ),
    "figures": ("times", "deny_damage", "damage"),
    "actors": ("words", "suspected", "by", "none_claimed", "against", "weapons"),
    "sources": ("official", "media", "witness", "social_media", "party"),
    "places": (
        "in",
        "near",
        "direction",
        "onto",
        "from",
        "not_in",
        "undergoes",
        "here",
        "capital",
        "elsewhere",
        "elsewhere_after",
        "where",
        "between",
        "kinds",
        "in_after",
        "near_after",
        "from_after",
        "in_suffix",
        "from_suffix",
    ),
    "names": (
        "titles",
        "organisations",
        "organisations_after",
        "bodies",
        "bodies_after",
        "buildings",
        "buildings_after",
        "heads",
        "heads_kept",
        "tails",
        "adjectives",
    ),
}
SourceOrder = Literal["verb_first", "subject_first", "verb_last"]
"""Where the source of a report stands: behind its verb, before it, or at the head of a clause that the verb ends."""
KINDS = ("settlement", "admin1", "site", "district", "water", "country")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a language file says besides dates and numbers.

    Attributes
    ----------
    lexicon
        All phrases; the labels are ``triggers.air_strike.nouns``, ``stance.reports``, ``places.kinds.site`` ...
    definite
        Folded clitics that make a noun definite ("the attack" refers to one already told of).
    articles
        Folded clitics that are the article: they stay with the noun when it is quoted.
    indefinite
        Folded words before which a noun is new: "a", "une".
    demonstratives
        Folded words that do the same: the, this, هذه.
    function_words
        Folded words that are never a name of a place by themselves: أن, مع.
    abbreviations
        Folded, without the last dot: a dot after them ends no sentence.
    clause_marks
        Characters that part clauses.
    conjunctions
        Folded words or clitics that join two names.
    source_order
        Whether the source follows its verb (قالت الوزارة إن), stands before it (the ministry said that), or opens a
        clause that its verb ends (Valilik, Van'da üç kişinin öldüğünü bildirdi).
    origin_clitics
        Folded clitics that make a name an origin, as Hebrew does: שוגרו מלבנון, fired from Lebanon.
    home
        ISO 3166-1 codes of the countries that news in the language speaks of without naming them.
    nouns_capitalised
        Whether every noun has a capital (German), so that one beside a name tells nothing.
    """

    lexicon: Lexicon
    definite: frozenset[str]
    articles: frozenset[str]
    indefinite: frozenset[str]
    demonstratives: frozenset[str]
    function_words: frozenset[str]
    abbreviations: frozenset[str]
    clause_marks: str
    conjunctions: frozenset[str]
    source_order: SourceOrder
    origin_clitics: frozenset[str]
    home: frozenset[str]
    nouns_capitalised: bool = False


def build_rules(tables: Mapping[str, object], file: str) -> Rules:
    """Compile the rule tables of a language file.

    Raises
    ------
    LanguageError
        An unknown table, label or type, a phrase that can't be read; says file, key and cure.
    """
    words = tables.get("words", {})
    if not isinstance(words, dict):
        raise LanguageError(f"{file}: [words] must be a table; write [words] on a line of its own")
    order = words.get("source_order", "subject_first")
    if order not in get_args(SourceOrder):
        raise LanguageError(f"{file}: words.source_order is {order!r}; write {', '.join(get_args(SourceOrder))}")
    phrases = dict(_phrases(tables, file))
    return Rules(
        lexicon=Lexicon(phrases, words.get("clitics", ()), file),
        definite=_folded(words.get("definite", ())),
        articles=_folded(words.get("articles", ())),
        indefinite=_folded(words.get("indefinite", ())),
        demonstratives=_folded(words.get("demonstratives", ())),
        function_words=_folded(words.get("function", ())),
        abbreviations=_folded(words.get("abbreviations", ())),
        clause_marks=str(words.get("clause_marks", ",;:")),
        conjunctions=_folded(words.get("conjunctions", ())),
        source_order=order,
        origin_clitics=_folded(words.get("origin_clitics", ())),
        home=frozenset(str(code) for code in words.get("home", ())),
        nouns_capitalised=words.get("nouns_capitalised") is True,
    )


def _folded(written: object) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in written) if isinstance(written, list) else frozenset()


def _phrases(tables: Mapping[str, object], file: str) -> Iterator[tuple[str, list[str]]]:
    yield from _triggers(tables, file)
    for table, labels in _LABELS.items():
        for label, written in _table(tables, table, file).items():
            if label not in labels:
                raise LanguageError(f"{file}: {table}.{label}: not known; use one of {', '.join(labels)}")
            if label == "kinds":
                yield from _kinds(written, file)
            else:
                yield f"{table}.{label}", _list(written, f"{table}.{label}", file)


def _triggers(tables: Mapping[str, object], file: str) -> Iterator[tuple[str, list[str]]]:
    for sub_type, forms in _table(tables, "triggers", file).items():
        key = f"triggers.{sub_type}"
        if sub_type not in EVENT_TYPE and sub_type not in SUB_TYPES:
            raise LanguageError(f"{file}: {key}: no such type; the vocabulary is geomap.incident.SUB_TYPES")
        for form, written in _table(forms, key, file, whole=True).items():
            if form not in _TRIGGER_KEYS:
                raise LanguageError(f"{file}: {key}.{form}: use nouns, verbs or effects")
            yield f"{key}.{form}", _list(written, f"{key}.{form}", file)


def _kinds(written: object, file: str) -> Iterator[tuple[str, list[str]]]:
    for kind, words in _table(written, "places.kinds", file, whole=True).items():
        if kind not in KINDS:
            raise LanguageError(f"{file}: places.kinds.{kind}: use one of {', '.join(KINDS)}")
        yield f"places.kinds.{kind}", _list(words, f"places.kinds.{kind}", file)


def _table(holder: object, name: str, file: str, *, whole: bool = False) -> Mapping[str, object]:
    found = holder if whole else holder.get(name, {}) if isinstance(holder, Mapping) else None
    if not isinstance(found, Mapping):
        raise LanguageError(f"{file}: [{name}] must be a table; write [{name}] on a line of its own")
    return found


def _list(written: object, key: str, file: str) -> list[str]:
    if not isinstance(written, list) or not all(isinstance(phrase, str) for phrase in written):
        raise LanguageError(f'{file}: {key} must be a list of phrases: {key} = ["...", "..."]')
    return written
