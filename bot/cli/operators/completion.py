"""`completion`: what makes a shell complete the commands and their options."""

from __future__ import annotations

import argparse

from bot import cli
from bot.settings import Settings

SHELLS = ("bash", "zsh", "fish")


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = 'example: eval "$(tutor completion bash)"   or: tutor completion fish | source'
    parser.add_argument("shell", choices=SHELLS, help="the shell that is to complete")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  every command takes both
    """Print the script; the shell runs it and never asks the program again."""
    import shtab

    print(shtab.complete(cli.build_parser(*cli.COMMANDS), args.shell))
    return 0
