"""How Telegram describes somebody's standing in a chat."""

from __future__ import annotations

from typing import Any

from tests.doubles.telegram.world import Chat, User

Json = dict[str, Any]
_ADMIN = dict.fromkeys(
    (
        "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
        "can_delete_stories", "is_anonymous", "can_be_edited",
    ),
    False,
)  # fmt: skip
_MUTE = dict.fromkeys(
    (
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_react_to_messages", "can_change_info", "can_invite_users", "can_pin_messages",
        "can_manage_topics", "can_edit_tag",
    ),
    False,
)  # fmt: skip
_FIELDS: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "administrator": _ADMIN,
    "restricted": _MUTE | {"is_member": True, "until_date": 0},
    "restricted, away": _MUTE | {"status": "restricted", "is_member": False, "until_date": 0},
    "kicked": {"until_date": 0},
}


def member(user: User, status: str) -> Json:
    """Return a chat member as the Bot API writes it."""
    return {"user": user.json(), "status": status} | _FIELDS.get(status, {})


def changed(chat: Chat, by: User, user: User, statuses: tuple[str, str], at: int) -> Json:
    """Return the update about somebody whose standing was the first status and is the second."""
    old, new = statuses
    who = {"old_chat_member": member(user, old), "new_chat_member": member(user, new)}
    return {"chat": chat.json(), "from": by.json(), "date": at} | who
