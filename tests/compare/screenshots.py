"""Screenshots of a report for the documentation.

python -m tests.compare.screenshots outputs/demo/report.html docs/images
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.compare.browser import Page, chromium

DESKTOP = {"viewport": {"width": 1280, "height": 720}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
STILL = "document.querySelectorAll('nav, .pager').forEach((e) => e.style.position = 'static')"


def main() -> None:
    """Write report-table, -tradeoff, -reader and -phone as PNG."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        desktop = Page(browser, args.report.resolve(), **DESKTOP)
        desktop.page.screenshot(path=args.folder / "report-table.png")
        desktop.page.evaluate(STILL)
        for anchor in ("tradeoff", "reader"):
            desktop.page.locator(f"#{anchor}").screenshot(path=args.folder / f"report-{anchor}.png")
        desktop.close()
        phone = Page(browser, args.report.resolve(), **PHONE)
        phone.page.evaluate("document.querySelector('#reader').scrollIntoView()")
        phone.page.wait_for_timeout(500)
        phone.page.screenshot(path=args.folder / "report-phone.png")
        phone.close()


if __name__ == "__main__":
    main()
