"""What can go wrong in the gazetteer.

GazetteerError
├── DataMissingError     the data files were never built          (also FileNotFoundError)
├── DataDamagedError     a data file does not match its checksum  (also ValueError)
├── DataVersionError     built by another version of this package (also ValueError)
└── SourceError          a source of the build is wrong: file, line, cure (also ValueError)
"""


class GazetteerError(Exception):
    """Anything the gazetteer raises on purpose; its message says what is wrong, where, and the cure."""


class DataMissingError(GazetteerError, FileNotFoundError):
    """The data files are not there."""


class DataDamagedError(GazetteerError, ValueError):
    """A data file is not the one that was built."""


class DataVersionError(GazetteerError, ValueError):
    """The data files were built by another version of this package."""


class SourceError(GazetteerError, ValueError):
    """A source of the build is wrong."""
