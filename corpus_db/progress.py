"""What a build says to people: how far it is, by a bar on a terminal or a line every few seconds, and what it did."""

from __future__ import annotations

import sys
import time
from typing import Any

from tqdm import tqdm

from corpus_db.options import BuildReport

LINE_EVERY_SECONDS = 5.0


class _Tqdm(tqdm):  # type: ignore[type-arg]
    monitor_interval = 0  # no thread of its own: a process that has threads can not be copied (`executors.can_copy`)


class Bar:
    """A bar with the share done, documents and bytes a second, the time left, and the rejects so far."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._documents = self._rejects = 0

    def stage(self, name: str, total_bytes: int | None) -> None:
        """Begin a stage."""
        self.close()
        self._documents = self._rejects = 0
        self._bar = _Tqdm(desc=name, total=total_bytes, unit="B", unit_scale=True, leave=False, file=sys.stderr)

    def advance(self, documents: int, bytes_: int, rejects: int) -> None:
        """Show that so much more is done."""
        self._documents += documents
        self._rejects += rejects
        elapsed = self._bar.format_dict["elapsed"] or 1e-9
        self._bar.set_postfix_str(
            f"{self._documents / elapsed:.0f} documents/s, {self._rejects} rejected", refresh=False
        )
        self._bar.update(bytes_)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


class Lines:
    """The same, for a log: a short build says nothing, a long one a line every `LINE_EVERY_SECONDS`."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._begin("", None)

    def _begin(self, name: str, total_bytes: int | None) -> None:
        self._name, self._total, self._started = name, total_bytes, time.monotonic()
        self._documents = self._bytes = self._rejects = 0

    def stage(self, name: str, total_bytes: int | None) -> None:
        """Begin a stage."""
        self._begin(name, total_bytes)
        self._say_now_and_then()

    def advance(self, documents: int, bytes_: int, rejects: int) -> None:
        """Note that so much more is done."""
        self._documents += documents
        self._bytes += bytes_
        self._rejects += rejects
        self._say_now_and_then()

    def close(self) -> None:
        """Nothing is left to say."""

    def _say_now_and_then(self) -> None:
        now = time.monotonic()
        if now - self._said >= LINE_EVERY_SECONDS:
            self._said = now
            print(
                progress_line(
                    self._name, self._documents, self._bytes, self._total, self._rejects, now - self._started
                ),
                file=sys.stderr,
                flush=True,
            )


def progress_line(name: str, documents: int, bytes_: int, total: int | None, rejects: int, seconds: float) -> str:
    """One line of a log.

    >>> progress_line("build", 50, 2_000_000, 6_000_000, 1, 4.0)
    'build: 2.0 of 6.0 MB, 12 documents/s, 0.50 MB/s, 8 s left, 1 rejected'
    >>> progress_line("index", 0, 0, None, 0, 0.0)
    'index'
    """
    if not documents or seconds <= 0:
        return name
    of_total = f" of {total / 1e6:.1f}" if total else ""
    left = f"{max(0, total - bytes_) * seconds / bytes_:.0f} s left, " if total and bytes_ else ""
    speed = f"{documents / seconds:.0f} documents/s, {bytes_ / 1e6 / seconds:.2f} MB/s"
    return f"{name}: {bytes_ / 1e6:.1f}{of_total} MB, {speed}, {left}{rejects} rejected"


def summary(report: BuildReport) -> str:
    """What a build did, for people: one line a fact."""
    most_first = sorted(report.rejects.items(), key=lambda counted: (-counted[1], counted[0]))
    rejects = ", ".join(f"{n} {reason}" for reason, n in most_first) or "none"
    speed = report.bytes / 1e6 / report.seconds if report.seconds else 0.0
    return "\n".join(
        [
            f"{report.target}: {report.articles} articles from {report.documents} documents"
            + (", up to date: nothing has changed" if report.up_to_date else ""),
            f"duplicates      {report.duplicates}"
            + (", kept: articles.reprint_of says of which" if report.duplicates else ""),
            f"rejected        {rejects}" + (", see the table rejects" if report.rejects else ""),
            f"time            {report.seconds:.1f} s, {speed:.2f} MB/s",
            f"sha256          {report.sha256}",
            f"logical digest  {report.logical_digest}",
        ]
    )
