"""The start of a Hydra command: exit codes, mistakes in sentences, bugs in a file."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hydra
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import ConfigurationError, UserError
from dialogsum.common.files import unwritable
from dialogsum.config.registration import conf_dir

COMPOSITION_ERRORS = (HydraException, OmegaConfBaseException)
# Hydra's options that are followed by a value.
WITH_VALUE = {
    *("--config-dir", "-cd", "--config-path", "-cp", "--config-name", "-cn", "--package", "-p"),
    *("--cfg", "-c", "--info", "-i", "--experimental-rerun"),
}
# Arguments: what Hydra raised, the command line's options, its overrides, train or evaluate.
Explain = Callable[[Exception, list[str], list[str], str], ConfigurationError | None]


def start(
    task: Callable[..., Any], config_name: str, explain: Explain, positional: str | None = None
) -> int:
    """Compose the command line, hand the configuration to `task` and return the exit code.

    Args:
        task: takes one composed configuration; calls `mark_reported` for exceptions that the user
            has read about already.
        config_name: train or evaluate.
        explain: finds all mistakes of a command line that Hydra refused.
        positional: the key that an argument without `=` sets.
    """
    # Hydra's own handler prints half a traceback for a typing mistake and always exits with 1.
    os.environ["HYDRA_FULL_ERROR"] = "1"
    sys.argv[1:] = options_first(sys.argv[1:], positional)
    main = hydra.main(version_base="1.3", config_path=str(conf_dir()), config_name=config_name)
    try:
        main(task)()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except KeyboardInterrupt:
        print("interrupted; the same command continues it", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `--help | head`
        sys.stdout = None  # nothing is left to be flushed into it
        return 1
    except Exception as error:
        if was_reported(error):
            return 1
        # For some overrides Hydra raises exceptions that are not its own.
        return _report_mistakes(error, config_name, explain)
    return 0


@contextmanager
def before_jobs(config_name: str, explain: Explain) -> Iterator[None]:
    """Exit on errors in the body of a Hydra callback, where exceptions only become warnings."""
    try:
        yield
    except UserError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except COMPOSITION_ERRORS as error:
        sys.exit(_report_mistakes(error, config_name, explain))
    except Exception as error:
        report_bug(error)
        sys.exit(1)


def _report_mistakes(error: Exception, config_name: str, explain: Explain) -> int:
    """Print the mistakes of a command line and return the exit code."""
    options, overrides = _split(sys.argv[1:])
    try:
        mistakes = explain(error, options, overrides, config_name)
    except Exception as second:
        report_bug(second)
        return 1
    if mistakes is None:
        report_bug(error)
        return 1
    print(mistakes, file=sys.stderr)
    return 2


def progress(text: str) -> None:
    """Print one line for somebody who waits at a terminal; no log needs it."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


def mark_reported(error: BaseException) -> None:
    """Flag an exception as already reported; the flag survives pickling."""
    error.__dict__["reported"] = True


def was_reported(error: BaseException) -> bool:
    """Return whether `mark_reported` was called for an exception."""
    return bool(error.__dict__.get("reported"))


def report_bug(error: BaseException) -> None:
    """Print one sentence and write the traceback to a file; a run directory may not exist yet."""
    cache = os.environ.get("DIALOGSUM_CACHE", "~/.cache/dialogsum")
    folder = Path(cache).expanduser() / "errors"
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
    text = "".join(traceback.format_exception(error))
    if unwritable(folder):
        print(text, file=sys.stderr)
        return
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{sys.argv}\n{text}", encoding="utf-8")
    first = (str(error).splitlines() or [""])[0]
    print(
        f"{type(error).__name__}: {first}\nThis is probably a bug of dialogsum; "
        f"the traceback is in {path}",
        file=sys.stderr,
    )


def invocation(name: str) -> str:
    """Return how the user starts a program: `python NAME.py`, or `dialogsum NAME`."""
    # The console command runs a file that the user did not name.
    is_script = sys.argv[0] in sys.orig_argv
    return f"python {name}.py" if is_script else f"dialogsum {name}"


def options_first(arguments: list[str], positional: str | None = None) -> list[str]:
    """Return `strategy=lora -m seed=0,1` as Hydra reads it: options before all overrides.

    Args:
        arguments: the command line without the program.
        positional: the key that an argument without `=` sets: `DIR` becomes `run='DIR'`.
    """
    options, overrides = _split(arguments, positional)
    return [*options, *overrides]


def _split(arguments: list[str], positional: str | None = None) -> tuple[list[str], list[str]]:
    """Return the options with their values, and the overrides."""
    options: list[str] = []
    overrides: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument.startswith("-"):
            options.append(argument)
            if argument in WITH_VALUE and (value := next(rest, None)) is not None:
                options.append(value)
        elif positional and "=" not in argument and not argument.startswith("~"):
            value = argument.replace("'", "\\'")
            overrides.append(f"{positional}='{value}'")
        else:
            overrides.append(argument)
    return options, overrides
