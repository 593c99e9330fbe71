"""What the browser tests ask of an open map: which incidents it lists, and the line of one."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from geomap.incident import Incident

_IDS = "() => JSON.parse(document.getElementById('geomap-data').textContent).incidents.id"


def entry(page: Any, incident: "Incident") -> "Locator":
    """Give the button of an incident in the list of a page or frame."""
    ids: list[str] = page.locator("html").evaluate(_IDS)
    found: Locator = page.locator(f"#list [data-incident='{ids.index(incident.id)}']")
    return found


def listed(page: Any) -> set[str]:
    """Give the ids of the incidents whose lines are in the list now."""
    ids: list[str] = page.locator("html").evaluate(_IDS)
    numbers = page.locator("#list [data-incident]").evaluate_all("nodes => nodes.map(n => Number(n.dataset.incident))")
    return {ids[number] for number in numbers}
