"""Mentions of one document → resolutions. The whole path is on this screen."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.document import Document, Query
from gazetteer.passes import PASSES
from gazetteer.place import Place, PlaceKind, Precision
from gazetteer.resolution import Candidate, Resolution

_SAFE = 1.5
"""A name that no vote supports needs this prominence: a town of 3,000 alone is left unresolved, one of 5,000 is not."""
_ANCHOR_MARGIN = 2.0
"""A first-round winner this far before the next is an anchor for its neighbours."""

_PRECISION = {
    PlaceKind.COUNTRY: Precision.COUNTRY,
    PlaceKind.ADMIN1: Precision.ADMIN1,
    PlaceKind.ADMIN2: Precision.ADMIN2,
    PlaceKind.REGION: Precision.REGION,
    PlaceKind.SETTLEMENT: Precision.SETTLEMENT,
    PlaceKind.DISTRICT: Precision.DISTRICT,
    PlaceKind.SITE: Precision.SITE,
    PlaceKind.WATER: Precision.WATER,
}


def resolve(document: Document) -> tuple[Resolution, ...]:
    """Decide what each mention means.

    Parameters
    ----------
    document
        The mentions with their candidates and what the document speaks of.

    Returns
    -------
    tuple of Resolution
        One for each query, in its order; place None where nothing is safe.
    """
    document = replace(document, towns=_towns(document))
    first = _ranked(document)
    anchored = replace(document, anchors=_anchors(first))
    second = _ranked(anchored)
    return tuple(_decided(query, ranking) for query, ranking in zip(document.queries, second, strict=True))


def _towns(document: Document) -> tuple[Place, ...]:
    found = {}
    for query in document.queries:
        for candidate in query.candidates[:1]:
            if candidate.place.kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT):
                found[candidate.place.id] = candidate.place
    return tuple(found.values())


def _ranked(document: Document) -> list[list[Candidate]]:
    """Candidates of each query with the votes of all passes, the best first; one sense a name."""
    best: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for query in document.queries:
        for candidate in query.candidates:
            scored = _voted(query, candidate, document)
            kept = best[query.name].get(candidate.place.id)
            if kept is None or scored.score > kept.score:
                best[query.name][candidate.place.id] = scored
    rankings = []
    for query in document.queries:
        # What a cue word beside this very mention asks for is this mention's own; the rest is shared by the name.
        own = [_voted(query, c, document) for c in query.candidates] if query.asked else best[query.name].values()
        rankings.append(sorted(own, key=lambda c: (-c.score, c.place.id)))
    return rankings


def _voted(query: Query, candidate: Candidate, document: Document) -> Candidate:
    votes = [vote for step in PASSES if (vote := step(query, candidate, document))]
    return replace(
        candidate,
        score=candidate.score + sum(vote.score for vote in votes),
        reasons=tuple(vote.reason for vote in votes),
    )


def _anchors(rankings: Sequence[Sequence[Candidate]]) -> tuple[Place, ...]:
    found = {}
    for ranking in rankings:
        if not ranking or ranking[0].place.kind in (PlaceKind.COUNTRY, PlaceKind.WATER, PlaceKind.REGION):
            continue
        if len(ranking) == 1 or ranking[0].score - ranking[1].score >= _ANCHOR_MARGIN:
            found[ranking[0].place.id] = ranking[0].place
    return tuple(found.values())


def _decided(query: Query, ranking: Sequence[Candidate]) -> Resolution:
    if not ranking or ranking[0].score < _SAFE:
        reason = "the gazetteer does not know the name" if not ranking else "no candidate is safe enough"
        return Resolution(query.mention, None, None, None, 0.0, (reason,), tuple(ranking))
    best = ranking[0]
    lead = best.score - ranking[1].score if len(ranking) > 1 else 6.0
    confidence = round(1 / (1 + math.exp(-0.8 * lead)) * (1 - math.exp(-0.6 * best.score)), 3)
    reasons = (f"called {best.matched_name}", *best.reasons)
    if len(ranking) > 1:
        reasons += (f"before {ranking[1].place.name} ({ranking[1].place.id}) by {lead:.1f}",)
    return Resolution(
        query.mention,
        best.place,
        _PRECISION[best.place.kind],
        best.place.radius_m,
        confidence,
        reasons,
        tuple(ranking[1:]),
    )
