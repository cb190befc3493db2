"""A headless Chromium of the system, driven by playwright, that watches for errors and requests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
REQUIRE = "DIALOGSUM_REQUIRE_BROWSER"  # set: a missing browser fails instead of skipping
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; skips where there is none or playwright is missing."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        reason = "needs a chromium and playwright"
        pytest.fail(reason) if os.environ.get(REQUIRE) else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class Page:
    """An opened report.

    Attributes:
        page: playwright's page.
        problems: console errors and uncaught exceptions.
        requests: addresses asked for, the report itself first.
    """

    def __init__(self, browser: Any, path: Path, wait: str = "plots", **context: Any) -> None:
        options = {"viewport": {"width": 1400, "height": 900}, "accept_downloads": True} | context
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        if wait:
            self.page.wait_for_selector(f"html[data-ready={wait}]", timeout=60_000)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def texts(self, selector: str) -> list[str]:
        """The visible text of each match."""
        found: list[str] = self.page.locator(selector).all_inner_texts()
        return [text.strip() for text in found]

    def choose(self, selector: str, value: str) -> None:
        """Choose an option by its value or label."""
        self.page.select_option(selector, value)

    def names(self) -> list[str]:
        """The systems of the table, in order."""
        return self.texts("#table .name")

    def close(self) -> None:
        self.context.close()
