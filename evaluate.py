"""Evaluate finished runs again: on another split or data set, with another prompt or decoding.

    python evaluate.py RUN_DIR                       the test split again
    python evaluate.py SWEEP_DIR dataset=samsum      every run of a sweep on another data set
    python evaluate.py --help                        every group and key

What is not given is as in the run. After `pip install dialogsum` the same program is
`dialogsum evaluate`.
"""

import logging
import sys

from omegaconf import DictConfig

from dialogsum.common.errors import UserError
from dialogsum.config.hydra_app import start
from dialogsum.preflight.command_line import explain
from dialogsum.preflight.evaluation_jobs import damaged_runs, evaluation_jobs

log = logging.getLogger(__name__)


def evaluate(command: DictConfig) -> None:
    """Evaluate every run that the command names, one after the other."""
    from dialogsum.evaluate_run import run_evaluation  # torch: --help does not wait for it

    jobs, failed = evaluation_jobs(command), 0
    for run in damaged_runs(command.run):
        log.error("%s is left out: %s", run.name, run.error)
        failed += 1
    for number, job in enumerate(jobs, start=1):
        if job.is_done:
            log.info("%d/%d %s is there already", number, len(jobs), job.directory)
        else:
            log.info("%d/%d %s", number, len(jobs), job.directory)
            try:
                run_evaluation(job)
            except UserError:  # of one run, and printed
                failed += 1
    print(f"Compare:   dialogsum compare {command.run}")
    if failed:
        sys.exit(1)


def main() -> int:
    """Compose, check everything, evaluate each run.

    Hydra composes conf/evaluate.yaml with the command line and calls
    `dialogsum.preflight.evaluation_jobs.check_evaluations` (its callback in conf/evaluate.yaml),
    then `evaluate`.

    Returns:
        exit code: 0, 1 (an evaluation failed), 2 (a mistake in the command) or 130.
    """
    return start(evaluate, "evaluate", explain, positional="run")


if __name__ == "__main__":
    sys.exit(main())
