"""The place is one of the user's own: said as a reason, so that a map tells where its position is from."""

from gazetteer.document import Document, Query, Vote
from gazetteer.format import OWN
from gazetteer.resolution import Candidate


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Name the file and line; `gazetteer.layers.stack` has put the place above those built in."""
    source = candidate.place.source
    return Vote(0.0, f"from {source}") if source.startswith(OWN) else None
