"""Everything that can go wrong, as two branches: one input failed, or the whole build did.

CorpusError
├── InputError      one input gave no article: it becomes a row of `rejects`, the build goes on
└── BuildError      the build, or a query on its result, can not go on: one line to the user, exit status 1
    └── UsageError  what was asked for makes no sense: one line to the user, exit status 2
"""

from __future__ import annotations


class CorpusError(Exception):
    """Base of all errors raised on purpose by this package."""


class InputError(CorpusError):
    """One input can not become an article.

    `stage` is the step that gave up (find, decode, read, clean); `reason` is a short fixed phrase that can be
    counted (`empty file`, `binary file`); `detail` says what exactly, and the remedy.
    """

    def __init__(self, stage: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{stage}: {reason}" + (f" ({detail})" if detail else ""))
        self.stage = stage
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        return type(self), (self.stage, self.reason, self.detail)


class BuildError(CorpusError):
    """The build, or a question to its result, can not go on; the message is one line with the remedy."""


class UsageError(BuildError):
    """The command was given something that can not be right: a missing path, an unknown option value."""
