"""The heuristics of resolution, one a file; here is their order, and why each is there.

Every pass looks at one candidate of one mention and may vote for or against it. The votes, each times its coefficient
in ``weights.json``, are added, so the order does not change the sum; it is the order in which `explain` tells the
reasons.
"""

from collections.abc import Callable

from gazetteer.document import Document, Query, Vote
from gazetteer.passes import (
    asked,
    beside,
    company,
    kind,
    language,
    named_country,
    named_province,
    namesake,
    sound,
    surroundings,
)
from gazetteer.resolution import Candidate

Pass = Callable[[Query, Candidate, Document], Vote | None]

STEADY: tuple[Pass, ...] = (
    kind.prominence,  # Paris, France before its 30 namesakes
    kind.kind,
    kind.lead,
    namesake.vote,  # Aleppo is the city, not the governorate
    language.vote,  # "Kirkland" in English, "San José" in Spanish
    asked.vote,  # "Asad base" is the base, not the lake or the man's town
    beside.vote,  # "Paris, Texas"; "المنطقة الخضراء ببغداد"
    named_country.vote,  # Tripoli in an article on Lebanon
    named_country.share,
    named_province.vote,  # Paris in an article that speaks of Texas
    sound.vote,  # ماناي in an article on the Philippines
    surroundings.vote,  # "the Green Zone" counts only where Baghdad or Iraq is spoken of
)
"""What does not depend on how the other names are resolved."""

COMPANY = (
    company.country,
    company.province,  # Columbus beside Omaha
    company.nearby,  # a village between two towns that are certain
)
"""What does."""
