"""gazetteer/build."""
