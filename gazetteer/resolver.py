"""Mentions of one document → resolutions. The whole path is on this screen.

A conditional logit over the candidates of each name and one more alternative, "none of these": its coefficients are
fitted (``benchmarks/fit_resolution.py``) and its probabilities are the confidence. The other names of the document say
where it is; as they are uncertain too, three rounds pass: alone, then in the company of the round before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import exp, log1p

from gazetteer.company import Company, Share
from gazetteer.document import Document, Query, Vote
from gazetteer.format import OWN
from gazetteer.passes import COMPANY, STEADY
from gazetteer.place import Place, PlaceKind, Precision
from gazetteer.resolution import Candidate, Resolution
from gazetteer.weights import WEIGHTS

_ROUNDS = 2
"""Rounds in company; a third changed none of 1,459 decisions in 120 articles of gwn."""
_SAFE = 0.31
"""Probability from which a place is given: "Longton, near Preston" has 0.32 (tests/cases/several_incidents.tsv)."""
_MOST = 40
"""Candidates of one name that are weighed, the most prominent: there are 120 San Antonios."""

PRECISION = {
    PlaceKind.COUNTRY: Precision.COUNTRY,
    PlaceKind.ADMIN1: Precision.ADMIN1,
    PlaceKind.ADMIN2: Precision.ADMIN2,
    PlaceKind.REGION: Precision.REGION,
    PlaceKind.SETTLEMENT: Precision.SETTLEMENT,
    PlaceKind.DISTRICT: Precision.DISTRICT,
    PlaceKind.SITE: Precision.SITE,
    PlaceKind.WATER: Precision.WATER,
}
"""How precisely a resolved place of each kind says where."""

Ballot = list[tuple[Candidate, list[Vote]]]
"""The candidates of one name, each with its votes."""


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
    document, ballots = ballots_of(document)
    return tuple(_decided(query, ballot) for query, ballot in zip(document.queries, ballots, strict=True))


def ballots_of(document: Document) -> tuple[Document, list[Ballot]]:
    """Give the votes for each query's candidates in the last round, and the document with its company."""
    document = replace(document, towns=_towns(document), provinces=_provinces(document))
    steady = _steady(document)
    names = {query.name: ballot for query, ballot in zip(document.queries, steady, strict=True)}
    for _ in range(_ROUNDS):
        document = replace(document, company=_company(names))
        names = {
            name: [(c, v[: _steady_count(v)] + _company_votes(name, c, document)) for c, v in ballot]
            for name, ballot in names.items()
        }
    ballots = [
        [(c, v + _company_votes(query.name, c, document)) for c, v in ballot]
        for query, ballot in zip(document.queries, steady, strict=True)
    ]
    return document, ballots


def _steady_count(votes: Sequence[Vote]) -> int:
    return sum(1 for vote in votes if not vote.feature.startswith("company_"))


def _steady(document: Document) -> list[Ballot]:
    """One ballot a query; mentions of one name share theirs, save where a cue word asks for a kind."""
    shared: dict[str, dict[str, tuple[Candidate, list[Vote]]]] = defaultdict(dict)
    own: list[Ballot] = []
    for query in document.queries:
        ballot = [
            (c, [vote for step in STEADY if (vote := step(query, c, document))]) for c in query.candidates[:_MOST]
        ]
        own.append(ballot)
        for candidate, votes in ballot:
            kept = shared[query.name].get(candidate.place.id)
            if kept is None or score(votes) > score(kept[1]):
                shared[query.name][candidate.place.id] = candidate, votes
    return [
        ballot if query.asked else list(shared[query.name].values())
        for query, ballot in zip(document.queries, own, strict=True)
    ]


def _company_votes(name: str, candidate: Candidate, document: Document) -> list[Vote]:
    return [vote for step in COMPANY if (vote := step(name, candidate, document))]


def _company(names: dict[str, Ballot]) -> Company:
    company = Company()
    for name, ballot in names.items():
        chances, _ = probabilities([votes for _, votes in ballot])
        company.add(name, [Share(c.place, p) for (c, _), p in zip(ballot, chances, strict=True)])
    return company


def score(votes: Sequence[Vote]) -> float:
    """Sum votes times their coefficients."""
    return sum(WEIGHTS.get(vote.feature, 0.0) * vote.value for vote in votes)


def nothing(count: int) -> list[Vote]:
    """Votes for "none of these", given the number of candidates."""
    return [Vote("none", 1.0), Vote("none_of_many", log1p(count))]


def probabilities(ballot: Sequence[Sequence[Vote]]) -> tuple[list[float], float]:
    """Give the probability of each candidate and of "none of these"."""
    scores = [score(votes) for votes in ballot]
    none = score(nothing(len(ballot)))
    top = max([none, *scores])
    weights = [exp(s - top) for s in scores]
    total = sum(weights) + exp(none - top)
    return [w / total for w in weights], exp(none - top) / total


def _towns(document: Document) -> tuple[Place, ...]:
    found = {}
    for query in document.queries:
        for candidate in query.candidates[:1]:
            if candidate.place.kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT):
                found[candidate.place.id] = candidate.place
    return tuple(found.values())


def _provinces(document: Document) -> dict[str, int]:
    """First-level areas that the document names: what the name means first is one, or a cue word asks for one."""
    counts: dict[str, int] = defaultdict(int)
    for query in document.queries:
        areas = [c.place for c in query.candidates[:3] if c.place.kind is PlaceKind.ADMIN1]
        if areas and (query.candidates[0].place.kind is PlaceKind.ADMIN1 or PlaceKind.ADMIN1 in query.asked):
            counts[areas[0].id] += 1
    return dict(counts)


def _decided(query: Query, ballot: Ballot) -> Resolution:
    chances, _ = probabilities([votes for _, votes in ballot])
    ranked = sorted(
        (
            replace(c, score=round(p, 4), reasons=tuple(v.reason for v in votes if v.reason))
            for (c, votes), p in zip(ballot, chances, strict=True)
        ),
        key=lambda c: (-c.score, c.place.id),
    )
    if not ranked or ranked[0].score < _SAFE:
        reason = "the gazetteer does not know the name" if not ranked else "no candidate is safe enough"
        return Resolution(query.mention, None, None, None, 0.0, (reason,), tuple(ranked))
    best = ranked[0]
    reasons = (f"called {best.matched_name}", *_whose(best.place), *best.reasons)
    if len(ranked) > 1:
        next_ = ranked[1]
        reasons += (f"before {next_.place.name} ({next_.place.id}), {best.score:.2f} to {next_.score:.2f}",)
    return Resolution(
        query.mention,
        best.place,
        PRECISION[best.place.kind],
        best.place.radius_m,
        round(best.score, 3),
        reasons,
        tuple(ranked[1:]),
    )


def _whose(place: Place) -> tuple[str, ...]:
    """Tell that a place is one of the user's own, so that a map says where its position is from."""
    return (f"from {place.source}",) if place.source.startswith(OWN) else ()
