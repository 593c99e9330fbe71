"""Inputs as a user names them → articles: files, folders, standard input; a bad one never stops the rest."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from geomap.articles.article import Article
from geomap.articles.decode import BOM, MAX_BYTES
from geomap.articles.jsonl import numbered_lines, read_jsonl
from geomap.articles.problem import Problem, Unreadable, shortened
from geomap.articles.text import read_text

STDIN = "-"
SUFFIXES = (".txt", ".jsonl")


def read_articles(inputs: Iterable[str], *, published: date | None = None) -> Iterator[Article | Problem]:
    """Read every article of every input, in the order given, one at a time.

    Parameters
    ----------
    inputs
        ``.txt`` files (one article each), ``.jsonl`` files (one a line), folders of both (with what is below
        them, sorted; hidden and other files are passed over), or ``-`` for standard input: JSONL when its
        first character that is no blank is ``{``, else the text of one article.
    published
        The date of articles that carry none.

    Yields
    ------
    Article or Problem
        A problem stands where an article could not be read. An id that an earlier article has is a problem
        too: evidence that names its article by id must name one. The earlier article is kept.

    Examples
    --------
    >>> for problem in read_articles(["nowhere.txt"]):
    ...     print(problem)
    nowhere.txt: no such file or folder; check the name
    """
    first: dict[str, str] = {}
    names = [inputs] if isinstance(inputs, str) else inputs  # a lone string would be read letter by letter
    for name in names:
        for item in _read(os.fspath(name), published):
            if isinstance(item, Article) and item.id in first:
                yield _again(item, first[item.id])
                continue
            if isinstance(item, Article):
                first[item.id] = item.source
            yield item


def _again(article: Article, earlier: str) -> Problem:
    fault = f'its id "{shortened(article.id)}" is that of {earlier}; give each its own id, or leave one out'
    return Unreadable(article.source, fault).problem


def _read(name: str, published: date | None) -> Iterator[Article | Problem]:
    try:
        if name == STDIN:
            yield from _standard_input(published)
        elif S_ISDIR(mode := _mode(name)):
            yield from _folder(name, published)
        elif not name.lower().endswith(SUFFIXES):
            yield Unreadable(name, "neither .txt nor .jsonl; convert or rename it, or pipe it to -").problem
        elif not S_ISREG(mode):
            yield Unreadable(name, "no regular file; pipe it to - instead").problem
        else:
            yield from _file(name, published)
    except Unreadable as error:
        yield error.problem
    except OSError as error:
        yield _failed(name, error)


def _mode(name: str) -> int:
    try:
        return os.stat(name).st_mode  # noqa: PTH116 -- Path("") is ".": it would read the working folder
    except ValueError as error:  # a NUL in it, or characters that the file system can't have
        raise Unreadable(name, f"no file can have this name ({error}); check the name") from None


def _failed(name: str, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        fault = "no such file or folder; check the name"
    elif isinstance(error, PermissionError):
        fault = "no permission to read it; change its rights (chmod +r) or run as its owner"
    else:
        fault = f"can't be read ({error.strerror or error}); check the disk and the name"
    return Unreadable(name or "''", fault).problem


def _file(name: str, published: date | None) -> Iterator[Article | Problem]:
    with Path(name).open("rb") as stream:
        if name.lower().endswith(".jsonl"):
            yield from read_jsonl(numbered_lines(stream), name, published)
        else:
            yield read_text(stream.read(MAX_BYTES + 1), name, published)


def _folder(name: str, published: date | None) -> Iterator[Article | Problem]:
    unreadable: list[OSError] = []
    found = False
    for folder, below, files in os.walk(name, onerror=unreadable.append):
        # Sorted, so that the order is the same on every file system. Hidden ones are the litter of editors
        # and systems (.git, ._a.txt), never articles. Links to folders are not followed: they may go round.
        below[:] = sorted(entry for entry in below if not entry.startswith("."))
        for file in sorted(files):
            path = Path(folder, file)
            if not file.startswith(".") and file.lower().endswith(SUFFIXES):
                found = True
                yield from _read(str(path), published)
    for error in unreadable:
        yield _failed(error.filename or name, error)
    if not found and not unreadable:
        yield Unreadable(name, "no .txt or .jsonl file in this folder; name one that has articles").problem


def _standard_input(published: date | None) -> Iterator[Article | Problem]:
    stream = sys.stdin.buffer
    begun = bytearray()
    lines = numbered_lines(stream)
    for line in lines:
        bare = (line.data.removeprefix(BOM) if line.offset == 0 else line.data).strip()
        if bare.startswith(b"{"):
            yield from read_jsonl(chain([line], lines), STDIN, published)
            return
        begun += line.data
        if bare or len(begun) > MAX_BYTES:
            break
    begun += stream.read(max(0, MAX_BYTES + 1 - len(begun)))
    yield read_text(bytes(begun), STDIN, published)
