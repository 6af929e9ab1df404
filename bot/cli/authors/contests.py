"""`contests`: marks that learners contest, and what is decided about them."""

from __future__ import annotations

import argparse
from gettext import ngettext

from bot import app
from bot.adapters.runtime.clock import SystemClock
from bot.core.grading import Verdict
from bot.core.records.contests import Contest, ContestState
from bot.features.authors import contesting
from bot.features.studying import recording
from bot.ports import Store, Transaction
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = 'example: tutor contests --accept 3 --point soft --phrase "打骨折"'
    parser.add_argument("--accept", type=int, metavar="ID", help="accept a phrase; answers it helps are marked anew")
    parser.add_argument("--point", default="", help="the key point that the phrase states")
    parser.add_argument("--phrase", default="", help="what to accept, in the grammar of the pack: a / b + c")
    parser.add_argument("--decline", type=int, metavar="ID", help="leave the mark as it is")
    parser.add_argument("--because", default="", help="the sentence that the learner is told")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """List, accept or decline."""
    store = app.load_store(settings)
    try:
        if args.accept is None and args.decline is None:
            _list(store)
            return 0
        knowledge, now = app.load_knowledge(settings), SystemClock().now()
        with store.transaction() as tx:
            if args.accept is not None:
                phrasing = contesting.Phrasing(args.accept, args.point, args.phrase)
                count = contesting.accept(tx, knowledge, phrasing, now)
                told = ngettext("{} answer has", "{} answers have", count).format(count)
                print(f"accepted: {told} a better mark")
            else:
                contesting.decline(tx, knowledge, args.decline, args.because, now)
                print("declined; the learner is told")
    finally:
        store.close()
    return 0


def _list(store: Store) -> None:
    with store.transaction() as tx:
        waiting = tx.contests(ContestState.OPEN, 100)
        for contest in waiting:
            print("\n".join(_lines(tx, contest)))
    if not waiting:
        print("nothing is contested")


def _lines(tx: Transaction, contest: Contest) -> list[str]:
    lines = [f"#{contest.id} {contest.kind} {contest.subject}: {contest.text}"]
    made = tx.attempt(contest.attempt_id) if contest.attempt_id else None
    last = recording.last_grading(tx, made) if made else None
    if last:
        lines.append(f"  marked {last.grade.fraction:.2f}")
        lines += [f"  {m.verdict} {m.point_id}: {m.text}" for m in last.grade.points if m.verdict is not Verdict.HIT]
    return lines
