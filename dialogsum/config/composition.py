"""Composing the jobs of a command, and explaining what Hydra could not compose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra._internal.utils import get_args_parser
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException, OverrideParseException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import ConfigurationError, Problem, readable, suggestion
from dialogsum.config.schema import conf_dir
from dialogsum.preflight.checks import check
from dialogsum.strategies.methods import refusal

# Groups of which there may be none, and how that is said.
NONE_OF = {"logger": "for none say logger=[]", "experiment": "for none leave it out"}
COMPOSITION_ERRORS = (HydraException, OmegaConfBaseException)
# Options of Hydra's that come with a package which is not there.
PLUGINS = {
    ("hydra/launcher", "joblib"): "'dialogsum[joblib]'",
    ("hydra/launcher", "submitit_local"): "'dialogsum[submitit]'",
    ("hydra/launcher", "submitit_slurm"): "'dialogsum[submitit]'",
    ("hydra/launcher", "ray"): "hydra-ray-launcher",
    ("hydra/sweeper", "optuna"): "hydra-optuna-sweeper",
}


def compose_jobs(command: DictConfig) -> list[DictConfig]:
    """The configuration of each job of a multirun, as Hydra's basic sweeper will make them.

    Other sweepers choose their jobs on the way: there the command's own configuration stands for
    all of them.
    """
    loader = GlobalHydra.instance().config_loader()
    sweeper = command.hydra.sweeper
    if not sweeper._target_.endswith("BasicSweeper"):
        return [command]
    arguments = [f"{key}={value}" for key, value in (sweeper.params or {}).items()]
    arguments += list(command.hydra.overrides.task)
    overrides = OverridesParser.create(config_loader=loader).parse_overrides(arguments)
    [jobs] = BasicSweeper.split_arguments(overrides, max_batch_size=None)
    if not jobs:
        raise ConfigurationError([Problem("--multirun", "there is no job: a glob fits nothing")])
    return [loader.load_sweep_config(command, list(job)) for job in jobs]


def explain(error: Exception, arguments: list[str], config_name: str) -> ConfigurationError | None:
    """All mistakes of a command line that Hydra refused; it names the first one only.

    None if no override can be blamed and Hydra did not see a mistake either.

    Args:
        error: what was raised; Hydra's own are told as they are if no override can be blamed.
        arguments: the command line without the program.
        config_name: train or evaluate.
    """
    args = get_args_parser().parse_args(arguments)
    folder = Path(args.config_dir).absolute() if args.config_dir else None
    if folder and not folder.is_dir():
        return ConfigurationError([Problem("--config-dir", f"there is no directory {folder}")])
    GlobalHydra.instance().clear()  # in a callback Hydra's own is there; nothing follows
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        problems = list(_blame(args.overrides, config_name, folder, args.multirun))
    if not problems and isinstance(error, COMPOSITION_ERRORS):
        where = getattr(error, "full_key", None) or "command line"
        problems = [Problem(str(where), readable(error))]
    return ConfigurationError(problems) if problems else None


def _blame(
    overrides: list[str], config_name: str, folder: Path | None, multirun: bool
) -> Iterator[Problem]:
    """Add one override after the other and tell of each that does not fit."""
    accepted = [f"hydra.searchpath=[file://{folder}]"] if folder else []
    refused: set[str] = set()
    loader = GlobalHydra.instance().config_loader()  # knows what `glob` stands for
    for text in overrides:
        try:
            [override] = OverridesParser.create(loader).parse_overrides([text])
            values = list(_values(override, text))
        except (OverrideParseException, ValueError) as error:
            yield Problem(text, f"cannot be read as key=value: {_unreadable(text, error)}")
            continue
        key = str(override.key_or_group)
        if not key or key.partition(".")[0] in refused:
            # What stands below a group that could not be chosen cannot be judged.
            if not key:
                yield Problem(text, "cannot be read as key=value: the key is missing")
            continue
        if "." in key and loader.get_group_options(group := key.replace(".", "/")):
            # hydra.launcher=joblib composes, but cannot be built.
            what = f"is a section; an option is chosen with {group}={text.partition('=')[2]}"
            yield Problem(key, what)
            continue
        failed = override.is_sweep_override() and not multirun
        if failed:
            advice = "; add -m for a sweep" if config_name == "train" else ""
            yield Problem(key, f"takes one value{advice}")
        for single in values:
            try:
                compose(config_name, overrides=[*accepted, single], return_hydra_config=True)
            except (*COMPOSITION_ERRORS, ValueError, AssertionError) as error:
                failed = True
                yield _problem(single, error, config_name)
        if failed:
            refused.add(key)
        else:
            accepted += values[:1]
    yield from check(compose(config_name, overrides=accepted)) if config_name == "train" else ()


def _values(override: Override, text: str) -> Iterator[str]:
    """One override for each value; none for an interval, of which a sweeper chooses."""
    if not override.is_sweep_override():
        yield text
    elif override.is_discrete_sweep():
        for value in override.sweep_string_iterator():
            yield f"{override.get_key_element()}={value}"


def _unreadable(text: str, error: Exception) -> str:
    """Why an override cannot be read; of its grammar Hydra says only where it gave up."""
    key, separator, value = text.partition("=")
    if "Lexer" in str(error) and separator:
        return f"put the value in quotes that your shell leaves there: '{key}=\"{value}\"'"
    return readable(error)


def _problem(override: str, error: Exception, config_name: str) -> Problem:
    key, _, value = override.lstrip("+~").partition("=")
    group = key.partition("@")[0]
    loader = GlobalHydra.instance().config_loader()
    options = loader.get_group_options(group)
    if override.startswith("+") and (options or "already at" in str(error)):
        return Problem(key, "is there already; leave out the +")
    if options:
        if override.startswith("~"):
            return Problem(key, "cannot be taken away: every run needs one")
        if value.startswith("[") and group != "logger":
            advice = f"; -m {group}={value.strip('[]')} sweeps" if "," in value else ""
            return Problem(key, f"takes one option, not a list{advice}")
        asked = [name.strip() for name in value.strip("[]").split(",")]
        if unknown := [name for name in asked if name not in options]:
            return Problem(key, _unknown_option(group, unknown[0], options))
    base = compose(config_name, return_hydra_config=True)
    if OmegaConf.select(base, key, throw_on_missing=False) is None and "Could not override" in str(
        error
    ):
        return Problem(key, f"there is no such key{_nearest_key(key, base)}")
    return Problem(key, readable(error))


def _unknown_option(group: str, name: str, options: list[str]) -> str:
    if name in ("", "null"):
        return NONE_OF.get(group, f"needs one of its options: {', '.join(options)}")
    if package := PLUGINS.get((group, name)):
        return f"'{name}' needs another package: pip install {package}"
    if group == "strategy" and (reason := refusal(name)):
        return f"'{name}' is not offered: {reason}"
    return f"there is no option '{name}'{suggestion(name, options) or '; --help lists them'}"


def _nearest_key(key: str, base: DictConfig) -> str:
    """The nearest of the keys beside the one that was meant, or of all sections."""
    parent, _, name = key.rpartition(".")
    section: Any = OmegaConf.select(base, parent) if parent else base
    if isinstance(section, DictConfig):
        return suggestion(name, [str(k) for k in section])
    return suggestion(key, _all_keys(base))


def _all_keys(node: DictConfig, prefix: str = "") -> list[str]:
    keys = []
    for name in map(str, node):
        keys.append(f"{prefix}{name}")
        child = node._get_node(name)
        if isinstance(child, DictConfig) and not child._is_none():
            keys += _all_keys(child, f"{prefix}{name}.")
    return keys
