"""A name read by its sound alone (`gazetteer.sounds`): what sounds the same in the right country seldom is another."""

from gazetteer.document import Document, Query, Vote
from gazetteer.resolution import Candidate


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Weigh the sound against "none of these": its rarity says more than the size of the town."""
    return Vote("heard", 1.0) if candidate.heard else None
