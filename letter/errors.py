"""The base class of this project's errors, and how a command ends when one reaches it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from io import TextIOWrapper

PIPE_CLOSED = 141  # the exit code of a program that SIGPIPE ends: 128 + 13
INTERRUPTED = 130  # the exit code of a program that Ctrl+C ends: 128 + SIGINT


class OneLetterError(Exception):
    """Something that a person can mend.

    The text says where it is, what is wrong and what to do: `path:line: what is wrong: what to do`.
    """


Main = Callable[[list[str] | None], int]


def command(main: Main) -> Callable[..., int]:
    """Wrap a command's main function, so that every command ends in the same ways.

    An error that a person can mend, and a refusal of the system, are printed on standard error and
    end the command with 2. Ctrl+C ends it with 130. A reader of the output who has seen enough
    (`| head`) ends it with 141 and without a word.
    """

    @wraps(main)
    def run(argv: list[str] | None = None) -> int:
        # The name of a file may be no text (PEP 383): standard error writes such a name so, too.
        if isinstance(sys.stdout, TextIOWrapper):  # else closed before the command began
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            code = main(argv)
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            # Python flushes standard output once more when it ends, and would then complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED
        except (OneLetterError, OSError) as error:
            print(error, file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print(file=sys.stderr)
            return INTERRUPTED
        return code

    return run
