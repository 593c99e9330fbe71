"""What resolving a written name gives: the place, how sure, why, and what was rejected."""

from dataclasses import dataclass
from enum import StrEnum

from gazetteer.format import ABBREVIATION, CONTEXT, EXACT_CASE, PREFERRED
from gazetteer.place import Place, Precision


class Role(StrEnum):
    """What a mention of a place does in its text."""

    LOCATION = "location"
    """Says where something is or happens."""
    FACILITY = "facility"
    """A named site (an embassy, a base) that is spoken of as a thing; still a place where things happen."""
    METONYM = "metonym"
    """A capital or country that acts or is acted upon as a government."""
    DEMONYM = "demonym"
    """A nationality or origin: American, أميركي."""
    PERSON_PART = "person_part"
    ORG_PART = "org_part"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name written in a text.

    Attributes
    ----------
    start, end
        Offsets in code points, end exclusive: ``text[start:end]`` is the surface, clitics left out.
    role
        What it does there.
    cue
        The words that decided the role, for ``explain``; empty when it is the default.
    """

    start: int
    end: int
    role: Role
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention might mean, with the score of each pass that had a say."""

    place: Place
    matched_name: str
    score: float
    reasons: tuple[str, ...] = ()
    conditional: bool = False
    """The name means this place only where its surroundings are spoken of (`NameFlag.CONTEXT`)."""
    exact_case: bool = False
    """The name counts only in capitals (`NameFlag.EXACT_CASE`)."""
    abbreviation: bool = False
    """The name counts only behind its town or with its dot (`NameFlag.ABBREVIATION`)."""
    preferred: bool = False
    """It is a main name of the place in some language, not a variant (`NameFlag.PREFERRED`)."""
    heard: bool = False
    """The name is none of the place's, it only sounds like one (`Gazetteer.sounding_like`)."""


def candidate_of(place: Place, name: str, flags: int, score: float) -> Candidate:
    """Make the candidate of a posting: its place, the name that was found, its `NameFlag`s and its score."""
    return Candidate(
        place,
        name,
        score,
        (),
        flags & CONTEXT != 0,
        flags & EXACT_CASE != 0,
        flags & ABBREVIATION != 0,
        flags & PREFERRED != 0,
    )


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decision for one mention.

    Attributes
    ----------
    mention
        What was resolved.
    place
        The place, or None: an unresolved mention is a value, not an exception.
    precision
        How precisely the mention says where; None when unresolved.
    uncertainty_m
        Radius in metres that holds the true place; None when unresolved.
    confidence
        0 to 1.
    reasons
        Why this place, in words.
    rejected
        The other candidates, best first.
    """

    mention: Mention
    place: Place | None
    precision: Precision | None
    uncertainty_m: float | None
    confidence: float
    reasons: tuple[str, ...] = ()
    rejected: tuple[Candidate, ...] = ()
