"""Your own gazetteers, laid over the built-in one: CSV, GeoJSON, a GeoNames dump, Linked Places, or a compiled folder.

    file → rows (one reader a format) → compile → the same files as the built-in gazetteer → open

There is one kind of layer at run time: a folder of built files. `open_layer` compiles a file into a temporary folder;
``gazetteer build`` compiles it once into one that stays. docs/decisions/0004 tells why.
"""

from gazetteer.layers.compile import build_layer
from gazetteer.layers.layer import Layer, open_layer
from gazetteer.layers.problem import Problem, Problems

__all__ = ["Layer", "Problem", "Problems", "build_layer", "open_layer"]
