"""`python train.py --help`: written from the comments of `conf/` and the schemas, not by hand."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import OmegaConf

from dialogsum.config.hydra_app import invocation
from dialogsum.config.registration import config_folders
from dialogsum.config.schema import EvaluateConfig, TrainConfig

# Groups in the order in which a newcomer meets them.
GROUPS = {
    "train": (
        *("model", "dataset", "prompt", "strategy", "generation", "hardware", "logger"),
        *("experiment", "batching", "trainer", "optimizer", "schedule"),
    ),
    "evaluate": ("dataset", "prompt", "generation", "hardware"),
}
CHOICE = {
    "train": "* is the default; a list for logger: logger=[wandb]",
    "evaluate": "what is not chosen is as in the run",
}
SCHEMAS = {"train": TrainConfig, "evaluate": EvaluateConfig}
INDENT = 20


def register_help() -> None:
    """Make `${command_help:NAME}` known, which `conf/hydra/help/` uses."""
    OmegaConf.register_new_resolver("command_help", command_help, replace=True)


def command_help(name: str) -> str:
    """Return the help of `train` or `evaluate`, for Hydra's template."""
    lines = [
        *examples(name),
        "",
        f"Groups, chosen with group=option ({CHOICE[name]})",
        *group_lines(name),
        "",
        "Keys, changed with key=value",
        *top_lines(SCHEMAS[name]),
        "",
        "Keys of sections, changed with section.key=value",
        *section_lines(SCHEMAS[name]),
        "",
        f"The configuration that a command would run with:  {invocation(name)} … --cfg job",
        f"Hydra's own options (completion, config folders):  {invocation(name)} --hydra-help",
    ]
    return "\n".join(lines).replace("$", "$$")


def examples(name: str) -> Iterator[str]:
    """Yield the commands at the head of the primary config."""
    text = _source(f"{name}.yaml")
    for line in _comment(text):
        if line.startswith("  "):
            yield line.replace(f"python {name}.py", invocation(name))


def group_lines(name: str) -> Iterator[str]:
    """Yield every option of every group with its purpose."""
    loader = GlobalHydra.instance().config_loader()
    choices = HydraConfig.get().runtime.choices
    for group in GROUPS[name]:
        yield f"  {group}"
        for option in loader.get_group_options(group):
            mark = "*" if choices.get(group) == option else " "
            yield from _wrapped(f"   {mark} {option}", purpose(_source(f"{group}/{option}.yaml")))


def purpose(text: str) -> str:
    """Return the first sentence of a config file's comment, after the command that uses it."""
    words = " ".join(
        line.strip()
        for line in _comment(text)
        if not line.strip().startswith(("python ", "@package"))
    )
    return re.split(r"(?<! al)\.\s+(?=[A-Za-z`])", words, maxsplit=1)[0].rstrip(".")


def top_lines(schema: Any) -> Iterator[str]:
    """Yield the keys of the top level with their purpose."""
    for name, text in key_purposes(schema).items():
        yield from _wrapped(f"  {name}", text)


def section_lines(schema: Any) -> Iterator[str]:
    """Yield the names of each section's keys; those of evaluate.py are the run's."""
    sections = {spec.name: _section(spec) for spec in fields(TrainConfig)}
    for spec in fields(schema):
        if section := sections.get(spec.name):
            yield from _wrapped(f"  {spec.name}", " ".join(_keys(section)))
        elif spec.default_factory is dict:
            yield from _wrapped(f"  {spec.name}", "as in the chosen option's file, and more")


def key_purposes(schema: Any) -> dict[str, str]:
    """Return the purpose of each top-level key, from the schema's docstring."""
    lines = (line.strip().partition(": ") for line in (schema.__doc__ or "").splitlines())
    return {name: text for name, _, text in lines if text}


def _keys(schema: Any, prefix: str = "") -> Iterator[str]:
    for spec in fields(schema):
        section = _section(spec)
        if section:
            yield from _keys(section, f"{prefix}{spec.name}.")
        else:
            yield f"{prefix}{spec.name}"


def _section(spec: Any) -> Any:
    return spec.default_factory if is_dataclass(spec.default_factory) else None


def _wrapped(label: str, text: str) -> list[str]:
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    first = f"{label:<{INDENT}} " if len(label) <= INDENT else f"{label}  "
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=" " * (INDENT + 1)
    ) or [label]


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").removeprefix(" ")


def _source(name: str) -> str:
    """Return the text of a config file, from the first place of the search path that has it."""
    loader = GlobalHydra.instance().config_loader()
    for element in loader.get_search_path().get_path():
        for folder in config_folders(str(element.path)):
            if (folder / name).is_file():
                return (folder / name).read_text(encoding="utf-8")
    return ""
