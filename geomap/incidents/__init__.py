"""geomap/incidents."""
