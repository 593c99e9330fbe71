"""Words that name areas but mean nothing alone: "South" is no name to look for, "South Province" is."""

from gazetteer.names import fold

_WORDS = """
north south east west northern southern eastern western central centre center capital middle upper lower
northeast northwest southeast southwest northeastern northwestern southeastern southwestern
coast coastal littoral lakes unity rivers delta plateau plateaux highlands islands metropolitan federal
nord sud est ouest orientale occidentale centrale septentrionale meridionale maritime plateaux
norte sur este oeste centro oriental occidental noroeste noreste nordeste sureste suroeste sudeste sudoeste
sul leste ocidental setentrional meridional litoral
ovest nordorientale nordoccidentale settentrionale capitale
süd ost zentral mitte norden süden osten westen südost südwest nordost nordwest
север юг восток запад центр северный южный восточный западный центральный северо юго плато
північ південь схід захід північний південний східний західний центральний
kuzey güney doğu batı merkez kuzeydoğu kuzeybatı güneydoğu güneybatı
شمالی جنوبی شرقی غربی مرکزی شمال جنوب شرق غرب مرکز
צפון דרום מזרח מערב מרכז צפוני דרומי מזרחי מערבי מרכזי מישור בירה
الشمال الجنوب الشرق الغرب الوسط الشمالية الجنوبية الشرقية الغربية الوسطى المركزية الشمالي الجنوبي الشرقي
الغربي العاصمة الوحدة البحيرات الساحل الساحلية الهضبة
"""
_PHRASES = (
    # in Arabic news these are any southern, northern ... area; المنطقة الشرقية is the province of Saudi Arabia
    "المنطقة الجنوبية", "المنطقة الشمالية", "المنطقة الوسطى", "المنطقة الغربية", "المنطقة المحايدة", "المنطقة المركزية",
    "الجهة الشرقية", "المنطقة الشمالية الغربية", "المنطقة الجنوبية الشرقية", "المنطقة الشمالية الشرقية",
)  # fmt: skip
_GENERIC_WORDS = frozenset(fold(word) for word in _WORDS.split())
_GENERIC_PHRASES = frozenset(map(fold, _PHRASES))


def is_generic(name: str) -> bool:
    """Whether a name is a direction or another common word and nothing else.

    Examples
    --------
    >>> is_generic("North West"), is_generic("North Sinai"), is_generic("المنطقة الجنوبية")
    (True, False, True)
    """
    folded = fold(name)
    return folded in _GENERIC_PHRASES or all(word in _GENERIC_WORDS for word in folded.split())
