"""What passes between a terminal and the commands: text as it was typed, text as it is printed, errors in one line."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from typing import Any

import click

from corpus_db.archives import name_of
from corpus_db.errors import CorpusError, UsageError

_YEARS = re.compile(r"\d{1,4}(?:\.\.(?:\d{1,4})?)?|\.\.\d{1,4}")


def typed(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The text that was typed, in whatever encoding: where the locale says none or another, bare bytes are handed on."""
    return name_of(os.fsencode(value)) if value else value


def years(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Years as the queries read them. Raises `UsageError` for others, of which they would find none."""
    if value and not _YEARS.fullmatch(value):
        raise UsageError(f"--year {value}: no years; write 2013, 2013..2017, 2013.. or ..2017")
    return value


class Command(click.Command):
    """A command that ends in one line on stderr and exit status 1 or 2 where it raises one of our errors."""

    def invoke(self, ctx: click.Context) -> Any:
        _print_anything()
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _fail(str(error), 2)
        except CorpusError as error:
            _fail(str(error), 1)
        except KeyboardInterrupt:
            _fail("interrupted; the target is as it was", 130)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            if error.filename is not None:
                _fail(f"{os.fsdecode(error.filename)}: {error.strerror}; check its permissions", 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python tries once more on its end
            _fail(f"standard output: can not be written ({error.strerror}); what was printed is not complete", 1)


class Group(Command, click.Group):
    """A group of commands, whose errors end it likewise."""


def _print_anything() -> None:
    """Let standard output hold what its encoding can not (an emoji in GBK, a file's name that is no text) as an escape,
    as standard error does."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def json_line(value: dict[str, Any]) -> str:
    """One line of JSON, with escapes of its own where standard output can not hold every character."""
    return json.dumps(value, ensure_ascii=not (sys.stdout.encoding or "").lower().startswith("utf"))


def _fail(message: str, status: int) -> None:
    click.echo(f"Error: {message}", err=True)
    sys.exit(status)
