"""A cue word asks for a kind: قاعدة, airport, محافظة, city of."""

from gazetteer.document import Document, Query, Vote
from gazetteer.resolution import Candidate

_RIGHT_KIND = 5.0  # "محافظة بغداد": the governorate (4.4) before the capital (7.8)
_WRONG_KIND = -2.0


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer the kinds asked for."""
    if not query.asked:
        return None
    kind = candidate.place.kind
    if kind in query.asked:
        return Vote(_RIGHT_KIND, f"the words beside it ask for a {kind.value}")
    return Vote(_WRONG_KIND, f"the words beside it ask for another kind than {kind.value}")
