"""The phrases of relative places, one data file a language: "20 km south of X". No Python is needed for a new one.

How a file is written is told in ``en.toml`` and in docs/how-to/relative-places.md.
"""
