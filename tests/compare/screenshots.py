"""Pictures of a report for the documentation.

python -m tests.compare.screenshots outputs/demo/report.html docs/images
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tests.compare.browser import Page, chromium

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}


def main() -> None:
    """Write report-table, -tradeoff, -pairs, -reader, -dark and -phone as PNG."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        desktop = Page(browser, args.report.resolve(), **DESKTOP)
        desktop.page.screenshot(path=args.folder / "report-table.png")
        for name, anchor in (("tradeoff", "tradeoff"), ("pairs", "pairs"), ("reader", "reader")):
            _section(desktop, anchor, args.folder / f"report-{name}.png")
        desktop.close()
        dark = Page(browser, args.report.resolve(), color_scheme="dark", **DESKTOP)
        dark.page.screenshot(path=args.folder / "report-dark.png")
        dark.close()
        phone = Page(browser, args.report.resolve(), **PHONE)
        phone.page.screenshot(path=args.folder / "report-phone.png")
        phone.close()


def _section(opened: Page, anchor: str, path: Path) -> None:
    page: Any = opened.page
    page.evaluate(
        "document.querySelectorAll('.bar, .pager').forEach(e => e.style.position = 'static')"
    )
    page.locator(f"#{anchor}").screenshot(path=path)


if __name__ == "__main__":
    main()
