"""A ``.txt`` file: the whole file is the text of one article. It has no header, so no title and no date."""

from datetime import date

from geomap.articles.article import Article
from geomap.articles.decode import MAX_BYTES, decode
from geomap.articles.identity import content_id
from geomap.articles.language import detect_language
from geomap.articles.problem import Unreadable


def read_text(data: bytes, source: str, published: date | None) -> Article:
    """Make one article of the bytes of a text file.

    Parameters
    ----------
    data
        The whole file; of a file that is too large, more than `MAX_BYTES` of it.
    source
        What to call it in messages.
    published
        The date of the article, since the text carries none.

    Raises
    ------
    Unreadable
        Empty, binary, not UTF-8 or too large.

    Examples
    --------
    >>> article = read_text(b"The flood reached Derna on Sunday.", "a.txt", None)
    >>> article.language, article.title
    ('en', None)
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(source, f"larger than {MAX_BYTES // 2**20} MB; split it into one article a file")
    text = decode(data, source)
    if not text.strip():
        raise Unreadable(f"{source}:1", "the article is empty; put its text into the file or leave the file out")
    return Article(
        id=content_id(text, None),
        source=source,
        title=None,
        published=published,
        language=detect_language(text),
        text=text,
    )
