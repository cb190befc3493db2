"""Checks of `_target_` nodes against real signatures, without calling anything."""

from __future__ import annotations

import importlib.util
import inspect
import logging
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import hydra
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError

from dialogsum.common.errors import Problem, suggestion
from dialogsum.preflight.unknown_keys import did_you_mean

# Packages that a target imports only when it is built -> the extra that installs them.
LAZY = {"pytorch_lightning.loggers.TensorBoardLogger": ("tensorboard", "tensorboard")}


def bind(
    where: str,
    node: Any,
    known: Collection[str] = (),
    given: Collection[str] = (),
    base: tuple[type, str] = (object, ""),
) -> list[Problem]:
    """Return the problems of a `_target_` node that the target's signature shows.

    Args:
        where: dotted path of the node.
        node: plain mapping.
        known: all dotted keys of the configuration, for suggestions.
        given: arguments that the caller adds.
        base: the class that a class must extend, and its name in messages.
    """
    if not isinstance(node, Mapping) or not node.get("_target_"):
        return [Problem(f"{where}._target_", "is missing: the class or function to build it with")]
    name = str(node["_target_"])
    try:
        target = _locate(name)
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        return [Problem(f"{where}._target_", _import_problem(name, error))]
    if not callable(target):
        return [Problem(f"{where}._target_", f"'{name}' is not a class or function")]
    if inspect.isclass(target) and not issubclass(target, base[0]):
        return [Problem(f"{where}._target_", f"'{name}' is not a {base[1]}")]
    module, extra = LAZY.get(name, ("", ""))
    if module and not importlib.util.find_spec(module):
        return [Problem(where, f"needs {module}: pip install 'dialogsum[{extra}]'")]
    arguments = {str(key): value for key, value in node.items() if not str(key).startswith("_")}
    problems = [
        *(
            Problem(f"{where}.{name}", "is set by the run itself")
            for name in arguments
            if name in given
        ),
        *_misfits(where, target, {*arguments, *given}, bool(node.get("_partial_")), known),
        *(Problem(f"{where}.{name}", what) for name, what in wrong_types(target, arguments)),
    ]
    for name, value in arguments.items():
        if isinstance(value, Mapping) and "_target_" in value:
            problems += bind(f"{where}.{name}", value, known)
    return problems


def wrong_types(target: Any, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield `(argument, requirement)` for values that the parameter's annotation does not allow."""
    parameters = _parameters(target)
    for name, value in arguments.items():
        parameter = parameters.get(name)
        if parameter is None or parameter.annotation is parameter.empty:
            continue
        if not _fits(value, parameter.annotation):
            wanted = inspect.formatannotation(parameter.annotation).replace("typing.", "")
            yield name, f"must be {wanted.replace('NoneType', 'null')}, got {value!r}"


def _fits(value: Any, annotation: Any) -> bool:
    """Return whether `annotation` allows a value of a configuration; in doubt it does."""
    if isinstance(value, Mapping):
        return True  # nested nodes are built by Hydra
    try:
        config = ConfigDict(arbitrary_types_allowed=True)
        TypeAdapter(annotation, config=config).validate_python(value)
    except ValidationError as error:
        # The listed strings are often not all: peft lists no `lora_ga`, but takes it.
        literal = any(found["type"] == "literal_error" for found in error.errors())
        return literal and isinstance(value, str)
    except (PydanticUserError, NameError, TypeError):  # no schema for this annotation
        return True
    return True


def _misfits(
    where: str, target: Any, arguments: set[str], partial: bool, known: Collection[str]
) -> Iterator[Problem]:
    """Yield arguments that the target does not have, and required ones that are missing."""
    parameters = _parameters(target)
    label = getattr(target, "__name__", str(target))
    named = {n: p for n, p in parameters.items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
    if not any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        known = {*known, *(f"{where}.{name}" for name in named)} - {
            f"{where}.{name}" for name in arguments - named.keys()
        }
        for name in sorted(arguments - named.keys()):
            hint = did_you_mean(f"{where}.{name}", known)
            yield Problem(f"{where}.{name}", f"not an argument of {label}{hint}")
    required = {n for n, p in named.items() if p.default is p.empty} - arguments
    for name in () if partial else sorted(required):
        yield Problem(f"{where}.{name}", f"is missing: {label} needs it")


def _parameters(target: Any) -> dict[str, inspect.Parameter]:
    """Return a callable's parameters; `**settings` of a class are those of its base classes."""
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
    """Return parameters with evaluated annotations; empty ones where evaluation fails."""
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


def _locate(name: str) -> Any:
    """Return the object of a dotted name, as Hydra will; Hydra's log line would be a duplicate."""
    log = logging.getLogger("hydra.utils")
    log.disabled = True
    try:
        return hydra.utils.get_object(name)
    finally:
        log.disabled = False


def _import_problem(target: str, error: Exception) -> str:
    """Return the first part of a dotted name that does not exist, and the nearest name."""
    cause = error.__cause__ or error
    reason = str(cause).splitlines()[0]
    if isinstance(cause, ModuleNotFoundError) and cause.name:
        parent, _, name = cause.name.rpartition(".")
        reason = f"no module {cause.name}"
        if parent and target.startswith(cause.name):
            public = [n for n in dir(importlib.import_module(parent)) if not n.startswith("_")]
            reason = f"{parent} has no {name}{suggestion(name, public)}"
    return f"'{target}' cannot be imported: {reason}"
