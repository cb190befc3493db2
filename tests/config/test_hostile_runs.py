"""Run directories of somebody else that try to execute code: none may, through any command."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
import yaml
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from dialogsum import cli
from dialogsum.common.errors import UserError
from dialogsum.config.registration import conf_dir
from dialogsum.evaluate_run import run_evaluation
from dialogsum.preflight.evaluation_jobs import check_evaluations, evaluation_jobs
from tests.conftest import ROOT, Command

# In values below CANARY is the file that executed code creates, DIR a folder with hostile files
# and with `canary_module.py`, which is importable.
TOUCH = "touch CANARY"
PYTHON = "__import__('pathlib').Path('CANARY').touch()"
SYSTEM = {"_target_": "os.system", "_args_": [TOUCH]}


def call(target: str, *args: Any, **arguments: Any) -> dict[str, Any]:
    """Return a node that calls `target`."""
    return {"_target_": target, **({"_args_": list(args)} if args else {}), **arguments}


CALLS = {
    "shell": SYSTEM,
    "shell of posix": call("posix.system", TOUCH),
    "popen": call("os.popen", TOUCH),
    "subprocess.run": call("subprocess.run", ["touch", "CANARY"]),
    "subprocess.Popen": call("subprocess.Popen", ["touch", "CANARY"]),
    "subprocess.check_output": call("subprocess.check_output", ["touch", "CANARY"]),
    "subprocess.getoutput": call("subprocess.getoutput", TOUCH),
    "spawn": call("os.spawnlp", 0, "touch", "touch", "CANARY"),
    "pty": call("pty.spawn", ["touch", "CANARY"]),
    "setuptools": call("setuptools._distutils.spawn.spawn", cmd=["touch", "CANARY"]),
    "collect_env": call("torch.utils.collect_env.run", command=TOUCH),
    "a name that wandb imports": call("wandb.util.subprocess.run", ["touch", "CANARY"]),
    "eval": call("builtins.eval", PYTHON),
    "exec": call("builtins.exec", PYTHON),
    "timeit": call("timeit.timeit", stmt=PYTHON, number=1),
    "profile": call("cProfile.run", statement=PYTHON),
    "runpy": call("runpy.run_path", "DIR/canary_module.py"),
    "import_module": call("importlib.import_module", name="canary_module"),
    "a module that is only imported": call("canary_module.Strategy", name="lora"),
    "hydra.utils.call": call("hydra.utils.call", SYSTEM),
    "hydra.utils.instantiate": call("hydra.utils.instantiate", SYSTEM),
    "hydra.utils.get_method": call("hydra.utils.get_method", "canary_module.touch"),
    "hydra.utils.get_object": call("hydra.utils.get_object", "canary_module.touch"),
    "hydra.utils.get_class": call("hydra.utils.get_class", "canary_module.Strategy"),
    "hydra's own locate": call("hydra._internal.utils._locate", path="canary_module.touch"),
    "pydoc.locate": call("pydoc.locate", path="canary_module.touch"),
    "pkgutil": call("pkgutil.resolve_name", name="canary_module:touch"),
    "functools.partial": call("functools.partial", {"_target_": "os.system"}, TOUCH),
    "a partial": {**SYSTEM, "_partial_": True},
    "logging.config": call("logging.config.dictConfig", {"version": 1, "handlers": {"a": {
        "()": "canary_module.touch"}}, "root": {"handlers": ["a"]}}),
    "joblib": call("joblib.load", filename="DIR/pickled"),
    "torch.load": call("torch.load", f="DIR/pickled", weights_only=False),
    "pandas": call("pandas.read_pickle", filepath_or_buffer="DIR/pickled"),
    "numpy": call("numpy.load", file="DIR/pickled", allow_pickle=True),
    "pickle": call("pickle.load", call("builtins.open", "DIR/pickled", "rb")),
    "yaml": call("yaml.unsafe_load", stream=f"!!python/object/apply:os.system ['{TOUCH}']"),
    "torch.hub": call(
        "torch.hub.load", repo_or_dir="DIR", model="touch", source="local", trust_repo=True),
    "AutoConfig": call(
        "transformers.AutoConfig.from_pretrained",
        pretrained_model_name_or_path="DIR/model", trust_remote_code=True
    ),
    "AutoTokenizer": call(
        "transformers.AutoTokenizer.from_pretrained",
        pretrained_model_name_or_path="DIR/model", trust_remote_code=True
    ),
    "AutoModel": call(
        "transformers.AutoModelForSeq2SeqLM.from_pretrained",
        pretrained_model_name_or_path="DIR/model", trust_remote_code=True
    ),
    "writing a file": call("pathlib.Path.touch", call("pathlib.Path", "CANARY")),
    "copying a file": call("shutil.copy", src="DIR/pickled", dst="CANARY"),
    "a path below a known class": call("dialogsum.strategies.peft.hydra.utils.call", SYSTEM),
    "a name that a known module imports": call("peft.config.os.system", TOUCH),
    "a loader of peft": call("peft.AutoPeftModelForSeq2SeqLM.from_pretrained", "DIR/model"),
}  # fmt: skip
PLACES = {
    "the strategy": lambda node: {"strategy": node},
    "an argument of the strategy": lambda node: {"strategy.capabilities": node},
    "the strategy, built recursively": lambda node: {
        "strategy.capabilities": node, "strategy._recursive_": True},
    "the adapter": lambda node: {"strategy.peft": node},
    "an argument of the adapter": lambda node: {"strategy.peft.target_modules": [node]},
    "a config inside the adapter's": lambda node: {"strategy.peft.eva_config": node},
    "the optimizer": lambda node: {"optimizer": node | {"_partial_": True}},
    "an argument of the optimizer": lambda node: {"optimizer.betas": [node, 0.9]},
    "the schedule": lambda node: {"schedule": node | {"_partial_": True}},
    "a metric": lambda node: {"evaluation.metrics": {"mine": node}},
    "a callback": lambda node: {"trainer.callbacks": [node]},
    "the profiler": lambda node: {"trainer.profiler": node},
    "a logger": lambda node: {"logger": {"mine": node}},
    "the prompt": lambda node: {"prompt.template": node},
    "the columns": lambda node: {"dataset.columns.summary": node},
    "tokens_per_batch": lambda node: {"batching.tokens_per_batch": node},
    "a new section": lambda node: {"mine": node},
    "Hydra's callbacks": lambda node: {"hydra": {"callbacks": {"mine": node}}},
    "Hydra's launcher": lambda node: {"hydra": {"launcher": node}},
}  # fmt: skip
CASES = {
    **{f"{name} as the strategy": {"strategy": node} for name, node in CALLS.items()},
    **{f"{name} as a metric": {"evaluation.metrics": {"m": node}} for name, node in CALLS.items()},
    **{f"shell in {name}": place(SYSTEM) for name, place in PLACES.items()},
    **{
        f"an import in {name}": place(CALLS["a module that is only imported"])
        for name, place in PLACES.items()
    },
    "a model with code": {"model.path": "DIR/model"},
    "code through quantization": {"strategy.peft.tokenizer_kwargs": {"trust_remote_code": True}},
    "megatron": {
        "strategy.peft.megatron_config": {"a": 1}, "strategy.peft.megatron_core": "canary_module"},
    "resolvers": {"prompt.template": "${oc.env:CANARY_SECRET} {dialogue}"},
    "nested resolvers": {"strategy._target_": "${oc.decode:'canary_module.touch'}"},
}  # fmt: skip


class Touch:
    """Creates the canary when it is unpickled."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.canary}",)


@pytest.fixture(scope="module")
def finished(
    run_command: Command,
    tiny_run_in: Callable[[Path], list[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of a finished run with an adapter and one of full fine-tuning."""
    root = tmp_path_factory.mktemp("hostile")
    options = ("strategy=lora,full", "trainer.max_epochs=1", "dataset.limit.train=8")
    done = run_command("train.py", "-m", *tiny_run_in(root), *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "default"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with files that create `tmp_path / "canary"` when they are executed."""
    folder, canary = tmp_path / "hostile", tmp_path / "canary"
    (folder / "model").mkdir(parents=True)
    code = (
        f"import os\nos.system('touch {canary}')\ndef touch(*_, **__): ...\nclass Strategy: ...\n"
    )
    for name in ("canary_module.py", "hubconf.py", "model/code.py"):
        (folder / name).write_text(code)
    (folder / "pickled").write_bytes(pickle.dumps(Touch(canary)))
    classes = {"AutoConfig": "code.C", "AutoModelForSeq2SeqLM": "code.C", "AutoTokenizer": "code.C"}
    config = {"model_type": "unheard_of", "auto_map": classes, "is_encoder_decoder": True}
    (folder / "model" / "config.json").write_text(json.dumps(config))
    (folder / "model" / "tokenizer_config.json").write_text(json.dumps({"auto_map": classes}))
    (folder / "model" / "tokenizer.json").write_text("{}")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("CANARY_SECRET", "do-not-tell")
    monkeypatch.setenv("HF_MODULES_CACHE", str(tmp_path / "modules"))
    yield folder
    sys.modules.pop("canary_module", None)


def copy_of(run: Path, tmp_path: Path, changes: dict[str, Any] | None = None) -> Path:
    """Copy a run directory and change its config.yaml; dotted path -> value."""
    copied = tmp_path / "run"
    shutil.copytree(run, copied)
    record = json.loads((copied / "result.json").read_text())
    del record["files"], record["sha256"]  # as its author could write it: without checksums
    (copied / "result.json").write_text(json.dumps(record))
    config = yaml.safe_load((copied / "config.yaml").read_text())
    for where, value in (changes or {}).items():
        *sections, last = where.split(".")
        node = config
        for section in sections:
            node = node[section]
        node[last] = value
    text = json.dumps(config).replace("CANARY_SECRET", "SECRET_CANARY")
    text = text.replace("CANARY", str(tmp_path / "canary")).replace(
        "DIR", str(tmp_path / "hostile")
    )
    text = text.replace(f"SECRET_{tmp_path / 'canary'}", "CANARY_SECRET")
    (copied / "config.yaml").write_text(yaml.safe_dump(json.loads(text)))
    return copied


def evaluate(run: Path, *overrides: str) -> None:
    """Do what evaluate.py does, in this process."""
    arguments = [f"run={run}", f"cache_dir={run.parent / 'cache'}", *overrides]
    GlobalHydra.instance().clear()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        command = compose("evaluate", overrides=arguments, return_hydra_config=True)
        check_evaluations(command)
    for job in evaluation_jobs(command):
        run_evaluation(job)


def weights(run: Path) -> None:
    """Do what `dialogsum weights` does, in this process; its bugs are exceptions here."""
    code = cli.main(["weights", str(run), "--no-plots", "--no-wandb"])
    if code == 2:
        raise UserError("as printed")


COMMANDS = {"evaluate": evaluate, "weights": weights}


def run_of(finished: Path, strategy: str) -> Path:
    [run] = (path for path in finished.glob(f"{strategy}-*") if path.is_dir())
    return run


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("case", CASES)
def test_a_recorded_configuration_executes_nothing(
    finished: Path, hostile: Path, tmp_path: Path, case: str, command: str
) -> None:
    run = copy_of(run_of(finished, "lora"), tmp_path, CASES[case])
    try:
        COMMANDS[command](run)
    except UserError:
        pass
    else:  # what is outside of a command's interest may be there
        assert case.endswith(("logger", "resolvers", "columns", "tokens_per_batch")) or (
            command == "weights"
        )
    assert not (tmp_path / "canary").exists()
    assert "canary_module" not in sys.modules
    assert not any("do-not-tell" in file.read_text() for file in run.rglob("*.yaml"))


def replace_weights(run: Path, hostile: Path) -> None:
    """Put pickles in the place of safetensors, under every name that a library looks for."""
    for file in (run / "model").glob("*.safetensors"):
        file.unlink()
    for name in ("adapter_model.bin", "pytorch_model.bin"):
        shutil.copy(hostile / "pickled", run / "model" / name)


def python_tags(run: Path, hostile: Path) -> None:
    text = f"mine: !!python/object/apply:os.system ['touch {run.parent / 'canary'}']\n"
    (run / "config.yaml").write_text((run / "config.yaml").read_text() + text)


def adapter_arguments(run: Path, hostile: Path) -> None:
    """Let adapter_config.json name modules and remote code."""
    path = run / "model" / "adapter_config.json"
    changes = {
        "megatron_config": {"a": 1},
        "megatron_core": "canary_module",
        "auto_mapping": {"parent_library": "canary_module", "base_model_class": "touch"},
    }
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def prompt_from_remote_code(run: Path, hostile: Path) -> None:
    config = {
        "peft_type": "PROMPT_TUNING",
        "task_type": "SEQ_2_SEQ_LM",
        "num_virtual_tokens": 4,
        "prompt_tuning_init": "TEXT",
        "prompt_tuning_init_text": "hi",
        "tokenizer_name_or_path": str(hostile / "model"),
        "tokenizer_kwargs": {"trust_remote_code": True},
    }
    (run / "model" / "adapter_config.json").write_text(json.dumps(config))


def code_beside_the_weights(run: Path, hostile: Path) -> None:
    shutil.copytree(hostile / "model", run / "model", dirs_exist_ok=True)


FILES = {
    python_tags: ("lora", "full"),
    replace_weights: ("lora", "full"),
    adapter_arguments: ("lora",),
    prompt_from_remote_code: ("lora",),
    code_beside_the_weights: ("lora", "full"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("change", "strategy"), [(change, name) for change, names in FILES.items() for name in names]
)
def test_files_beside_the_configuration_execute_nothing(
    finished: Path, hostile: Path, tmp_path: Path, change: Any, strategy: str, command: str
) -> None:
    run = copy_of(run_of(finished, strategy), tmp_path)
    change(run, hostile)
    with contextlib.suppress(Exception):  # what they say of damaged files is tested elsewhere
        COMMANDS[command](run)
    assert not (tmp_path / "canary").exists()
    assert "canary_module" not in sys.modules


@pytest.mark.parametrize("name", ["last.ckpt", "best.ckpt"])
def test_checkpoints_execute_nothing(
    finished: Path, hostile: Path, tmp_path: Path, tiny_run: list[str], run_command: Command,
    name: str,
) -> None:  # fmt: skip
    """The command of a run that somebody else has begun."""
    old = run_of(finished, "lora")
    run = tmp_path / "default" / old.name
    shutil.copytree(old, run)
    (run / "result.json").unlink()
    (run / "checkpoints").mkdir(exist_ok=True)
    torch.save({"global_step": Touch(tmp_path / "canary")}, run / "checkpoints" / name)
    options = ("trainer.max_epochs=1", "dataset.limit.train=8")
    run_command("train.py", *tiny_run, *options)
    assert not (tmp_path / "canary").exists()
    assert [path.name for path in (tmp_path / "default").glob("lora-*")] == [old.name]


def test_what_would_run_is_named_and_can_be_allowed(
    finished: Path, hostile: Path, tmp_path: Path, run_command: Command
) -> None:
    node = call("canary_module.Words")
    (hostile / "canary_module.py").write_text(
        "from pathlib import Path\n"
        f"Path({str(tmp_path / 'canary')!r}).touch()\n\n\n"
        "class Words:\n"
        "    higher_is_better = True\n\n"
        "    def __call__(self, examples):\n"
        "        return [float(len(example.prediction.split())) for example in examples]\n"
    )
    run = copy_of(run_of(finished, "lora"), tmp_path, {"evaluation.metrics": {"words": node}})
    environment = {"PYTHONPATH": os.pathsep.join([str(hostile), str(ROOT)])}
    done = run_command("evaluate.py", str(run), **environment)
    assert done.returncode == 2
    assert "evaluation.metrics.words._target_: 'canary_module.Words'" in done.stderr
    assert "trust=true" in done.stderr
    assert not (tmp_path / "canary").exists()
    cache = f"cache_dir={tmp_path / 'cache'}"
    done = run_command("evaluate.py", str(run), "trust=true", cache, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "canary").exists()


def test_names_do_not_lead_out_of_the_run(finished: Path, tmp_path: Path) -> None:
    names = ("prompt.name", "dataset.name", "generation.name", "model.name", "name")
    changes = {name: "x/../../../../y" for name in names if name != "dataset.name"}
    run = copy_of(run_of(finished, "lora"), tmp_path, changes)
    outside = {path for path in tmp_path.rglob("*") if run not in path.parents}
    with contextlib.suppress(UserError):  # `name` with a slash is refused anyway
        evaluate(run)
    del changes["name"]
    shutil.rmtree(run)
    run = copy_of(run_of(finished, "lora"), tmp_path, changes)
    evaluate(run)
    found = {path for path in tmp_path.rglob("*") if run not in path.parents}
    assert {path for path in found - outside if path.parts[-1] == "y"} == set()
    [result] = run.glob("evaluations/*/result.json")
    assert json.loads(result.read_text())["prompt"] == "x/../../../../y"


def test_text_of_a_recorded_configuration_stays_as_it_is(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's `${oc.env:…}` would write a secret into what the user hands on."""
    monkeypatch.setenv("HF_TOKEN", "hf_do_not_tell")
    text = r"${oc.env:HF_TOKEN} \${a}"
    changes = {"strategy.paper": text, "prompt.name": "${oc.env:HF_TOKEN}"}
    run = copy_of(run_of(finished, "lora"), tmp_path, changes)
    evaluate(run)
    [folder] = run.glob("evaluations/*")
    assert yaml.safe_load((folder / "config.yaml").read_text())["strategy"]["paper"] == text
    written = "".join(file.read_text() for file in folder.iterdir() if file.is_file())
    assert "hf_do_not_tell" not in written
