"""Mistakes of a command line: all overrides that Hydra refuses, and search paths that it skips."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf
from yaml import YAMLError

from dialogsum.common.errors import ConfigurationError, Problem, readable, suggestion
from dialogsum.config.composition import single_overrides
from dialogsum.config.hydra_app import COMPOSITION_ERRORS
from dialogsum.config.registration import conf_dir, config_folders
from dialogsum.preflight.checks import check, without_libraries
from dialogsum.preflight.unknown_keys import TRAINER_KEYS, did_you_mean, known_keys
from dialogsum.strategies.peft_methods import refusal

# Functions of Hydra's grammar; any other text with a parenthesis is a value.
FUNCTION = re.compile(
    r"(choice|range|interval|glob|int|float|str|bool|json_str|sort|shuffle|extend_list|tag)\("
)
# Groups that may be empty -> how to empty them.
EMPTY = {"logger": "for none use logger=[]", "experiment": "for none leave it out"}
# Options of Hydra that come with another package.
PLUGINS = {
    ("hydra/launcher", "joblib"): "'dialogsum[joblib]'",
    ("hydra/launcher", "submitit_local"): "'dialogsum[submitit]'",
    ("hydra/launcher", "submitit_slurm"): "'dialogsum[submitit]'",
    ("hydra/launcher", "ray"): "hydra-ray-launcher",
    ("hydra/sweeper", "optuna"): "hydra-optuna-sweeper",
}


def explain(
    error: Exception, options: list[str], overrides: list[str], config_name: str
) -> ConfigurationError | None:
    """Return all mistakes of a command line that Hydra refused; Hydra names the first one only.

    Returns None if no override can be blamed and Hydra did not see a mistake either: a bug.

    Args:
        error: the exception of Hydra; its own text is reported if no override can be blamed.
        options: the arguments that begin with a dash, and their values.
        overrides: the other arguments.
        config_name: train or evaluate.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--config-dir", "-cd", type=Path)
    parser.add_argument("--multirun", "-m", action="store_true")
    args, _ = parser.parse_known_args(options)
    if args.config_dir and not args.config_dir.is_dir():
        what = f"no directory {args.config_dir.absolute()}"
        return ConfigurationError([Problem("--config-dir", what)])
    if isinstance(error, YAMLError):
        return ConfigurationError([Problem(*broken_file(error))])
    GlobalHydra.instance().clear()  # in a callback Hydra's own is active; nothing follows
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        problems = list(_blame(overrides, config_name, args.config_dir, args.multirun))
    if not problems and isinstance(error, COMPOSITION_ERRORS):
        where = getattr(error, "full_key", None) or "command line"
        problems = [Problem(str(where), readable(error))]
    return ConfigurationError(problems) if problems else None


def search_path_problems(command: DictConfig) -> list[Problem]:
    """Return the missing folders and packages of the search path; Hydra only warns of them."""
    path = GlobalHydra.instance().config_loader().get_search_path().get_path()
    places = {str(element.path): f" (from {element.provider})" for element in path}
    places |= {str(place): "" for place in command.hydra.searchpath or ()}
    return [
        Problem("hydra.searchpath", f"cannot find {place}{origin}")
        for place, origin in places.items()
        if place.startswith(("file://", "pkg://")) and not config_folders(place)
    ]


def _blame(
    overrides: list[str], config_name: str, folder: Path | None, multirun: bool
) -> Iterator[Problem]:
    """Compose with one more override at a time and yield a problem for each that is refused."""
    accepted = [f"hydra.searchpath=[file://{folder.absolute()}]"] if folder else []
    refused: set[str] = set()
    for text in overrides:
        key = text.partition("=")[0].lstrip("+~").partition("@")[0]
        if key.partition(".")[0] in refused:
            continue  # a key below a group that could not be composed
        problems: list[Problem] = []
        try:
            override, singles = _parse(text)
            problems += _misuse(key, text, override, config_name, multirun)
        except (HydraException, ValueError) as error:
            problems, singles = [Problem(key or text, _syntax(text, error))], []
        for single in singles:
            try:
                compose(config_name, overrides=[*accepted, single], return_hydra_config=True)
            except (*COMPOSITION_ERRORS, YAMLError, ValueError, AssertionError) as error:
                base = compose(config_name, overrides=accepted, return_hydra_config=True)
                problems.append(Problem(*_reason(single, error, base)))
        yield from problems
        if problems:
            refused.add(key)
        else:
            accepted += singles[:1]
    if config_name == "train":
        # What is missing in a section may be what was refused: only the rest of it is judged.
        sections = {re.split(r"[./]", key)[0] for key in refused}
        given = {text.partition("=")[0].lstrip("+~") for text in accepted}
        quick = bool(refused) and not folder and without_libraries(overrides)
        for problem in check(compose(config_name, overrides=accepted), quick, bool(refused)):
            if problem.where.partition(".")[0] not in sections or problem.where in given:
                yield problem


def _parse(text: str) -> tuple[Override, list[str]]:
    """Return an override and one text per value; raises ValueError for a missing key."""
    loader = GlobalHydra.instance().config_loader()  # expands `glob`
    [override] = OverridesParser.create(loader).parse_overrides([text])
    if not override.key_or_group:
        raise ValueError("the key is missing")
    return override, list(single_overrides(override))


def _syntax(text: str, error: Exception) -> str:
    """Return the reason why an override cannot be parsed, with the quotes that would help."""
    key, separator, value = text.partition("=")
    if not separator or not key:
        return f"cannot be read as key=value: {readable(error)}"
    if FUNCTION.match(value):
        return f"cannot be read: {readable(error)}"
    if value.startswith(("[", "{")):
        return f"cannot be read as a list or mapping; for a text write {quoted(key, value)}"
    return f"the value has characters of Hydra's grammar; write {quoted(key, value)}"


def quoted(key: str, value: str) -> str:
    """Return an override whose value is one text, as it is typed in a shell."""
    mark = "'" if '"' in value and "'" not in value else '"'
    # Backslashes count before a quote only.
    escaped = re.sub(rf"(\\*)({mark}|$)", lambda m: m[1] * 2 + (f"\\{mark}" if m[2] else ""), value)
    return shlex.quote(f"{key}={mark}{escaped}{mark}")


def _misuse(
    key: str, text: str, override: Override, config_name: str, multirun: bool
) -> Iterator[Problem]:
    """Yield the mistakes that Hydra would compose without complaint."""
    loader = GlobalHydra.instance().config_loader()
    if "." in key and loader.get_group_options(group := key.replace(".", "/")):
        # hydra.launcher=joblib composes, but cannot be instantiated.
        value = text.partition("=")[2]
        yield Problem(key, f"is a section; choose an option with {group}={value}")
    if override.is_sweep_override() and not multirun:
        value = text.partition("=")[2]
        is_text = override.is_choice_sweep() and not FUNCTION.match(value)
        advice = ["add -m for a sweep"] if config_name == "train" else []
        advice += [f"for one text with commas write {quoted(key, value)}"] if is_text else []
        yield Problem(key, "takes one value" + "".join(f"; {part}" for part in advice))


def _reason(override: str, error: Exception, base: DictConfig) -> tuple[str, str]:
    """Return the key of a refused override and what is wrong with it.

    Args:
        base: the configuration without this override.
    """
    if isinstance(error, YAMLError):
        return broken_file(error)
    key, _, value = override.lstrip("+~").partition("=")
    group = key.partition("@")[0]
    options = GlobalHydra.instance().config_loader().get_group_options(group)
    if override.startswith("+") and (options or "already at" in str(error)):
        return key, "exists already; leave out the +"
    if options and override.startswith("~"):
        return key, "cannot be removed: every run needs one"
    if options and value.startswith("[") and group != "logger":
        advice = f"; -m {group}={value.strip('[]')} sweeps" if "," in value else ""
        return key, f"takes one option, not a list{advice}"
    for name in (name.strip() for name in value.strip("[]").split(",")):
        if options and name not in options:
            return key, _unknown_option(group, name, options)
    if OmegaConf.select(base, key, throw_on_missing=False) is None and "Could not override" in str(
        error
    ):
        known = {*known_keys(base), *(TRAINER_KEYS if "trainer" in base else ())}
        return key, f"unknown key{did_you_mean(key, known)}"
    return key, readable(error)


def broken_file(error: YAMLError) -> tuple[str, str]:
    """Return the place of a mistake in a YAML file, and what it is."""
    mark = getattr(error, "problem_mark", None)
    where = f"{mark.name}:{mark.line + 1}" if mark else "a configuration file"
    return where, f"not valid YAML: {getattr(error, 'problem', None) or readable(error)}"


def _unknown_option(group: str, name: str, options: list[str]) -> str:
    if name in ("", "null"):
        return EMPTY.get(group, f"needs one of its options: {', '.join(options)}")
    if package := PLUGINS.get((group, name)):
        return f"'{name}' needs another package: pip install {package}"
    if group == "strategy" and (reason := refusal(name)):
        return f"'{name}' is not offered: {reason}"
    return f"unknown option '{name}'{suggestion(name, options) or '; --help lists them'}"
