"""Where the other names of the document lie: in the same country, the same province, nearby."""

from collections.abc import Callable
from math import log1p
from typing import NamedTuple

from gazetteer.company import Company, Spot
from gazetteer.document import Vote

_WORTH_SAYING = 0.5
"""Mass from which the reason is told: a name that is likelier there than not."""


class CompanyPass(NamedTuple):
    """A pass over the company of a name: what it is called, the mass that it finds, and where that lies, in words."""

    feature: str
    mass: Callable[[Spot, Company], float]
    where: Callable[[Spot], str]

    def value(self, spot: Spot, company: Company, own: Company) -> float:
        """Give what the other names weigh for a candidate; 0 where they say nothing."""
        mass = self.mass(spot, company) - self.mass(spot, own)
        return log1p(mass) if mass > 0 else 0.0

    def vote(self, spot: Spot, company: Company, own: Company) -> Vote | None:
        """Vote for a candidate as the other names do."""
        mass = self.mass(spot, company) - self.mass(spot, own)
        if mass <= 0:
            return None
        reason = f"other names of the article lie {self.where(spot)}" if mass >= _WORTH_SAYING else ""
        return Vote(self.feature, log1p(mass), reason)


def _in_country(spot: Spot, company: Company) -> float:
    return company.countries.get(spot.country, 0.0) if spot.country else 0.0


def _in_province(spot: Spot, company: Company) -> float:
    return company.provinces.get(spot.province, 0.0) if spot.province else 0.0


def _nearby(spot: Spot, company: Company) -> float:
    return company.around(spot) if company.cells else 0.0


country = CompanyPass("company_country", _in_country, lambda spot: f"in {spot.country}")
"""Prefer the country in which the other names lie: القائم beside Ramadi and Haditha."""
province = CompanyPass("company_province", _in_province, lambda spot: f"in {spot.province}")
"""Prefer the province in which the other names lie: Columbus beside Omaha is the one in Nebraska."""
nearby = CompanyPass("company_near", _nearby, lambda _: "within 160 km")
"""Prefer what lies near other names: a village between two towns that are certain."""
