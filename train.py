"""Train one model, or compare strategies of fine-tuning over a sweep of runs.

    python train.py                                             one run on what is bundled
    python train.py -m strategy=zero_shot,full,lora seed=0,1,2  a sweep and its comparison
    python train.py --help                                      every group and key

After `pip install dialogsum` the same program is `dialogsum train`.
"""

import sys

from omegaconf import DictConfig

from dialogsum.config.hydra_app import start
from dialogsum.preflight.command_line import explain
from dialogsum.sweep import announced, compare_jobs, report_result


def train(cfg: DictConfig) -> float | None:
    """Do one job, or what is left of it; return its validation metric for a search."""
    from dialogsum.run import run  # torch and transformers: --help does not wait for them

    with announced(cfg):
        return report_result(cfg, run(cfg))


def main() -> int:
    """Compose, check everything, do each job, compare.

    Hydra composes conf/train.yaml with the command line and calls `dialogsum.sweep.check_command`
    (its callback in conf/train.yaml) once for all jobs, then `train` for each of them: one after
    the other here, or in the processes of `hydra/launcher=joblib|submitit_slurm|...`.

    Returns:
        exit code: 0, 1 (a run failed), 2 (a mistake in the command; nothing was started) or 130.
    """
    try:
        code = start(train, "train", explain)
    finally:
        compared = compare_jobs()  # from the run directories, also after failures and Ctrl-C
    return compared or code


if __name__ == "__main__":
    sys.exit(main())
