"""The command `dialogsum wandb sync`: upload offline runs, also from copies of run directories."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from dialogsum.common.errors import UserError
from dialogsum.tracking import record as records
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
    """Upload what is not uploaded, the oldest part of each run first.

    Returns:
        the exit code: W&B's, or 1 where W&B left something out (it exits with 0 even so).
    """
    runs = [run for directory in args.directories for run in find_runs(directory)]
    if not args.dry_run:
        runs = [run for run in runs if _mended(run)]
    folders = [part for run in runs for part in wandb_state.unsynced(run)]
    if not folders:
        print("nothing to upload")
        return 0
    print(wandb_state.sync_command(folders), flush=True)
    return 0 if args.dry_run else _upload(folders)


def _mended(run: Path) -> bool:
    """Make the logs of a run fit for the upload; False: it is still being written."""
    try:
        with records.locked(run):
            wandb_state.trim(run)
    except UserError:
        print(f"{run}: left out, it is in progress")
        return False
    for part in wandb_state.unsynced(run):
        for log in wandb_state.logs(part):
            # A copy: its artifact files are here, not where the log says.
            if wandb_log.relocate(log, run):
                print(f"{part}: was written elsewhere; its artifacts are taken from {run}")
    return True


def _upload(folders: list[Path]) -> int:
    command = [sys.executable, "-m", "wandb", *wandb_state.sync_arguments(folders)]
    # W&B's command line leaves a folder `wandb/` of its own logs where it is called.
    code = subprocess.run(command, cwd=folders[0].parent, check=False).returncode
    missing = [folder for folder in folders if not wandb_state.is_synced(folder)]
    for folder in missing:
        print(f"not uploaded: {folder}", file=sys.stderr)
    return code or (1 if missing else 0)


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
