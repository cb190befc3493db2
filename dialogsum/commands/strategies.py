"""`dialogsum strategies`: list every strategy that `strategy=NAME` can select."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import hydra
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

from dialogsum.common.errors import UserError, readable
from dialogsum.config.registration import ENTRY_POINTS, conf_dir, register

MODELS = ("flan_t5_small", "flan_t5_base")
PLANNED_STEPS = 1000  # rank schedules need a number; the counts do not depend on it


@dataclass(frozen=True)
class ListedStrategy:
    """A row of the list: one strategy file."""

    name: str
    trainable: tuple[int | None, ...]  # per model of `MODELS`; None if unknown
    merge: str  # "yes", "no", or empty if nothing trains
    paper: str
    origin: str  # "dialogsum", or the package or folder that contains the file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--config-dir", metavar="DIR", help="a folder with your own strategy/")
    parser.add_argument("--names", action="store_true", help="only the names, one per line")


def main(args: argparse.Namespace) -> int:
    """Print the names or the table.

    Raises:
        UserError: the folder of --config-dir does not exist.
    """
    folder = Path(args.config_dir).absolute() if args.config_dir else None
    if folder and not folder.is_dir():
        raise UserError(f"--config-dir: there is no directory {folder}")
    if args.names:
        print(*strategy_files(folder), sep="\n")
    else:
        print(table(list(list_strategies(folder))))
    return 0


def strategy_files(folder: Path | None = None) -> dict[str, tuple[str, Traversable]]:
    """Return name -> (origin, file), sorted by name; of a name that exists twice the first.

    `folder` is searched after dialogsum's own and those of installed packages, in the order of
    Hydra's search path.
    """
    register()
    folders: list[tuple[str, Traversable]] = [("dialogsum", conf_dir())]
    for point in entry_points(group=ENTRY_POINTS):
        try:
            folders.append((point.name, files(point.value)))
        except ModuleNotFoundError as error:
            raise UserError(f"hydra.searchpath: {error} (from {point.name})") from error
    if folder:
        folders.append((str(folder), folder))
    found: dict[str, tuple[str, Traversable]] = {}
    for origin, place in folders:
        if (group := place.joinpath("strategy")).is_dir():
            for file in group.iterdir():
                if file.name.endswith(".yaml"):
                    found.setdefault(file.name.removesuffix(".yaml"), (origin, file))
    return dict(sorted(found.items()))


def list_strategies(folder: Path | None = None) -> Iterator[ListedStrategy]:
    """Yield all visible strategies; one that cannot be built is listed with the reason."""
    errors = (hydra.errors.HydraException, OmegaConfBaseException, YAMLError)
    for name, (origin, file) in strategy_files(folder).items():
        try:
            node: Any = OmegaConf.to_container(OmegaConf.create(file.read_text(encoding="utf-8")))
            yield _describe(name, node, origin)
        except (*errors, AttributeError, ImportError, KeyError) as error:
            reason = f"cannot be built: {readable(error)}"
            yield ListedStrategy(name, (None,) * len(MODELS), "", reason, origin)


def _describe(name: str, node: Mapping[str, Any], origin: str) -> ListedStrategy:
    cls: Any = hydra.utils.get_class(node["_target_"])
    capabilities = cls.declared_capabilities(node)
    merge = ("yes" if capabilities.merge else "no") if capabilities.trains else ""
    expected = node.get("trainable")
    counts = tuple(expected.get(model) for model in MODELS) if expected else _count(node)
    return ListedStrategy(name, counts, merge, node.get("paper") or "", origin)


def _count(node: Mapping[str, Any]) -> tuple[int, ...]:
    """Count trainable parameters on meta tensors, for a file that declares none; loads torch."""
    from dialogsum.modeling.backbone import published_backbone

    strategy = hydra.utils.instantiate(node, _recursive_=False)
    return tuple(
        strategy.count(published_backbone(model), PLANNED_STEPS).trainable for model in MODELS
    )


def table(rows: list[ListedStrategy]) -> str:
    """Return the strategies in columns, for a terminal or a pipe."""
    cells: list[tuple[str, ...]] = [("strategy", *MODELS, "merges", "from", "paper")]
    for row in rows:
        counts = (f"{count:,}" if count is not None else "-" for count in row.trainable)
        cells.append((row.name, *counts, row.merge, row.origin, row.paper))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    alignment = ["<", *(">" for _ in MODELS), "<", "<", "<"]
    template = "  ".join(f"{{:{a}{w}}}" for a, w in zip(alignment, widths, strict=True))
    lines = [template.format(*line).rstrip() for line in cells]
    return "\n".join([*lines, f"{len(rows)} strategies; python train.py strategy=NAME"])
