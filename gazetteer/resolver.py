"""Mentions of one document → resolutions. The whole path is on this screen.

A conditional logit over the candidates of each name and one more alternative, "none of these": its coefficients are
fitted (``benchmarks/fit_resolution.py``) and its probabilities are the confidence. The other names of the document say
where it is; as they are uncertain too, three rounds pass: alone, then in the company of the round before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import exp, log1p
from typing import NamedTuple

from gazetteer.company import Company, Spot, spot_of
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


class _Row(NamedTuple):
    """A candidate with what speaks for it whatever the other names are, the sum of that, and where it lies."""

    candidate: Candidate
    votes: list[Vote]
    score: float
    spot: Spot


_Rows = list[_Row]


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
    decided: dict[int, Resolution] = {}  # mentions of one name mostly share their rows
    rows_of, company = _in_company(document)
    found = []
    for query, rows in zip(document.queries, rows_of, strict=True):
        resolution = decided.get(id(rows))
        if resolution is None:
            resolution = decided[id(rows)] = _decided(query, _ballot(query.name, rows, company))
        elif resolution.mention is not query.mention:
            resolution = replace(resolution, mention=query.mention)
        found.append(resolution)
    return tuple(found)


def ballots_of(document: Document) -> tuple[Document, list[Ballot]]:
    """Give the votes for each query's candidates in the last round, and the document with what it names."""
    rows_of, company = _in_company(document)
    ballots = [_ballot(query.name, rows, company) for query, rows in zip(document.queries, rows_of, strict=True)]
    return document, ballots


def _in_company(document: Document) -> tuple[list[_Rows], Company]:
    """The rows of each query, and what the names say of where they lie after all rounds."""
    document = replace(document, towns=_towns(document), provinces=_provinces(document))
    steady = _steady(document)
    names = {query.name: rows for query, rows in zip(document.queries, steady, strict=True)}
    scores = {name: [row.score for row in rows] for name, rows in names.items()}
    company = Company()
    for _ in range(_ROUNDS):
        before, company = company, Company()
        for name, rows in names.items():
            if before.own:
                scores[name] = [_score_in(row, before, before.own[name]) for row in rows]
            chances, _ = _probabilities(scores[name])
            company.add(name, zip([row.spot for row in rows], chances, strict=True))
    return steady, company


def _steady(document: Document) -> list[_Rows]:
    """Rows of each query; mentions of one name share theirs, save where a cue word asks for a kind."""
    shared: dict[str, dict[str, _Row]] = defaultdict(dict)
    own: list[_Rows] = []
    known: dict[tuple[object, ...], _Rows] = {}
    for query in document.queries:
        beside = None if query.beside is None else id(document.queries[query.beside].candidates)
        alike = (query.name, id(query.candidates), query.asked, beside, query.inside)
        rows = known.get(alike)
        if rows is None:
            rows = known[alike] = [_row(query, c, document) for c in query.candidates[:_MOST]]
            best = shared[query.name]
            for row in rows:
                kept = best.get(row.candidate.place.id)
                if kept is None or row.score > kept.score:
                    best[row.candidate.place.id] = row
        own.append(rows)
    of_name = {name: list(rows.values()) for name, rows in shared.items()}
    return [rows if query.asked else of_name[query.name] for query, rows in zip(document.queries, own, strict=True)]


def _row(query: Query, candidate: Candidate, document: Document) -> _Row:
    votes = [vote for step in STEADY if (vote := step(query, candidate, document))]
    return _Row(candidate, votes, score(votes), spot_of(candidate.place))


def _score_in(row: _Row, company: Company, own: Company) -> float:
    total = row.score
    for step in COMPANY:
        total += WEIGHTS.get(step.feature, 0.0) * step.value(row.spot, company, own)
    return total


def _ballot(name: str, rows: _Rows, company: Company) -> Ballot:
    own = company.own[name]
    return [
        (row.candidate, row.votes + [vote for step in COMPANY if (vote := step.vote(row.spot, company, own))])
        for row in rows
    ]


def score(votes: Sequence[Vote]) -> float:
    """Sum votes times their coefficients."""
    return sum(WEIGHTS.get(vote.feature, 0.0) * vote.value for vote in votes)


def nothing(count: int) -> list[Vote]:
    """Votes for "none of these", given the number of candidates."""
    return [Vote("none", 1.0), Vote("none_of_many", log1p(count))]


def probabilities(ballot: Sequence[Sequence[Vote]]) -> tuple[list[float], float]:
    """Give the probability of each candidate and of "none of these"."""
    return _probabilities([score(votes) for votes in ballot])


def _probabilities(scores: Sequence[float]) -> tuple[list[float], float]:
    none = score(nothing(len(scores)))
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
    ranked = [
        replace(c, score=round(p, 4), reasons=tuple([v.reason for v in votes if v.reason]))
        for (c, votes), p in zip(ballot, chances, strict=True)
    ]
    ranked.sort(key=lambda c: (-c.score, c.place.id))
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
