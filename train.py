"""Train, or only evaluate, one strategy or a sweep of them: `python train.py --help`."""

from dialogsum.sweep import train

if __name__ == "__main__":
    train()
