"""What the tutor says to owners, about platforms and about one record on two of them, in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    # the owners
    "health.title": "How the bot is doing",
    "health.content": "Content: {concepts} concepts, {questions} questions",
    "health.people": "{learners} learners; {subscribed} subscriptions, {paused} paused",
    "health.waiting": "Pushes waiting {pending}, unconfirmed {uncertain}; notices waiting {notices}",
    "health.past": "Pushes sent {sent}, given up {failed}, chats closed {gone}",
    "health.happened": "{platform} since the start: {counts}",
    "health.nothing": "nothing yet",
    "incident.sent": "sent {count}",
    "incident.blocked": "blocked {count}",
    "incident.dms-closed": "direct messages closed {count}",
    "incident.no-such-user": "accounts gone {count}",
    "incident.kicked": "kicked {count}",
    "incident.forbidden": "forbidden {count}",
    "incident.missing-permissions": "missing permissions {count}",
    "incident.chat-not-found": "chats not found {count}",
    "incident.migrated": "migrated {count}",
    "incident.topic-gone": "topics gone {count}",
    "incident.thread-closed": "threads closed {count}",
    "incident.reply-not-found": "quoted messages gone {count}",
    "incident.not-modified": "not modified {count}",
    "incident.tap-expired": "taps expired {count}",
    "incident.fallback": "sent in plain form {count}",
    "incident.flood": "asked to wait {count}",
    "incident.refused": "refused otherwise {count}",
    "incident.uncertain": "unanswered {count}",
    "incident.server-error": "server errors {count}",
    "incident.unreachable": "unreachable {count}",
    "incident.conflict": "token conflicts {count}",
    "incident.line-lost": "lines lost {count}",
    "incident.line-back": "lines back {count}",
    "incident.too-fast": "came too fast {count}",
    "incident.fault": "faults of ours {count}",
    "reload.done": "Read anew: {concepts} concepts, {questions} questions.",
    "reload.faults": "The content has {count} faults; the old one stays:",
    "broadcast.usage": "Write /broadcast and your message (at most {limit} characters). You see it before it is sent.",
    "broadcast.preview": "Send this to {count} subscribed chats?",
    "broadcast.sending": "Sending to {count} chats, one after the other.",
    "broadcast.cancelled": "Cancelled; {count} that were not sent yet will not be.",
    "do.send": "Send",
    "do.cancel": "Cancel",
    "do.stop": "Stop sending",
    "do.write": "Answer",
    "form.title": "Answer",
    "form.field": "Your answer",
    "form.hint": "In your own words, a sentence or two",
    "reply.no-ping": "Keep the @ mention on when you reply to my question: without it Discord hides the text from me. "
    "Or tap Answer below the question.",
    "server.hello": "Hello, I am an interview tutor. Look things up with /ask or by mentioning me; /daily asks a "
    "question, tap Answer or reply to it.",
    "server.needs": "I need these permissions: view channel, send messages, send in threads, attach files, read "
    "history; for groups also: add reactions, create threads and polls. I need not read all messages.",
    "link.code": "Your code: {code}, valid for ten minutes. On the other platform send me: /link {code}",
    "link.done": "Linked: both sides share one record now.",
    "link.done.daily": "Linked: both sides share one record now. The daily question goes to {platform}; "
    "send /subscribe here to have it here.",
    "link.wrong": "This code is wrong or too old. Send /link on the other platform for a new one.",
    "link.too-many": "Too many wrong codes; try again in an hour.",
    "link.own": "This is this side's own code: send it on the other platform.",
    "link.already": "Both sides share one record already.",
    "link.same-platform": "Only one account of each platform can be linked.",
    "unlink.done": "Parted: what you answered with this account is kept here, the rest on the other side.",
    "unlink.none": "This account is not linked with another platform.",
}
