"""Processes that tests start, and processes of those."""

import multiprocessing
import time
from pathlib import Path


def gone(pid: int) -> bool:
    """Whether a process ends within ten seconds. Where there is no /proc, only those that this one started are seen."""
    for _ in range(100):
        if pid not in {child.pid for child in multiprocessing.active_children()} and not _runs(pid):
            return True
        time.sleep(0.1)
    return False


def _runs(pid: int) -> bool:
    """Whether /proc has a process, and one that has not ended: nobody may have asked yet how it did."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
