"""What the resolver is asked: the mentions of one document and what the document speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gazetteer.place import Place, PlaceKind
from gazetteer.resolution import Candidate, Mention


@dataclass(frozen=True, slots=True)
class Query:
    """One mention with what its surroundings say of it.

    Attributes
    ----------
    mention
        The mention.
    name
        Its folded name: mentions of one name have one sense.
    candidates
        What the gazetteer has for the name, by prominence.
    asked
        Kinds that a cue word beside it asks for (base, governorate, city); empty when none does.
    beside
        Index of the query whose place is written right after it as its container ("Paris, Texas",
        "المنطقة الخضراء ببغداد"), or None.
    inside
        Whether words say that it lies in that place ("the X district of Aleppo"); a comma alone does not.
    """

    mention: Mention
    name: str
    candidates: tuple[Candidate, ...]
    asked: frozenset[PlaceKind] = frozenset()
    beside: int | None = None
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The mentions of one document in their order.

    Attributes
    ----------
    queries
        In text order.
    countries
        ISO code → how often the document speaks of the country: by its name or its people.
    language
        ISO 639-1 code of the text, empty when unknown.
    provinces
        Id of a first-level area → how often the document names it.
    towns
        The settlements and districts that the document's names mean first, each once.
    """

    queries: tuple[Query, ...]
    countries: Mapping[str, int]
    language: str = ""
    provinces: Mapping[str, int] = field(default_factory=dict)
    towns: tuple[Place, ...] = ()


class Vote(NamedTuple):
    """What one pass says of one candidate.

    Attributes
    ----------
    feature
        Name of its coefficient in ``weights.json``.
    value
        How much of it there is; the coefficient is multiplied by it.
    reason
        In words, for ``explain``; empty where it says nothing to a reader.
    """

    feature: str
    value: float
    reason: str = ""
