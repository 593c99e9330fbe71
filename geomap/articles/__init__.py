"""Files, folders and standard input → articles; what can't be read becomes a problem and stops nothing."""

from geomap.articles.article import Article
from geomap.articles.problem import Problem
from geomap.articles.read import read_articles

__all__ = ["Article", "Problem", "read_articles"]
