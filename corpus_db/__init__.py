"""A folder of Chinese articles becomes one SQLite file that anyone can search, query and cite."""

from __future__ import annotations

__version__ = "0.1.0"
