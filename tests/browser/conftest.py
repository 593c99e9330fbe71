"""A real Chromium without a network; whatever it asks for, prints or throws is written down."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

ARGUMENTS = (
    "--no-sandbox",  # CI runs as root in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no chromium on PATH: install it (Debian: apt install chromium) to run the browser tests"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that was opened, and what it did unasked."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def asked_for(self, own: str) -> list[str]:
        """Give the requests that are neither the page itself nor data."""
        return [url for url in self.requests if url != own and not url.startswith(("data:", "about:", "blob:"))]


@pytest.fixture
def visit(chromium: "Browser", tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open a page from disk: ``visit(html)``. It must ask for nothing and complain of nothing."""
    visits: list[tuple[Visit, str]] = []
    contexts = []

    def open_(html: str, *, ready: bool = True, **options: Any) -> Visit:
        file = tmp_path / f"page-{len(visits)}.html"
        file.write_bytes(html.encode("utf-8"))
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        context.set_offline(True)
        context.set_default_timeout(10_000)
        opened = Visit(context.new_page())
        opened.page.on("request", lambda request: _note(opened, request))
        opened.page.on("console", lambda message: opened.messages.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.messages.append(f"error: {error}"))
        opened.page.on("dialog", lambda dialog: (opened.messages.append("a dialog"), dialog.dismiss()))
        opened.page.goto(file.as_uri())
        if ready:
            opened.page.wait_for_selector("html[data-ready]", state="attached")
        visits.append((opened, file.as_uri()))
        return opened

    yield open_
    try:
        for opened, own in visits:
            assert opened.asked_for(own) == []
            assert opened.messages == []
    finally:
        for context in contexts:
            context.close()


def _note(visit: Visit, request: "Request") -> None:
    visit.requests.append(request.url)
