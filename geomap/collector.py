"""The garbage collector of a run over many articles, told that what is kept is kept on purpose."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 100_000
"""Objects made between two looks at the young ones. The names and words that a run remembers are looked through again
and again with Python's 700: that was an eighth of the time of 300 articles."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the collector pass over what exists now, and look rarely at what is made while articles are read.

    For a command or a benchmark: it holds for the whole process until it ends.

    Examples
    --------
    >>> with rare_collections():
    ...     gc.get_threshold()[0]
    100000
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
