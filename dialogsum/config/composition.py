"""Composition of a command's jobs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig, flag_override

from dialogsum.common.errors import ConfigurationError, Problem


def compose_jobs(command: DictConfig) -> list[DictConfig]:
    """Return the configuration of each job of a multirun, as Hydra's basic sweeper composes them.

    Other sweepers choose their jobs on the way: there the command's own configuration represents
    all of them.

    Raises:
        ConfigurationError: a glob matches no option, so there is no job.
    """
    loader = GlobalHydra.instance().config_loader()
    sweeper = command.hydra.sweeper
    if not sweeper._target_.endswith("BasicSweeper"):
        return [command]
    arguments = [f"{key}={value}" for key, value in (sweeper.params or {}).items()]
    arguments += list(command.hydra.overrides.task)
    overrides = OverridesParser.create(config_loader=loader).parse_overrides(arguments)
    jobs = list(product(*map(single_overrides, overrides)))
    if not jobs:
        raise ConfigurationError([Problem("--multirun", "no job; a glob matches no option")])
    return [loader.load_sweep_config(command, list(job)) for job in jobs]


def prefer_command_line(command: DictConfig) -> None:
    """Let the command line's values of a key replace those that an experiment sweeps.

    Hydra would compose a job for each combination of both, of which the command line's value wins:
    every job several times.
    """
    params = command.hydra.sweeper.get("params") or {}
    given = OverridesParser.create().parse_overrides(list(command.hydra.overrides.task))
    with flag_override(command, ["readonly", "struct"], False):
        for key in {override.key_or_group for override in given} & set(params):
            del params[key]


def single_overrides(override: Override) -> Iterator[str]:
    """Yield one override per value of a sweep; none for an interval, of which a sweeper chooses."""
    if not override.is_sweep_override():
        assert override.input_line is not None
        yield override.input_line
    elif override.is_discrete_sweep():
        for value in override.sweep_string_iterator():
            yield f"{override.get_key_element()}={value}"
