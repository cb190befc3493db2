"""Everything that Hydra must know before it composes: schemas, resolvers, installed configs.

A package adds configurations by naming its config folder under the entry-point group
`dialogsum.configs`:

    [project.entry-points."dialogsum.configs"]
    example = "example_package.conf"

Hydra then searches it after `conf/`: `example_package/conf/strategy/mine.yaml` is `strategy=mine`.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from posixpath import normpath

from hydra.core.config_search_path import ConfigSearchPath
from hydra.core.config_store import ConfigStore
from hydra.core.plugins import Plugins
from hydra.plugins.search_path_plugin import SearchPathPlugin
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import UserError
from dialogsum.common.log_noise import ignore_harmless_warnings
from dialogsum.config.run_names import run_name
from dialogsum.config.schema import EvaluateConfig, TrainConfig, structured

ENTRY_POINTS = "dialogsum.configs"
PACKAGE = Path(__file__).resolve().parents[1]


class InstalledConfigs(SearchPathPlugin):
    """Appends the packages under `dialogsum.configs`; `conf/` comes first, no file replaces it."""

    def manipulate_search_path(self, search_path: ConfigSearchPath) -> None:
        for point in entry_points(group=ENTRY_POINTS):
            search_path.append(provider=point.name, path=f"pkg://{point.value}")


@cache  # Hydra 1.4 warns of a schema that is stored again
def register() -> None:
    """Register schemas, resolvers and installed configs with Hydra, once per process."""
    ignore_harmless_warnings()
    ConfigStore.instance().store(name="train_schema", node=structured(TrainConfig))
    ConfigStore.instance().store(name="evaluate_schema", node=structured(EvaluateConfig))
    OmegaConf.register_new_resolver("run_name", _resolve_run_name, replace=True)
    OmegaConf.register_new_resolver("asset", _asset, replace=True)
    OmegaConf.register_new_resolver("option", _option, replace=True)
    OmegaConf.register_new_resolver("rate_times", _rate_times, replace=True)
    Plugins.instance().register(InstalledConfigs)


def conf_dir() -> Path:
    """Return `conf/` of the checkout, or the copy that the wheel carries inside the package.

    The copy first: beside an installed package there may be another's folder of that name.
    """
    return next(d for d in (PACKAGE / "conf", PACKAGE.parent / "conf") if d.is_dir())


def installed_config_folders() -> list[tuple[str, Path]]:
    """Return (origin, folder) of dialogsum's configurations and those of installed plugins.

    Raises:
        UserError: an installed plugin names a package that is not there.
    """
    folders = [("dialogsum", conf_dir())]
    for point in entry_points(group=ENTRY_POINTS):
        found = config_folders(f"pkg://{point.value}")
        if not found:
            what = f"cannot find pkg://{point.value} (from {point.name})"
            raise UserError(f"hydra.searchpath: {what}")
        folders += [(point.name, folder) for folder in found]
    return folders


def config_folders(place: str) -> list[Path]:
    """Return the existing folders of one place of Hydra's search path, `pkg://`, `file://` or bare.

    A place of another scheme has none.
    """
    scheme, _, name = place.rpartition("://")
    if scheme in ("", "file"):
        return [Path(name)] if Path(name).is_dir() else []
    try:
        spec = find_spec(name.replace("/", ".")) if scheme == "pkg" and name else None
    except ModuleNotFoundError:  # the parent of a dotted name
        return []
    return [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []


def _asset(name: str) -> str:
    """Return a directory that comes with the package."""
    return str(PACKAGE / "assets" / name)


def _option(name: str) -> str:
    """Return the option that Hydra reads for `lora.yaml` or `./lora`, as shells complete them."""
    return normpath(name.removesuffix(".yaml"))


def _rate_times(factor: float, *, _root_: DictConfig) -> float | None:
    """Return the strategy's learning rate times `factor`, to three digits, for searches."""
    learning_rate = _root_.strategy.learning_rate
    return None if learning_rate is None else float(f"{learning_rate * factor:.2e}")


def _resolve_run_name(*, _root_: DictConfig) -> str:
    return run_name(_root_)
