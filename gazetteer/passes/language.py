"""The language of the text: a Persian article means Iran's towns before their namesakes elsewhere."""

from gazetteer.document import Document, Query, Vote
from gazetteer.resolution import Candidate

HOME = {
    language: frozenset(countries.split())
    for language, countries in {
        "ar": "IQ SY LB JO PS SA YE OM AE QA BH KW EG SD LY TN DZ MA MR SO DJ KM",
        "en": "US GB IE CA AU NZ ZA IN PK NG KE GH",
        "fa": "IR AF TJ",
        "he": "IL PS",
        "tr": "TR CY",
        "fr": "FR BE CH LU CA ML NE BF SN CI CM CD TD GA MG DZ MA TN LB HT",
        "es": "ES MX CO VE PE AR CL EC BO PY UY CU DO GT HN SV NI CR PA PR GQ",
        "ru": "RU UA BY KZ KG UZ TJ TM AM AZ GE MD",
        "uk": "UA",
        "de": "DE AT CH LI LU",
        "pt": "PT BR AO MZ CV GW ST TL",
        "it": "IT CH SM VA",
    }.items()
}
"""Where each language is official or the press writes in it."""


def vote(query: Query, candidate: Candidate, document: Document) -> Vote | None:  # noqa: ARG001
    """Prefer countries in which the article's language is written."""
    country = candidate.place.country
    return Vote("language", 1.0) if country and country in HOME.get(document.language, ()) else None
