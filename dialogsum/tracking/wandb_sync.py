"""The command `dialogsum wandb sync`: upload offline runs, also from copies of run directories."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from dialogsum.problems import UserError
from dialogsum.tracking import wandb_log, wandb_state


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directories",
        nargs="+",
        type=Path,
        metavar="DIR",
        help="run directories, or sweeps of them",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the `wandb sync` command; upload nothing"
    )


def main(args: argparse.Namespace) -> int:
    """Upload what is not uploaded, the oldest part of each run first; W&B's exit code."""
    runs = [run for directory in args.directories for run in find_runs(directory)]
    folders = []
    for run in runs:
        for part in wandb_state.unsynced(run):
            folders.append(part)
            for log in wandb_state.logs(part):
                # A copy: its artifact files are here, not where the log says.
                if not args.dry_run and wandb_log.relocate(log, run):
                    print(f"{part}: was written elsewhere; its artifacts are taken from {run}")
    if not folders:
        print("nothing to upload")
        return 0
    print(wandb_state.sync_command(folders), flush=True)
    if args.dry_run:
        return 0
    command = [sys.executable, "-m", "wandb", *wandb_state.sync_arguments(folders)]
    # W&B's command line leaves a folder `wandb/` of its own logs where it is called.
    return subprocess.run(command, cwd=folders[0].parent, check=False).returncode


def find_runs(directory: Path) -> list[Path]:
    """The run directories with W&B files at or below `directory`.

    Raises:
        UserError: there is none.
    """
    directory = directory.expanduser().absolute()
    runs = sorted(path.parents[1] for path in directory.glob(f"**/{wandb_state.STATE}"))
    if not runs:
        raise UserError(f"{directory} holds no run that was logged to W&B")
    return runs
