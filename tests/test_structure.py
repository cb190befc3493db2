"""The structure of the package: direction of imports, private interfaces, names and docstrings."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "dialogsum"

# From bottom to top: a room imports only from rooms of the lines before its own, and from itself.
LEVELS = [
    ["common"],
    ["config"],
    ["data"],
    ["strategies"],
    ["modeling"],
    ["evaluation"],
    ["tracking"],
    ["inference"],
    ["compare"],
    ["run"],
    ["preflight"],
    ["sweep", "evaluate_run"],
    ["commands"],
    ["cli"],
    ["__main__"],
]
WITHOUT_TORCH = [
    "dialogsum.config",
    "dialogsum.compare",
    "dialogsum.tracking.record",
]
MAX_ENTRIES = 16
MAX_FILE_LINES = 400
MAX_INTERROGATIVE_PERCENT = 1.0
INTERROGATIVE = {"what", "which", "how", "where", "whether", "why", "who"}

# Every module of `commands` has these two for `cli`; the others are hooks that Hydra looks up.
SHARED_NAMES = {"main", "add_arguments"}
# Documented names of the standard library that begin with an underscore.
PUBLIC_UNDERSCORE = {"_asdict", "_exit", "_fields", "_replace"}
DYNAMIC_ACCESS = {"getattr", "setattr", "hasattr"}
PRIVATE_DOCS = ROOT / "docs" / "architecture.md"


@cache
def sources() -> dict[str, Path]:
    """Return module name -> file of every module of the package."""
    return {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(sources()[module].read_text(encoding="utf-8"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """Return the second part of a module's name: `dialogsum.data.prompt` is in `data`."""
    return module.split(".")[1] if "." in module else ""


def imported(module: str) -> Iterator[str]:
    """Yield the package's modules that `module` imports, inside functions and TYPE_CHECKING too."""
    is_package = sources()[module].name == "__init__.py"
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                depth = len(module.split(".")) + is_package - node.level
                base = ".".join([*module.split(".")[:depth], *([base] if base else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
            targets = [name if name in sources() else base for name in names]
        else:
            continue
        yield from (target for target in targets if target in sources() and target != module)


def test_imports_go_from_top_to_bottom() -> None:
    level = {name: number for number, names in enumerate(LEVELS) for name in names}
    upward = [
        f"{module} imports {target}"
        for module in sources()
        for target in imported(module)
        if room(module) and room(target) and room(module) != room(target)
        if level[room(target)] >= level[room(module)]
    ]
    assert not upward, "\n".join(upward)


def test_every_room_has_a_level() -> None:
    entries = {room(module) for module in sources()} - {"", "assets"}
    assert entries == {name for names in LEVELS for name in names}


def test_modules_do_not_import_each_other() -> None:
    graph = {module: set(imported(module)) for module in sources()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_configuration_records_and_comparison_load_no_torch() -> None:
    modules = [m for m in sources() if any(f"{m}.".startswith(f"{p}.") for p in WITHOUT_TORCH)]
    heavy = ["torch", "transformers", "peft", "pytorch_lightning", "pandas", "datasets"]
    program = f"""
import importlib, sys
for module in {modules}:
    importlib.import_module(module)
    for heavy in {heavy}:
        assert heavy not in sys.modules, f"{{module}} loads {{heavy}}"
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_top_level_stays_small() -> None:
    ignored = {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
    entries = {path.name for path in PACKAGE.iterdir()} - ignored
    assert len(entries) <= MAX_ENTRIES, sorted(entries)


def test_files_stay_short() -> None:
    lines = {path: path.read_text(encoding="utf-8").count("\n") for path in sources().values()}
    long = {str(p.relative_to(ROOT)): n for p, n in lines.items() if n > MAX_FILE_LINES}
    assert not long


def is_private(name: str) -> bool:
    return bool(re.fullmatch(r"_[a-zA-Z]\w*(?<!_)", name)) and name not in PUBLIC_UNDERSCORE


@cache
def own_private_names() -> frozenset[str]:
    """Return the private names that the package defines itself: functions, attributes, modules."""
    names = set()
    for module in sources():
        for node in ast.walk(tree(module)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.add(node.name)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in (leaf for t in targets for leaf in ast.walk(t)):
                    if isinstance(target, ast.Name):
                        names.add(target.id)
                    elif isinstance(target, ast.Attribute) and is_self(target.value):
                        names.add(target.attr)
    return frozenset(name for name in names if is_private(name))


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def foreign_private_names(module: str) -> Iterator[str]:
    """Yield the private names of libraries that a module uses."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if node.attr not in own_private_names():
                yield node.attr
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            base = getattr(node, "module", None) or ""
            if base.startswith("dialogsum"):
                continue
            yield from (f"{base}.{n}".lstrip(".") for n in names if has_private_part(base, n))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in DYNAMIC_ACCESS:
            constants = (a.value for a in node.args[1:2] if isinstance(a, ast.Constant))
            yield from (str(value) for value in constants if is_private(str(value)))


def has_private_part(*dotted: str) -> bool:
    internal = ("wandb.sdk", "wandb.proto")
    whole = ".".join(filter(None, dotted))
    return whole.startswith(internal) or any(map(is_private, whole.split(".")))


def test_private_names_of_libraries_are_documented() -> None:
    """docs/architecture.md lists each with its file and reason, and nothing that is not used."""
    used = {
        (str(path.relative_to(ROOT)), name)
        for module, path in sources().items()
        for name in foreign_private_names(module)
    }
    row = re.compile(r"^\| `(?P<name>[\w.]+)` \| `(?P<file>[\w./]+)` \| \S.* \|$", re.MULTILINE)
    rows = row.finditer(PRIVATE_DOCS.read_text(encoding="utf-8"))
    assert used == {(match["file"], match["name"]) for match in rows}


def docstrings() -> Iterator[tuple[str, str | None]]:
    """Yield name and docstring of every module, class and function."""
    for module in sources():
        yield module, ast.get_docstring(tree(module))
        for node in ast.walk(tree(module)):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{module}.{node.name}", ast.get_docstring(node)


def top_level() -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """Yield module and node of every public class and function that a module defines."""
    for module in sources():
        for node in tree(module).body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name[0] != "_":
                yield module, node


def test_public_names_have_docstrings() -> None:
    missing = [module for module in sources() if not ast.get_docstring(tree(module))]
    missing += [f"{m}.{node.name}" for m, node in top_level() if not ast.get_docstring(node)]
    assert not missing


def test_docstrings_begin_with_a_statement() -> None:
    texts = [(name, text) for name, text in docstrings() if text]
    questions = [
        f"{name}: {text.splitlines()[0]}"
        for name, text in texts
        if text.split()[0].lower().strip(",.:") in INTERROGATIVE
    ]
    assert 100 * len(questions) / len(texts) < MAX_INTERROGATIVE_PERCENT, "\n".join(questions)


def test_public_names_exist_once() -> None:
    places = defaultdict(list)
    for module, node in top_level():
        if node.name not in SHARED_NAMES:
            places[node.name].append(module)
    assert not {name: modules for name, modules in places.items() if len(modules) > 1}
