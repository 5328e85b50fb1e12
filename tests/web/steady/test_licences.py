"""What the workbench is delivered with may be used together with the EUPL-1.2: every package of the lock."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, PackageMetadata, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ALLOWED = {}
