"""Spellings that are one name to a reader and come in too many mixtures to be listed: St/Saint, Mt/Mount, al-/el-/ad-.

They are added as variants, never as main names, so a place that is really called so comes first.
"""

from gazetteer.names import fold

_SHORT = {"saint": "st", "sainte": "ste", "sankt": "st", "mount": "mt", "fort": "ft"}
_LONG = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ARAB = frozenset("AE BH DJ DZ EG EH IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE".split())  # noqa: SIM905 - read as words
"""Where the Arabic article is written into Latin names; elsewhere "al" and "as" are words of other languages."""
_SUN = ("sh", "th", "dh", "d", "r", "s", "t", "z", "n")
"""First letters that the article becomes: ad-Dayr, ez-Zor."""


def variants(name: str, country: str | None) -> tuple[str, ...]:
    """Give the folded variants of a name, without the name itself.

    Parameters
    ----------
    name
        As written.
    country
        ISO 3166-1 alpha-2 of the place, None where it lies in none.

    Examples
    --------
    >>> variants("St. John's", "CA"), variants("Fort Worth", "US"), variants("Baghdad", "IQ")
    (('saint john s',), ('ft worth',), ())
    >>> variants("Dayr az Zawr", "SY"), variants("L'Aquila", "IT"), variants("As Pontes", "ES")
    (('dayr al zawr', 'dayr el zawr', 'dayr ez zawr'), ('aquila',), ())
    """
    key = fold(name)
    words = key.split(" ")
    found: dict[str, None] = {}
    for table in (_SHORT, _LONG):
        swapped = [table.get(word, word) if k + 1 < len(words) else word for k, word in enumerate(words)]
        found[" ".join(swapped)] = None
    if name[:2].lower() in ("l'", "l’") and len(words) > 1:  # all'Aquila, all'Aia
        found[" ".join(words[1:])] = None
    if country in _ARAB:
        for k in range(len(words) - 1):
            for article in _articles(words[k], words[k + 1]):
                found[" ".join([*words[:k], article, *words[k + 1 :]])] = None
    found.pop(key, None)
    return tuple(found)


def _articles(word: str, behind: str) -> tuple[str, ...]:
    """The ways to write the article before a word; none where ``word`` is no article."""
    sun = next((letters for letters in _SUN if behind.startswith(letters)), "")
    forms = ("al", "el", f"a{sun}", f"e{sun}") if sun else ("al", "el")
    return tuple(form for form in forms if form != word) if word in forms else ()
