"""Summaries of new dialogues from a run, an exported model or a published one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import batched, groupby
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from transformers import GenerationConfig as HubGenerationConfig
from transformers import PreTrainedTokenizerBase
