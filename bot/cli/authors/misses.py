"""`misses`: what learners asked for and did not find."""

from __future__ import annotations

import argparse

from bot import app, knowledge
from bot.adapters.content import pack_editor
from bot.errors import NotFoundError
from bot.features.authors.gaps import group
from bot.ports import Store
from bot.settings import Settings
from bot.shipped import own

READ = 5000
"""So many of the newest are grouped."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor misses; then: tutor misses --add 12 --to receptive-field"
    parser.add_argument("--limit", type=int, default=20, help="how many groups to print (20)")
    parser.add_argument("--add", type=int, metavar="ID", help="write this question as a name into a concept file")
    parser.add_argument("--to", metavar="CONCEPT", help="the concept; where left out, the one that learners picked")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the groups, or add a name."""
    store = app.load_store(settings)
    try:
        if args.add is None:
            _print(store, args.limit)
        else:
            print(_add(store, settings, args.add, args.to))
    finally:
        store.close()
    return 0


def _print(store: Store, limit: int) -> None:
    with store.transaction() as tx:
        gaps = group(tx.misses(READ))
    for gap in gaps[:limit]:
        ids = " ".join(str(miss.id) for miss in gap.misses[:5])
        picked = f"  -> {gap.concept_id}" if gap.concept_id else ""
        print(f"{gap.count:4} x {gap.text}{picked}  (ids {ids})")
    if not gaps:
        print("nothing was missed")


def _add(store: Store, settings: Settings, miss_id: int, concept_id: str | None) -> str:
    content = own(settings.content)
    with store.transaction() as tx:
        found = [miss for miss in tx.misses(READ) if miss.id == miss_id]
    if not found:
        raise NotFoundError(f"there is no miss {miss_id}: tutor misses lists the ids")
    target = concept_id or found[0].concept_id
    concept = knowledge.load_library(settings).by_id.get(target)
    if concept is None:
        raise NotFoundError(f"there is no concept {target or '(none was picked)'}: name one with --to")
    was_new = pack_editor.add_name(content, concept, found[0].text)
    return f"{concept.path}: {'added' if was_new else 'has already'} the name {found[0].text}"
