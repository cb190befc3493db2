"""report.html: one file that loads nothing, with its data and its plotting library inside."""

from __future__ import annotations

import base64
import gzip
import html
import importlib.util
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from dialogsum import __version__
from dialogsum.common.errors import UserError
from dialogsum.compare.comparison import Comparison
from dialogsum.compare.payload import body, core
from dialogsum.compare.terminal import terminal_text

SCRIPTS = ("base", "marks", "table", "plots", "pairs", "reader", "ratings", "main")


def html_text(comparison: Comparison) -> str:
    """The whole report.

    Large parts are packed (gzip, base64): the page stands before they are unpacked, and no text
    of a dialogue can be taken for markup.

    Raises:
        UserError: the plotting library is not installed.
    """
    content = core(comparison, __version__)
    blocks = {f"body-{i}": _json(body(s)) for i, s in enumerate(comparison.sections)}
    packed = {name: pack(text) for name, text in blocks.items()}
    if comparison.sections:
        packed["plotly"] = packed_plotly()
    title = comparison.sections[0].title if comparison.sections else "no completed run"
    return Template(_asset("report.html")).substitute(
        title=html.escape(f"Comparison · {title}"),
        style=_asset("report.css"),
        plain=html.escape(terminal_text(comparison, width=120)),
        core=_json(content).replace("<", "\\u003c"),
        blocks="\n".join(_block(name, text) for name, text in packed.items()),
        script=_script(),
    )


def pack(text: str) -> str:
    """Text -> base64 of its gzip."""
    return base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode("ascii")


@cache
def packed_plotly() -> str:
    """The script that plotly's Python package carries, packed; plotly itself is not imported."""
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise UserError("report.html needs plotly's script: pip install plotly")
    script = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    return pack(script.read_text(encoding="utf-8"))


def _block(name: str, packed: str) -> str:
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>'


def _script() -> str:
    parts = [_asset(f"{name}.js") for name in SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def _asset(name: str) -> str:
    return files("dialogsum.compare").joinpath("assets", name).read_text(encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
