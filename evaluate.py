"""Evaluate finished runs on other data, prompts or decoding: `python evaluate.py --help`."""

from dialogsum.evaluate_run import evaluate

if __name__ == "__main__":
    evaluate()
