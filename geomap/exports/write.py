"""Text → file, whole or not at all: a reader never sees half a result, a failed run leaves the old one."""

import errno
import os
import shutil
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from geomap.errors import OutputError

STDOUT = "-"


def write_output(destination: str, content: str) -> None:
    r"""Write a result.

    Parameters
    ----------
    destination
        A file, or ``-`` for standard output. A file is written beside its place and then moved there.
    content
        Text; written as UTF-8 with the line ends that it has.

    Raises
    ------
    OutputError
        It can't be written; the message says why and what to do.

    Examples
    --------
    >>> write_output("-", "one line\n")
    one line
    """
    data = content.encode("utf-8", "replace")
    try:
        if destination == STDOUT:
            _to_stdout(data)
        else:
            _to_file(destination, data)
    except ValueError as error:  # a NUL in the name
        msg = f"{destination!r}: no file can have this name ({error}); choose another"
        raise OutputError(msg) from None
    except OSError as error:
        where = "standard output" if destination == STDOUT else destination or "''"
        msg = f"{where}: {_fault(error, destination)}"
        raise OutputError(msg) from error


def _to_stdout(data: bytes) -> None:
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # replaced by something that takes text only: a notebook, a test
        sys.stdout.write(data.decode())
        return
    try:
        sys.stdout.flush()  # what was printed before comes before
        rest = memoryview(data)  # UTF-8 whatever the terminal's locale says
        while rest:  # unbuffered (`python -u`), one write takes only what the pipe has room for
            rest = rest[binary.write(rest) :]
        binary.flush()
    except BrokenPipeError:
        # What is left in the buffer would fail again, with a traceback, when the interpreter ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _to_file(destination: str, data: bytes) -> None:
    # A link is followed: it stays a link, and what it points at is replaced.
    target = Path(os.path.realpath(destination))
    if target.is_dir() or destination.endswith(os.sep):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), destination)
    old = target.exists()
    if old and not target.is_file():
        target.write_bytes(data)  # a device or a pipe: moving a file onto /dev/null would replace it
        return
    if old and not os.access(target, os.W_OK):
        # Its folder would allow the move; its owner said no.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), destination)
    descriptor, temporary = _temporary(target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if old:
            with suppress(OSError):  # a disk without such rights
                shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _temporary(folder: Path) -> tuple[int, Path]:
    """Open a new file; unlike `tempfile`'s its rights are those that any new file of the user gets."""
    for number in count():
        path = folder / f".geomap-{os.getpid()}-{number}.tmp"
        with suppress(FileExistsError):
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), path
    raise AssertionError  # pragma: no cover -- `count` has no end


def _fault(error: OSError, destination: str) -> str:
    folder = os.path.dirname(destination) or "."  # noqa: PTH120 -- Path would change what the user typed
    faults = {
        errno.ENOENT: f"there is no folder {folder}; make it (mkdir -p {folder}) or choose another place",
        errno.ENOTDIR: f"{folder} is not a folder; choose another place",
        errno.EISDIR: "is a folder; name a file in it",
        errno.EACCES: "no permission to write it; choose another place or change the rights (chmod +w)",
        errno.EPERM: "no permission to write it; choose another place or change the rights (chmod +w)",
        errno.EROFS: "the disk is read-only; choose another place",
        errno.ENOSPC: "the disk is full; free some space or choose another disk",
        errno.EDQUOT: "your disk quota is used up; free some space or choose another disk",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
        errno.EPIPE: "its reader stopped reading; let it read to the end",
    }
    return faults.get(error.errno or 0, f"can't be written ({error.strerror or error}); check the disk")
