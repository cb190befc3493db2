"""Configurations that installed packages and the user's folders add to ours.

A package names a config folder of its own under the entry-point group `dialogsum.configs`:

    [project.entry-points."dialogsum.configs"]
    example = "example_package.conf"

Its files stand beside ours in every group: `example_package/conf/strategy/mine.yaml` is
`strategy=mine`.
"""

from __future__ import annotations

import importlib.util
from importlib.metadata import entry_points
from pathlib import Path

from hydra.core.config_search_path import ConfigSearchPath
from hydra.core.global_hydra import GlobalHydra
from hydra.core.plugins import Plugins
from hydra.plugins.search_path_plugin import SearchPathPlugin
from omegaconf import DictConfig

from dialogsum.common.errors import Problem

GROUP = "dialogsum.configs"


class InstalledConfigs(SearchPathPlugin):
    """Appends the packages under `dialogsum.configs`; ours come first and cannot be replaced."""

    def manipulate_search_path(self, search_path: ConfigSearchPath) -> None:
        for point in entry_points(group=GROUP):
            search_path.append(provider=point.name, path=f"pkg://{point.value}")


def register() -> None:
    """Make the plugin known to Hydra. Idempotent."""
    Plugins.instance().register(InstalledConfigs)


def search_path_problems(command: DictConfig) -> list[Problem]:
    """Folders and packages of the search path that are not there: Hydra only warns of them."""
    path = GlobalHydra.instance().config_loader().get_search_path().get_path()
    places = {str(element.path): f" (from {element.provider})" for element in path}
    places |= {str(place): "" for place in command.hydra.searchpath or ()}
    return [
        Problem("hydra.searchpath", f"there is no {place}{origin}")
        for place, origin in places.items()
        if not _is_there(place)
    ]


def _is_there(path: str) -> bool:
    scheme, _, rest = path.partition("://")
    if scheme == "file":
        return Path(rest).is_dir()
    if scheme != "pkg" or not rest:
        return True
    try:
        return importlib.util.find_spec(rest.replace("/", ".")) is not None
    except ModuleNotFoundError:
        return False
