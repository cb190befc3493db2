"""`dialogsum wandb`: what W&B's own command line cannot do for these runs."""

from __future__ import annotations

import argparse

from dialogsum.tracking import wandb_sync, workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    sync = actions.add_parser("sync", help="upload offline runs, also from copied run directories")
    wandb_sync.add_arguments(sync)
    sync.set_defaults(action_main=wandb_sync.main)
    view = actions.add_parser("workspace", help="make the comparison view of a sweep")
    workspace.add_arguments(view)
    view.set_defaults(action_main=workspace.main)


def main(args: argparse.Namespace) -> int:
    """Run the sub-command."""
    return int(args.action_main(args))
