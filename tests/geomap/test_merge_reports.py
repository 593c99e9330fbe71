"""What several articles report of one event is one incident, with all its articles, evidence and figures."""

from datetime import date

from gazetteer import Gazetteer
from geomap import Article, Incident, find_incidents, merge_reports
from geomap.incident import Span, Status

FIRST = "A car bomb exploded in Mosul on Tuesday, killing five people, the interior ministry said."
SECOND = "انفجرت سيارة مفخخة في الموصل يوم الثلاثاء ما أدى إلى مقتل 7 أشخاص وإصابة 12."


def _incidents(world: Gazetteer, *texts: tuple[str, str, date]) -> list[Incident]:
    articles = [
        Article(str(i), "-", None, published, language, text) for i, (language, text, published) in enumerate(texts)
    ]
    return list(find_incidents(articles, world))


def test_two_languages_one_incident(world: Gazetteer) -> None:
    found = _incidents(world, ("ar", SECOND, date(2024, 3, 8)), ("en", FIRST, date(2024, 3, 6)))
    (merged,) = merge_reports(found)
    assert [article.id for article in merged.articles] == ["1", "0"], "the earliest published is the first"
    assert (merged.killed, merged.injured) == (Span(5, 7), Span(12, 12)), "figures that differ are a range"
    assert {e.quote.article_id for e in merged.evidence} == {"0", "1"}
    assert merged.confidence > max(i.confidence for i in found)
    assert merged.status is Status.OFFICIAL


def test_the_order_of_the_articles_does_not_matter(world: Gazetteer) -> None:
    texts = [("ar", SECOND, date(2024, 3, 8)), ("en", FIRST, date(2024, 3, 6))]
    one = merge_reports(_incidents(world, *texts))
    other = merge_reports(list(reversed(_incidents(world, *texts))))
    assert one == other


def test_what_differs_stays_apart(world: Gazetteer) -> None:
    texts = [
        "A car bomb exploded in Mosul on Tuesday, killing five people.",
        "A car bomb exploded in Mosul on Monday, killing five people.",
        "A car bomb exploded in Baghdad on Tuesday, killing five people.",
        "An air strike hit Mosul on Tuesday, killing five people.",
        "A car bomb exploded in Mosul on Tuesday, killing 60 people.",
    ]
    found = _incidents(world, *[("en", text, date(2024, 3, 7)) for text in texts])
    assert len(found) == len(texts)
    assert merge_reports(found) == tuple(found)


def test_one_article_is_never_merged_with_itself(world: Gazetteer) -> None:
    text = "Gunmen kidnapped a doctor in Mosul on Monday.\nGunmen kidnapped a teacher in Mosul."
    found = _incidents(world, ("en", text, date(2024, 3, 7)))
    assert merge_reports(found) == tuple(found)
