"""Holding the arguments of `_target_` nodes against real signatures, without calling anything."""

from __future__ import annotations

import enum
import importlib.util
import inspect
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hydra._internal.utils import _locate

from dialogsum.common.errors import Problem, suggestion

# Packages that a target imports only when it is built -> the extra that brings them.
LAZY = {"pytorch_lightning.loggers.TensorBoardLogger": ("tensorboard", "tensorboard")}


def bind(
    where: str,
    node: Any,
    given: set[str] | frozenset[str] = frozenset(),
    kind: tuple[type, str] = (object, ""),
) -> list[Problem]:
    """What is wrong with a `_target_` node as far as the target's signature tells.

    Args:
        where: dotted path of the node.
        node: plain mapping.
        given: arguments that the caller adds.
        kind: what a class must extend, and how that is called.
    """
    if not isinstance(node, Mapping) or not node.get("_target_"):
        return [Problem(f"{where}._target_", "is missing: the class or function to build it with")]
    try:
        target = _locate(str(node["_target_"]))  # as hydra does, which logs what is told below
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        return [Problem(f"{where}._target_", _import_problem(str(node["_target_"]), error))]
    if not callable(target):
        return [Problem(f"{where}._target_", f"'{node['_target_']}' is no class or function")]
    if inspect.isclass(target) and not issubclass(target, kind[0]):
        return [Problem(f"{where}._target_", f"'{node['_target_']}' is no {kind[1]}")]
    if missing := _missing_package(str(node["_target_"])):
        return [Problem(where, missing)]
    arguments = {str(key): value for key, value in node.items() if not str(key).startswith("_")}
    misfits = [
        *((name, "is set by the run itself") for name in sorted(given & arguments.keys())),
        *_misfits(target, arguments.keys() | given, bool(node.get("_partial_", False))),
        *wrong_types(target, arguments),
    ]
    problems = [Problem(f"{where}.{name}", what) for name, what in misfits]
    for name, value in arguments.items():
        if isinstance(value, Mapping) and "_target_" in value:
            problems += bind(f"{where}.{name}", value)
    return problems


def wrong_types(target: Any, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`(argument, what is wrong)` where a plain value cannot be what the annotation asks for."""
    parameters = _parameters(target)
    for name, value in arguments.items():
        parameter = parameters.get(name)
        if parameter is None or parameter.annotation is parameter.empty:
            continue
        if not fits(value, parameter.annotation):
            wanted = inspect.formatannotation(parameter.annotation).replace("typing.", "")
            yield name, f"must be {wanted.replace('NoneType', 'null')}, is {value!r}"


def fits(value: Any, annotation: Any) -> bool:
    """Whether a value of a configuration can be passed for `annotation`; in doubt it can."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, member) for member in typing.get_args(annotation))
    if origin is typing.Annotated:
        return fits(value, typing.get_args(annotation)[0])
    if origin is typing.Literal:
        # Of strings the listed ones are often not all: peft lists no `lora_ga`, but takes it.
        return value in (members := typing.get_args(annotation)) or (
            isinstance(value, str) and any(isinstance(member, str) for member in members)
        )
    if isinstance(value, Mapping):
        return True  # nested nodes are built by hydra
    kind = origin or annotation
    if annotation is None or kind is type(None):
        return value is None
    if not isinstance(kind, type) or kind is object or issubclass(kind, enum.Enum):
        return True
    if kind.__module__ in ("collections.abc", "typing"):
        return not isinstance(value, bool | int | float)
    if isinstance(value, list | tuple):
        return issubclass(kind, list | tuple | set) and _members_fit(value, annotation)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    # A configuration holds no other objects than plain values and nodes.
    return isinstance(value, kind) or (issubclass(kind, Path) and isinstance(value, str))


def _members_fit(values: Sequence[Any], annotation: Any) -> bool:
    """Whether a list can be passed for a tuple of so many members of their own types."""
    members = typing.get_args(annotation)
    if typing.get_origin(annotation) is not tuple or not members or Ellipsis in members:
        return True
    return len(values) == len(members) and all(map(fits, values, members))


def _misfits(target: Any, arguments: set[str], partial: bool) -> list[tuple[str, str]]:
    parameters = _parameters(target)
    open_ended = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    named = {n: p for n, p in parameters.items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
    label = getattr(target, "__name__", str(target))
    misfits = []
    if not open_ended:
        for name in sorted(arguments - named.keys()):
            misfits.append((name, f"no argument of {label}{suggestion(name, named)}"))
    required = {n for n, p in named.items() if p.default is p.empty} - arguments
    if not partial:
        misfits += [(name, f"is missing: {label} needs it") for name in sorted(required)]
    return misfits


def _parameters(target: Any) -> dict[str, inspect.Parameter]:
    """Parameters of a callable; a class's `**settings` are those of the classes it extends."""
    if not inspect.isclass(target):
        return _signature(target)
    merged: dict[str, inspect.Parameter] = {}
    for cls in target.__mro__:
        if cls is object or "__init__" not in vars(cls):
            continue
        own = _signature(vars(cls)["__init__"])
        own.pop("self", None)
        variadic = [name for name, p in own.items() if p.kind is p.VAR_KEYWORD]
        for name, parameter in own.items():
            if name not in variadic:
                merged.setdefault(name, parameter)
        if not variadic:
            return merged
    return _signature(target)


def _signature(function: Any) -> dict[str, inspect.Parameter]:
    """Parameters with their annotations evaluated; without those that cannot be."""
    names = getattr(function, "__globals__", {})
    return {
        name: parameter.replace(annotation=_evaluated(parameter.annotation, names))
        for name, parameter in inspect.signature(function).parameters.items()
    }


def _evaluated(annotation: Any, names: dict[str, Any]) -> Any:
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, names)  # as `inspect.signature(eval_str=True)` does for all or none
    except (NameError, TypeError, AttributeError, SyntaxError):  # for type checkers alone
        return inspect.Parameter.empty


def _missing_package(target: str) -> str | None:
    module, extra = LAZY.get(target, ("", ""))
    if not module or importlib.util.find_spec(module):
        return None
    return f"needs {module}: pip install 'dialogsum[{extra}]'"


def _import_problem(target: str, error: Exception) -> str:
    """The first part of a dotted name that is not there, and what is near it."""
    reason = str(error.__cause__ or error).splitlines()[0]
    if isinstance(missing := error.__cause__ or error, ModuleNotFoundError) and missing.name:
        parent, _, name = missing.name.rpartition(".")
        reason = f"there is no module {missing.name}"
        if parent and target.startswith(missing.name):
            public = [n for n in dir(importlib.import_module(parent)) if not n.startswith("_")]
            reason = f"{parent} has no {name}{suggestion(name, public)}"
    return f"'{target}' cannot be imported: {reason}"
