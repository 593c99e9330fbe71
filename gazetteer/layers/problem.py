"""What is wrong with rows of a file: told by line, with the cure, while the rest is loaded."""

from dataclasses import dataclass, field

_KEPT = 100
"""Problems kept in full; a file with its columns swapped has one a row, and the first ones tell it all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out, or a part of it.

    Attributes
    ----------
    file
        The file's name.
    where
        ``line 7``, or ``feature 3`` in files without lines.
    what
        What is wrong and what to do.
    """

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}, {self.where}: {self.what}"


class RowError(ValueError):
    """A row can't be used; says why and what to do. Caught by the readers, never seen outside."""


@dataclass(slots=True)
class Problems:
    """The problems of one file: the first hundred in full, the others counted.

    Attributes
    ----------
    file
        The file's name, for the messages.
    told
        The first ones.
    count
        How many there are.
    """

    file: str
    told: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, where: str, what: object) -> None:
        """Note a problem."""
        self.count += 1
        if len(self.told) < _KEPT:
            self.told.append(Problem(self.file, where, str(what)))

    def lines(self, most: int = 20) -> list[str]:
        """Give the first ones as lines for a terminal, and how many there are more.

        Examples
        --------
        >>> problems = Problems("x.csv")
        >>> for line in range(2, 5):
        ...     problems.add(f"line {line}", "no name; fill the column name")
        >>> problems.lines(1)
        ['x.csv, line 2: no name; fill the column name', 'x.csv: 2 more rows left out']
        """
        shown = [str(problem) for problem in self.told[:most]]
        more = self.count - len(shown)
        return [*shown, f"{self.file}: {more:,} more rows left out"] if more else shown
