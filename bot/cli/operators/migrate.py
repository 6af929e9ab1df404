"""`migrate`: bring the database to this version, or to another."""

from __future__ import annotations

import argparse

from bot.adapters.store import migrating
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor migrate; back: tutor migrate --down base"
    parser.add_argument("--down", metavar="REVISION", help="go back to a revision instead; base is empty")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Migrate, and print the revision that the database is at."""
    migrating.prepare_folder(settings.database_url)
    if args.down:
        migrating.downgrade(settings.database_url, args.down)
    else:
        migrating.upgrade(settings.database_url)
    print(f"the database is at revision {migrating.current(settings.database_url) or 'base (empty)'}")
    return 0
