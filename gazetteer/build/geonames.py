"""What is done with places of GeoNames, whatever carries them: a package, or a dump that a user has."""

import math
import re
import unicodedata

GONE = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
"""Historical, abandoned and destroyed places."""
_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW", "GREEK")
"""Scripts of our languages (and Greek); names in others are never met by a scanner of words."""
_CODE = re.compile(r"[A-Z]{2,4}\d*|\d.*|.*://.*|.*www\..*")
_PEOPLE_PER_KM2 = 4000.0
"""A usual density of built-up land; Baghdad (7.2 M) gets 24 km, a town of 50,000 gets 2 km."""
_SMALLEST_M = 1500.0


def settlement_radius_m(population: int) -> float:
    """Give the radius of a disc that would hold the inhabitants.

    Examples
    --------
    >>> settlement_radius_m(7_216_000), settlement_radius_m(0)
    (23963, 1500.0)
    """
    return max(_SMALLEST_M, round(math.sqrt(population / _PEOPLE_PER_KM2 / math.pi) * 1000.0))


def is_name(text: str) -> bool:
    """Whether an alternate name is one a person would write: no code, no URL, no machine transliteration.

    Examples
    --------
    >>> [is_name(n) for n in ("Bagdad", "بغداد", "BGW", "bghdad", "ba ge da", "巴格达", "al-Hasaka", "https://x.org")]
    [True, True, False, False, False, False, True, False]
    """
    letter = next((c for c in text if c.isalpha()), "")
    if not letter or _CODE.fullmatch(text):
        return False
    script = unicodedata.name(letter, "").split(" ")[0]
    # Machine transliterations are written without a capital; scripts without case have none to miss.
    return script in _SCRIPTS and (text.lower() != text or text.upper() == text)
