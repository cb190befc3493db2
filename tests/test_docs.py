"""README.md and docs/: every command shown is run, shortened by the rules below, and links hold.

The fast tier composes and checks the configuration of every command that trains or evaluates and
parses every other one. The slow tier runs the commands of a page from top to bottom, in a scratch
folder with finished runs, against a hub on the loopback interface. docs/extending.md has its own
test, `tests/strategies/test_extending.py`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
import torch
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from safetensors.torch import save_file

from dialogsum import cli
from dialogsum.config.registration import conf_dir, register
from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone
from dialogsum.preflight.checks import check
from tests.bundled import bundled_rows
from tests.conftest import ROOT
from tests.hub import serve

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RUNNABLE = [page for page in PAGES if page.name != "extending.md"]

# Appended to each command that trains, so that a job takes seconds instead of hours.
LIMITS = [
    "dataset.limit.train=12",
    "dataset.limit.validation=4",
    "dataset.limit.test=4",
    "dataset.max_source_tokens=64",
    "evaluation.validation_examples=4",
    "generation.max_new_tokens=4",
    "trainer.max_epochs=1",
    "trainer.enable_progress_bar=false",
    "hardware.precision=32-true",
]
# Appended to each command that evaluates finished runs.
EVALUATION_LIMITS = ["generation.max_new_tokens=4"]
# Appended, after LIMITS, to commands that contain the text: fewer jobs of the same kind.
FEWER_JOBS = {
    "experiment=merge_capable": ["strategy=lora,layer_norm"],
    "experiment=tune_lr": ["strategy=full,lora"],
}
# What stands for a reader's own file or folder -> what the scratch folder holds.
PLACEHOLDERS = {
    "dataset.path=DIR": "dataset.path=dialogues",
    "predictions=FILE": "predictions=predictions.jsonl",
}
# Commands that are parsed, but not run here, by their beginning.
NOT_RUN = {
    "make ": ".ci/run runs them",
    "pip ": "tests/test_wheel.py installs the wheel",
    "eval ": "tests/test_wheel.py completes a command line",
    "docker ": "needs a daemon",
    "git ": "needs the network",
    "wandb ": "needs an account",
    "dialogsum wandb workspace": "needs an account",
    "dialogsum wandb sync": "needs an account",
    "python -m pytest": "the tiers of `make test-all`",
    "python -m tests.": "a simulation of minutes",
    "python -m tools.": "tools/ has its own tests",
    "python tools/": "tools/ has its own tests",
    "python train.py experiment=pretrain_tiny": "takes hours; tools/ has its own tests",
}
# Named paths that begin like this are ours; others are a reader's or a run's.
REPOSITORY_FOLDERS = tuple(
    f"{folder.name}/"
    for parent in (ROOT, ROOT / "dialogsum")
    for folder in parent.iterdir()
    if folder.is_dir() and not folder.name.startswith((".", "__", "outputs"))
)
COMMAND = re.compile(r"^(?:\w+=\S+ )*(?:\.venv/bin/)?(?P<rest>(?:python|dialogsum) [^·]*)$")
OTHER = re.compile(r"^(?:make|pip|docker|git|wandb|eval) ")


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it."""

    page: Path
    text: str

    @property
    def words(self) -> list[str]:
        """Return the words from the program on, without variables, placeholders and comment."""
        match = COMMAND.match(self.text)
        assert match, f"{self.page.name}: {self.text}"
        line = re.sub(r"\s{2,}#.*$", "", match["rest"]).replace(" …", "")
        for placeholder, value in PLACEHOLDERS.items():
            line = line.replace(placeholder, value)
        return shlex.split(line)

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that the command sets for itself, as in `PYTHONPATH=. python …`."""
        pairs = re.match(r"(?:\w+=\S+ )*", self.text)
        assert pairs
        return dict(pair.split("=", 1) for pair in pairs.group().split())

    @property
    def hydra_command(self) -> str | None:
        """Return `train` or `evaluate` if Hydra reads the command line, else None."""
        match = re.match(r"(?:python |dialogsum )(train|evaluate)\b", " ".join(self.words))
        return match[1] if match else None

    @property
    def why_not_run(self) -> str | None:
        line = self.text.removeprefix(".venv/bin/")
        return next((why for start, why in NOT_RUN.items() if line.startswith(start)), None)

    def shortened(self) -> list[str]:
        """Return the words with the limits that make it a matter of seconds."""
        words = self.words
        if self.hydra_command == "train" and "plan=true" not in words:
            words += LIMITS
            for part, overrides in FEWER_JOBS.items():
                words += overrides if part in words else []
        elif self.hydra_command == "evaluate":
            words += EVALUATION_LIMITS
        return words


def blocks(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield language and lines of each fenced or indented block of a page."""
    fence: str | None = None
    lines: list[str] = []
    for line in [*page.read_text(encoding="utf-8").splitlines(), ""]:
        if (mark := re.match(r"^\s*```(\w*)", line)) or (fence is None and not is_code(line)):
            if lines or fence is not None:
                yield fence or "", textwrap.dedent("\n".join(lines)).splitlines()
            lines = []
            if mark:
                fence = mark[1] if fence is None else None
        else:
            lines.append(line)


def is_code(line: str) -> bool:
    return line.startswith("    ") and not line.lstrip().startswith(("- ", "* "))


def commands(page: Path) -> list[Shown]:
    """Return the commands of a page's blocks in order; lines that end in \\ are continued."""
    found = []
    for language, lines in blocks(page):
        if language in ("", "console", "bash", "shell"):
            text = "\n".join(lines).replace("\\\n", " ")
            for line in text.splitlines():
                line = line.removeprefix("$ ")
                if COMMAND.match(line) or OTHER.match(line):
                    found.append(Shown(page, line))
    return found


ALL = [command for page in RUNNABLE for command in commands(page)]


def test_commands_are_found() -> None:
    assert len(ALL) > 20
    assert any("strategy=zero_shot,full,lora" in command.text for command in ALL)


@pytest.mark.parametrize("page", RUNNABLE, ids=lambda page: page.name)
def test_every_command_is_valid(page: Path) -> None:
    """Each setting composes and passes the checks; each sub-command's arguments parse."""
    for command in commands(page):
        if not COMMAND.match(command.text) or "pretrain_tiny" in command.text:
            continue
        if command.hydra_command == "train":
            check_overrides(command)
        elif command.hydra_command is None and command.words[0] == "dialogsum":
            check_arguments(command)


def check_overrides(command: Shown) -> None:
    """Compose the command's first job and the last: of each swept key its first or last value."""
    overrides = [word for word in command.words[2:] if word != "-m"]
    assert not [word for word in overrides if word.startswith("-")], command.text
    GlobalHydra.instance().clear()
    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        for position in (0, -1):
            job = [one_value(override, position) for override in overrides]
            job = [word for word in job if not word.startswith(("hydra/", "hydra."))]
            cfg = compose("train", overrides=job)
            # A reader's own files and classes are not here; the slow tier has them.
            ignored = ("dataset.path", "evaluation.metrics")
            problems = [p for p in check(cfg) if not p.where.startswith(ignored)]
            assert not problems, f"{command.text}: {problems}"


def one_value(override: str, position: int) -> str:
    [parsed] = OverridesParser.create().parse_overrides([override])
    if not parsed.is_sweep_override():
        return override
    return f"{parsed.get_key_element()}={list(parsed.sweep_string_iterator())[position]}"


def check_arguments(command: Shown) -> None:
    """Let argparse read the arguments; `--help` and the like end with 0."""
    errors = StringIO()
    try:
        with redirect_stderr(errors):
            cli.argument_parser(command.words[1:]).parse_args(command.words[1:])
    except SystemExit as stop:
        assert stop.code == 0, f"{command.text}: {errors.getvalue()}"


DOCUMENTS = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http:", "https:")):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path) if path else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_named_files_exist(page: Path) -> None:
    """`data/read.py` is below the package or the root; a placeholder or a user's file is not."""
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:\w+/)+[\w.]*\.(?:py|yaml|toml|lock))`", text):
        if name.startswith(REPOSITORY_FOLDERS):
            assert (ROOT / name).is_file() or (ROOT / "dialogsum" / name).is_file(), name


def test_readme_counts_the_strategies() -> None:
    """Zero-shot, LoRA and full fine-tuning are named, the rest of conf/strategy is counted."""
    count = len(list((conf_dir() / "strategy").glob("*.yaml"))) - 3
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"(\d+)\s+other\s+methods", text) == [str(count)]


@pytest.fixture(scope="module")
def hub_address(tiny_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A hub with the models and data sets that the pages name, all of them tiny."""
    root = tmp_path_factory.mktemp("hub")
    for size in ("small", "base", "large", "xl", "xxl"):
        write_tiny_model(tiny_model_dir, root / "google" / f"flan-t5-{size}")
    for offset, name in enumerate(("dialogsum", "samsum")):
        write_splits(root / "knkarthick" / name, "dialogue", "summary", offset)
    with serve(root) as (address, _):
        yield address


def write_tiny_model(geometry: Path, folder: Path) -> None:
    """Write random weights with an untied head, as FLAN-T5's is."""
    shutil.copytree(geometry, folder)
    model = load_backbone(ModelConfig(name="x", path=str(folder), pretrained=False), seed=1)
    torch.nn.init.normal_(model.lm_head.weight, generator=torch.Generator().manual_seed(2))
    tensors = {name: tensor.detach().contiguous() for name, tensor in model.named_parameters()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def write_splits(folder: Path, dialogue: str, summary: str, offset: int = 0) -> None:
    folder.mkdir(parents=True)
    for split, count in (("train", 16), ("validation", 4), ("test", 4)):
        rows = bundled_rows(split, count + offset)[offset:]
        lines = (
            json.dumps({"id": f"{split}-{n}", dialogue: row["dialogue"], summary: row["summary"]})
            for n, row in enumerate(rows)
        )
        (folder / f"{split}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def finished_runs(hub_address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the finished sweep `outputs/default`, which pages evaluate and compare."""
    folder = tmp_path_factory.mktemp("finished")
    sweep = ["python", "train.py", "-m", "strategy=zero_shot,lora,full", "seed=0,1", *LIMITS]
    done = execute(sweep, folder, hub_address)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def scratch(finished_runs: Path, tmp_path: Path) -> Path:
    """A reader's folder: finished runs, dialogues with custom column names, outputs to score."""
    shutil.copytree(finished_runs, tmp_path, dirs_exist_ok=True)
    for name in ("a", "b"):
        shutil.copytree(finished_runs / "outputs" / "default", tmp_path / "outputs" / name)
    write_splits(tmp_path / "dialogues", "text", "tldr")
    rows = bundled_rows("test", 4)
    for name, key in (("predictions", "dialogue"), ("references", "summary")):
        lines = (json.dumps({"id": row["id"], "summary": row[key]}) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    [run] = (finished_runs / "outputs" / "default").glob("lora-*-seed0-*")
    shutil.copytree(run, tmp_path / "RUN_DIR")
    (tmp_path / "chat.txt").write_text("Anna: Lunch at noon?\nBen: Sure, see you there!\n")
    shutil.copy(tmp_path / "dialogues" / "test.jsonl", tmp_path / "calls.jsonl")
    return tmp_path


def execute(
    words: list[str], folder: Path, hub_address: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder`: `python train.py` is the checkout's, `dialogsum` its package."""
    program, *arguments = words
    command = [sys.executable, *(["-m", "dialogsum"] if program == "dialogsum" else [])]
    if program == "python" and (ROOT / arguments[0]).is_file():
        arguments[0] = str(ROOT / arguments[0])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    paths = (environment.pop("PYTHONPATH", ""), str(ROOT))
    settings = {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "HF_ENDPOINT": hub_address,
        "HF_HOME": str(folder / "hf"),
        "DIALOGSUM_CACHE": str(folder / "cache"),
        "WANDB_MODE": "offline",
    }
    return subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env=inherited | settings | environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNABLE, ids=lambda page: page.name)
def test_every_command_runs(page: Path, scratch: Path, hub_address: str) -> None:
    python = ["\n".join(lines) for language, lines in blocks(page) if language == "python"]
    for block in python:
        if block.startswith("class "):  # the file that the commands of comparing.md name
            (scratch / "my_metrics.py").write_text(block, encoding="utf-8")
    for command in commands(page):
        if command.why_not_run:
            continue
        done = execute(command.shortened(), scratch, hub_address, **command.environment)
        assert done.returncode == 0, f"{command.text}\n{done.stdout}{done.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["python.md", "use.md"])
def test_python_blocks_run_one_after_the_other(
    name: str, scratch: Path, hub_address: str, tmp_path: Path
) -> None:
    page = ROOT / "docs" / name
    python = ["\n".join(lines) for language, lines in blocks(page) if language == "python"]
    (tmp_path / "notebook.py").write_text("\n".join(python), encoding="utf-8")
    done = execute(["python", "notebook.py"], tmp_path, hub_address)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md"])
def test_tables_of_the_demo_are_those_that_it_prints(page: str) -> None:
    """What does not depend on the CPU is equal; scores of trained systems are close."""
    demo = ROOT / "outputs" / "demo"
    if not (demo / "comparison.csv").exists():
        if os.environ.get("DIALOGSUM_REQUIRE_DEMO"):
            pytest.fail("DIALOGSUM_REQUIRE_DEMO is set, but `make demo` has not run")
        pytest.skip("outputs/demo is missing: run `make demo`")
    environment = os.environ | {"COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "dialogsum", "compare", str(demo)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    printed = tables(done.stdout.splitlines())
    shown = [t for _, lines in blocks(ROOT / page) for t in tables(lines)]
    assert len(shown) == 2
    for table, original in zip(shown, printed, strict=True):
        assert set(table) == set(original)
        for system, cells in table.items():
            assert set(cells) == set(original[system])
            for name in set(cells) & {
                "System",
                "Seeds",
                "Trainable",
                "Share",
                "Artifact",
                "Tuning",
            }:
                assert cells[name] == original[system][name]
            for name in [name for name in cells if name.startswith("ROUGE")]:
                tolerance = 0 if system == "lead-3" else 2  # points
                score = float(original[system][name])
                assert float(cells[name]) == pytest.approx(score, abs=tolerance)


def tables(lines: list[str]) -> list[dict[str, dict[str, str]]]:
    """Return system -> column -> cell of each printed table; columns are two spaces apart."""
    found: list[dict[str, dict[str, str]]] = []
    names: list[str] = []
    for line in lines:
        cells = re.split(r"\s{2,}", line.strip())
        if cells[0] == "System":
            names = cells
            found.append({})
        elif len(cells) == len(names) and names:
            found[-1][cells[0]] = dict(zip(names, cells, strict=True))
        elif not line.strip():
            names = []
    return found
