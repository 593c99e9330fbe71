"""What a reader says of an input that it could not read: one line with the place, the fault and the cure."""

from dataclasses import dataclass

from geomap.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Problem:
    """One input, or one line of it, that gave no article.

    Attributes
    ----------
    source
        Where: ``news.txt:3``, ``news.jsonl:12``, ``-:2``, a folder; always printable.
    message
        What is wrong and the cure, one line.

    Examples
    --------
    >>> str(Problem("news.jsonl:12", "the article is empty; give it a text"))
    'news.jsonl:12: the article is empty; give it a text'
    """

    source: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


class Unreadable(ArticleError):  # noqa: N818 -- it never leaves the readers: `read_articles` gives its problem
    """An input that gives no article, inside the readers."""

    def __init__(self, source: str, message: str) -> None:
        self.problem = Problem(printable(source), printable(message))
        super().__init__(str(self.problem))


def printable(words: str) -> str:
    r"""Make a file name or an id safe to print on one line of a terminal.

    Line breaks would split the message, control characters steer the terminal, and a file name that is no
    valid UTF-8 (lone surrogates) can't be printed at all.

    Examples
    --------
    >>> printable("news/أخبار.txt"), printable("a\nb\x1b[31m")
    ('news/أخبار.txt', 'a\\nb\\x1b[31m')
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in words)


def shortened(words: str, limit: int = 60) -> str:
    """Cut something quoted in a message: an id may be of any length.

    Examples
    --------
    >>> shortened("yesterday evening", 12)
    'yesterday e…'
    """
    return words if len(words) <= limit else words[: limit - 1] + "…"
