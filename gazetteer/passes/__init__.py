"""The heuristics of resolution, one a file; here is their order, and why each is there.

Every pass looks at one candidate of one mention and may vote for or against it. The votes are added to the candidate's
prominence, so the order does not change the sum; it is the order in which `explain` tells the reasons.
"""

from collections.abc import Callable

from gazetteer.document import Document, Query, Vote
from gazetteer.passes import asked, beside, named_country, nearby, surroundings
from gazetteer.resolution import Candidate

Pass = Callable[[Query, Candidate, Document], Vote | None]

PASSES: tuple[Pass, ...] = (
    asked.vote,  # "Asad base" is the base, not the lake or the man's town
    beside.vote,  # "Paris, Texas"; "المنطقة الخضراء ببغداد"
    named_country.vote,  # Tripoli in an article on Lebanon
    surroundings.vote,  # "the Green Zone" counts only where Baghdad or Iraq is spoken of
    nearby.vote,  # a village between two towns that are certain
)
