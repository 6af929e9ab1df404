"""`doctor`: look at everything the program needs, and say what to do about each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from gettext import ngettext

from bot import app, knowledge
from bot.adapters.store import migrating
from bot.errors import TutorError
from bot.settings import Settings

HOW_TO_GET_A_FONT = "apt-get install fonts-noto-cjk, or brew install font-noto-sans-cjk"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_well: bool
    said: str
    is_needed: bool = True

    @property
    def is_fault(self) -> bool:
        """Tell what the program cannot do without."""
        return self.is_needed and not self.is_well

    def __str__(self) -> str:
        mark = "ok  " if self.is_well else "FAIL" if self.is_needed else "note"
        return f"{mark} {self.name}: {self.said}"


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor doctor --quick"
    parser.add_argument("--quick", action="store_true", help="the database only, in a moment: for a health check")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Look, print one line each, and exit 1 where something needed is not well."""
    looks = (_database,) if args.quick else (_settings, _content, _database, _typesetting)
    findings = [finding for look in looks for finding in _looked(look, settings)]
    for finding in findings:
        print(finding, file=sys.stdout if finding.is_well else sys.stderr)
    return 1 if any(finding.is_fault for finding in findings) else 0


def _looked(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    try:
        yield from look(settings)
    except TutorError as error:
        yield Finding(look.__name__.strip("_"), is_well=False, said=str(error))


def _settings(settings: Settings) -> Iterator[Finding]:
    tokens = app.with_token(settings)
    said = f"{settings.language}, {settings.timezone}; platforms with a token: {', '.join(tokens) or 'none (terminal)'}"
    yield Finding("settings", is_well=True, said=said)


def _content(settings: Settings) -> Iterator[Finding]:
    library = knowledge.load_library(settings)
    concepts, questions = len(library.concepts), len(library.questions)
    told = ngettext("{} concept", "{} concepts", concepts), ngettext("{} question", "{} questions", questions)
    said = f"{', '.join(told).format(concepts, questions)} in {settings.content}"
    yield Finding("content", is_well=bool(library.concepts), said=said)


def _database(settings: Settings) -> Iterator[Finding]:
    migrating.prepare_folder(settings.database_url)
    revision = migrating.current(settings.database_url)
    if revision == migrating.HEAD:
        store = app.load_store(settings)
        with store.transaction() as tx:
            tx.misses(1)
        store.close()
        yield Finding("database", is_well=True, said=f"at revision {revision}")
    else:
        said = f"at revision {revision or 'base (empty)'}, this version needs {migrating.HEAD}: run tutor migrate"
        yield Finding("database", is_well=False, said=said)


def _typesetting(settings: Settings) -> Iterator[Finding]:
    """Typeset a formula, and look for a font that answers can be typeset in."""
    typesetter = app.load_typesetter(settings)
    try:
        is_made = typesetter.formula(r"\frac{1}{2}") is not None
        font = typesetter.font
    finally:
        typesetter.close()
    said = "formulas become pictures" if is_made else "formulas are shown as text: reinstall typst and pypandoc-binary"
    yield Finding("typesetting", is_well=is_made, said=said, is_needed=False)
    missing = f"no Chinese font found; answers as pictures need one: {HOW_TO_GET_A_FONT}"
    yield Finding("fonts", is_well=bool(font), said=font or missing, is_needed=False)
