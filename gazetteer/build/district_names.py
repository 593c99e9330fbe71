"""What districts are called: the words for them, by country, and a name without its word."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindOfDistrict:
    """How the second level of a country is called.

    Attributes
    ----------
    english
        Words behind a name, the one to show first: ``Sinjar District``.
    before
        Words before a Latin name: ``District of Sinjar``.
    arabic
        Words before an Arabic name: ``قضاء سنجار``.
    persian, hebrew
        Words before, ``turkish`` a word behind a name in these languages, or empty.
    """

    english: tuple[str, ...] = ("District",)
    before: tuple[str, ...] = ("district of",)
    arabic: tuple[str, ...] = ("منطقة",)
    persian: str = ""
    turkish: str = ""
    hebrew: str = ""

    @property
    def english_words(self) -> frozenset[str]:
        """The words of its English names, in small letters."""
        return frozenset(word.lower() for word in (*self.english, "county", "municipality", "department", "regency"))


KINDS = {
    "": KindOfDistrict(),
    "IQ": KindOfDistrict(arabic=("قضاء",), hebrew="נפת"),
    "LB": KindOfDistrict(before=("district of", "caza de"), arabic=("قضاء",), hebrew="נפת"),
    "SY": KindOfDistrict(arabic=("منطقة",), hebrew="נפת"),
    "YE": KindOfDistrict(arabic=("مديرية",)),
    "SD": KindOfDistrict(english=("Locality", "District"), before=("locality of",), arabic=("محلية",)),
    "PS": KindOfDistrict(english=("Governorate",), before=("governorate of",), arabic=("محافظة",), hebrew="נפת"),
    "EG": KindOfDistrict(english=("District", "Markaz"), before=("markaz of",), arabic=("مركز",)),
    "JO": KindOfDistrict(arabic=("لواء",)),
    "SA": KindOfDistrict(english=("Governorate",), before=("governorate of",), arabic=("محافظة",)),
    "IL": KindOfDistrict(english=("Subdistrict",), before=("subdistrict of",), arabic=("قضاء",), hebrew="נפת"),
    "IR": KindOfDistrict(english=("County",), before=("county of",), arabic=("مقاطعة",), persian="شهرستان"),
    "AF": KindOfDistrict(arabic=("مديرية",), persian="ولسوالی"),
    "TR": KindOfDistrict(arabic=("قضاء",), turkish="ilçesi"),
    "UA": KindOfDistrict(english=("Raion", "District"), before=("raion of",), arabic=("رايون", "منطقة")),
    "RU": KindOfDistrict(english=("District", "Raion"), before=("raion of",), arabic=("منطقة",)),
    "US": KindOfDistrict(english=("County",), before=("county of",), arabic=("مقاطعة",)),
}
"""By ISO code; ``""`` is any other country."""

AREA_WORDS = frozenset(["منطقة", "مقاطعة", "محافظة"])
"""Words that news put before a name of any level, and of an area around a city."""

_BEHIND = """
    district districts county raion rayon governorate municipality province shahrestan locality subdistrict regency
    department canton prefecture borough parish commune markaz region okrug район районы міськрада мiськрада ilçesi
"""
_BEFORE = """
    qada qaḑā’ qaḑā caza_de_la caza_de caza_du caza_de_l' mintaqat minţaqat manţiqat mudīrīyat mudiriyat shahrestān-e
    shahrestane shahrestan markaz district_of county_of al_qada condado_de
    قضاء منطقة منطقة_مركز مديرية محافظة محلية مركز قسم لواء مقاطعة شهرستان ولسوالی قەزای رايون إقليم נפת
"""
_WORD_BEHIND = re.compile(rf"(.+?)[ -]({'|'.join(_BEHIND.split())})", re.IGNORECASE)
_WORD_BEFORE = re.compile(
    "({}) (.+)".format("|".join(w.replace("_", " ") for w in sorted(_BEFORE.split(), key=len, reverse=True))),
    re.IGNORECASE,
)


def core_of(name: str) -> tuple[str, str]:
    """Give a name without its word for a district, and that word in small letters, or empty.

    Examples
    --------
    >>> core_of("Tel Afar District"), core_of("قضاء الحويجة"), core_of("Caza de Tyr"), core_of("Karkh")
    (('Tel Afar', 'district'), ('الحويجة', 'قضاء'), ('Tyr', 'caza de'), ('Karkh', ''))
    """
    name = " ".join(name.split())
    if found := _WORD_BEHIND.fullmatch(name):
        return found[1], found[2].lower()
    if found := _WORD_BEFORE.fullmatch(name):
        return found[2], found[1].lower()
    return name, ""
