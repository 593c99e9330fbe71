"""What the candidate is, whatever the text says: its kind, its size, the kind of its name."""

from gazetteer.document import Document, Query, Vote
from gazetteer.resolution import Candidate


def prominence(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer the prominent: Paris, France where nothing speaks for another."""
    return Vote("prominence", candidate.score)


def kind(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Correct the prominence by kind, as fitted."""
    return Vote(f"kind_{candidate.place.kind.value}", 1.0)


def lead(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer the most prominent bearer of a name over the next."""
    return Vote("first", 1.0) if candidate.place.id == query.candidates[0].place.id else None
