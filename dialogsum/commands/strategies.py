"""`dialogsum strategies`: every strategy that can be named on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hydra
from hydra._internal.config_repository import ConfigRepository
from hydra._internal.utils import create_config_search_path
from hydra.core.object_type import ObjectType
from omegaconf import OmegaConf

from dialogsum.common.errors import UserError, readable
from dialogsum.config.schema import conf_dir, register

MODELS = ("flan_t5_small", "flan_t5_base")
PLANNED_STEPS = 1000  # rank schedules need a number; the counts do not depend on it


@dataclass(frozen=True)
class Listed:
    """One strategy file.

    Attributes:
        trainable: per model of `MODELS`, as pinned in the file or counted; None: cannot be.
        merge: yes, no, or empty for what trains nothing.
        origin: dialogsum, or the package or folder that adds it.
    """

    name: str
    trainable: tuple[int | None, ...]
    merge: str
    paper: str
    origin: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config-dir", metavar="DIR", help="a folder with a strategy/ of your own")
    parser.add_argument("--names", action="store_true", help="only the names, one per line")


def main(args: argparse.Namespace) -> int:
    folder = Path(args.config_dir).absolute() if args.config_dir else None
    if folder and not folder.is_dir():
        raise UserError(f"--config-dir: there is no directory {folder}")
    repository = open_repository(folder)
    if args.names:
        print(*names(repository), sep="\n")
    else:
        print(table(list(listed(repository))))
    return 0


def open_repository(folder: Path | None = None) -> ConfigRepository:
    """Our configs, those of installed packages, and those of `folder`."""
    register()
    path = create_config_search_path(str(conf_dir()))
    if folder:
        path.append(provider=str(folder), path=f"file://{folder}")
    return ConfigRepository(config_search_path=path)


def names(repository: ConfigRepository) -> list[str]:
    return repository.get_group_options("strategy", ObjectType.CONFIG)


def listed(repository: ConfigRepository) -> Iterator[Listed]:
    """All visible strategies, in the order of their names."""
    for name in names(repository):
        found = repository.load_config(f"strategy/{name}")
        assert found is not None
        node: Any = OmegaConf.to_container(found.config, resolve=False)
        try:
            yield _describe(name, node, found.provider)
        except (hydra.errors.HydraException, AttributeError, ImportError) as error:
            yield Listed(name, (None,) * len(MODELS), "", f"cannot be built: {readable(error)}", "")


def _describe(name: str, node: Mapping[str, Any], provider: str) -> Listed:
    cls: Any = hydra.utils.get_class(node["_target_"])
    declared = cls.declared_capabilities(node)
    merge = ("yes" if declared.merge else "no") if declared.trains else ""
    pinned = node.get("trainable")
    counts = tuple(pinned.get(model) for model in MODELS) if pinned else _count(node)
    origin = "dialogsum" if provider == "main" else provider
    return Listed(name, counts, merge, node.get("paper") or "", origin)


def _count(node: Mapping[str, Any]) -> tuple[int, ...]:
    """Counted on meta tensors, because the file pins no figures; loads torch."""
    from dialogsum.modeling.published import published_backbone

    strategy = hydra.utils.instantiate(node, _recursive_=False)
    return tuple(
        strategy.count(published_backbone(model), PLANNED_STEPS).trainable for model in MODELS
    )


def table(rows: list[Listed]) -> str:
    """The strategies in columns, for a terminal or a pipe."""
    cells: list[tuple[str, ...]] = [("strategy", *MODELS, "merges", "from", "paper")]
    for row in rows:
        counts = (f"{count:,}" if count is not None else "-" for count in row.trainable)
        cells.append((row.name, *counts, row.merge, row.origin, row.paper))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    numbers = range(1, len(MODELS) + 1)
    lines = [
        "  ".join(
            cell.rjust(width) if index in numbers else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join([*lines, f"{len(rows)} strategies; python train.py strategy=NAME"])
