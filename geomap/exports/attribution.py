"""What every exported file says of the data in it: whose they are, and what its borders do not mean."""

ATTRIBUTION = (
    "Places: GeoNames (https://www.geonames.org, CC BY 4.0), airportsdata (MIT), geomap. "
    "Areas: Natural Earth (public domain). Quotes: their articles."
)
"""Sources and licences; ``gazetteer info`` gives versions."""

BOUNDARIES = (
    "Borders and names are those of the data sources. They express no opinion on the legal status of any territory."
)
