"""The methods of the Bot API that a bot may call: parameters in, result out, `ApiError` where Telegram refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.doubles.telegram import rules
from tests.doubles.telegram.call import Call
from tests.doubles.telegram.errors import ApiError, BadRequest
from tests.doubles.telegram.members import member
from tests.doubles.telegram.queries import answer_callback_query, answer_inline_query
from tests.doubles.telegram.world import BOT_ID, Chat, World

Json = dict[str, Any]


LEADERS = ("administrator", "creator")
Method = Callable[[World, Call], Any]
_TO_CHAT = frozenset({"chat_id", "message_thread_id", "reply_markup", "reply_parameters", "disable_notification"})
_CAPTION = frozenset({"caption", "parse_mode"})


def get_me(world: World, call: Call) -> Json:
    return world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
    }


def _post(world: World, call: Call, content: Json) -> Json:
    """Write the bot's message where the call says."""
    chat = world.chat_for_sending(call.get("chat_id"))
    topic = world.topic_of(chat, call.params.get("message_thread_id"))
    keyboard = rules.read_keyboard(call.params.get("reply_markup"))
    markup = {"reply_markup": keyboard} if keyboard else {}
    return world.post(chat, world.bot, {**_reply(chat, call), **topic, **content, **markup})


def _reply(chat: Chat, call: Call) -> Json:
    wanted = call.json("reply_parameters")
    if not wanted:
        return {}
    found = chat.messages.get(wanted["message_id"])
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise BadRequest("message to be replied not found")
    return {"reply_to_message": _shallow(found)} if found else {}


def _shallow(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def send_message(world: World, call: Call) -> Json:
    world.chat_for_sending(call.get("chat_id"))
    text, entities = rules.read_message_text(call.params)
    return _post(world, call, {"text": text, **({"entities": entities} if entities else {})})


def _caption(params: Mapping[str, str]) -> Json:
    text, entities = rules.read_text(params.get("caption", ""), params.get("parse_mode"), rules.MAX_CAPTION)
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _file(world: World, call: Call, given: str, name: str, *, is_photo: bool) -> str:
    """Keep an uploaded file, or find one that was uploaded before; return its id."""
    part = call.files.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if part is None:
        if given not in world.files:
            raise BadRequest("wrong remote file identifier specified: Wrong character in the string")
        return given
    if is_photo:
        rules.check_photo(part[1])
    file_id = f"AgAC{'photo' if is_photo else 'file'}{world.next_id():06}"
    world.files[file_id] = part[1]
    return file_id


def _photo(file_id: str) -> Json:
    sizes = ((90, 60), (800, 533))
    return {
        "photo": [{"file_id": file_id, "file_unique_id": f"u{file_id}{w}", "width": w, "height": h} for w, h in sizes]
    }


def send_photo(world: World, call: Call) -> Json:
    world.chat_for_sending(call.get("chat_id"))
    file_id = _file(world, call, call.get("photo"), "photo", is_photo=True)
    return _post(world, call, _photo(file_id) | _caption(call.params))


def send_media_group(world: World, call: Call) -> list[Json]:
    world.chat_for_sending(call.get("chat_id"))
    media = call.json("media")
    if not 2 <= len(media) <= 10:
        raise BadRequest("wrong number of messages in the media group: 2-10 are allowed")
    if call.params.get("reply_markup"):
        raise BadRequest("an album takes no keyboard")
    contents = [
        _photo(_file(world, call, item["media"], "", is_photo=True)) | _caption(item) | {"media_group_id": "1"}
        for item in media
    ]
    return [_post(world, call, content) for content in contents]


def send_document(world: World, call: Call) -> Json:
    world.chat_for_sending(call.get("chat_id"))
    file_id = _file(world, call, call.get("document"), "document", is_photo=False)
    name = call.files["document"][0] if "document" in call.files else "file"
    document = {"document": {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_name": name}}
    return _post(world, call, document | _caption(call.params))


def send_poll(world: World, call: Call) -> Json:
    world.chat_for_sending(call.get("chat_id"))
    poll = rules.read_poll(call.params)
    poll |= {"id": f"poll{world.next_id()}", "total_voter_count": 0, "is_closed": False}
    world.polls[poll["id"]] = poll
    return _post(world, call, {"poll": poll})


def stop_poll(world: World, call: Call) -> Json:
    chat = world.chat_for_sending(call.get("chat_id"))
    poll: Json = world.message(chat, call.get("message_id"), "edit").get("poll", {})
    if not poll:
        raise BadRequest("message with poll to stop not found")
    if poll["is_closed"]:
        raise BadRequest("poll has already been closed")
    poll["is_closed"] = True
    return poll


def send_chat_action(world: World, call: Call) -> bool:
    chat = world.chat_for_sending(call.get("chat_id"))
    if call.get("action") not in ("typing", "upload_photo", "upload_document"):
        raise BadRequest("wrong parameter action in request")
    world.actions.append((chat.id, call.get("action")))
    return True


def _edit(world: World, call: Call, change: Json, *, needs: str) -> Json:
    chat = world.chat_for_sending(call.get("chat_id"))
    message = world.message(chat, call.get("message_id"), "edit")
    if needs and needs not in message:
        raise BadRequest("there is no text in the message to edit")
    keyboard = rules.read_keyboard(call.params.get("reply_markup"))
    before = {key: message.get(key) for key in (*change, "reply_markup")}
    after = change | {"reply_markup": keyboard}
    if before == after:
        raise BadRequest(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    message.update({**after, "edit_date": int(world.now())})
    for key in [key for key, value in after.items() if value is None or value == []]:
        del message[key]
    return message


def edit_message_text(world: World, call: Call) -> Json:
    text, entities = rules.read_message_text(call.params)
    return _edit(world, call, {"text": text, "entities": entities or None}, needs="text")


def edit_message_reply_markup(world: World, call: Call) -> Json:
    return _edit(world, call, {}, needs="")


def delete_message(world: World, call: Call) -> bool:
    chat = world.chat_for_sending(call.get("chat_id"))
    if int(call.get("message_id")) not in chat.messages:
        raise BadRequest("message to delete not found")
    del chat.messages[int(call.get("message_id"))]
    return True


def set_my_commands(world: World, call: Call) -> bool:
    commands = call.json("commands")
    rules.check_commands(commands)
    scope = call.json("scope") or {"type": "default"}
    world.commands[str(scope.get("chat_id", scope["type"])), call.get("language_code")] = commands
    return True


def set_message_reaction(world: World, call: Call) -> bool:
    chat = world.chat_for_sending(call.get("chat_id"))
    if int(call.get("message_id")) not in chat.messages:
        raise BadRequest("message to react not found")
    reaction = call.json("reaction") or []
    rules.check_reaction(reaction, chat.reactions)
    world.reactions[chat.id, int(call.get("message_id"))] = reaction
    return True


def get_chat_member(world: World, call: Call) -> Json:
    chat = world.chat_for_sending(call.get("chat_id"))
    user = world.users.get(int(call.get("user_id")))
    if chat.hides_members and chat.members[BOT_ID] != "administrator":
        raise BadRequest("member list is inaccessible")
    if user is None:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    return member(user, chat.members.get(user.id, "left"))


def get_chat_administrators(world: World, call: Call) -> list[Json]:
    chat = world.chat_for_sending(call.get("chat_id"))
    if chat.user:
        raise BadRequest("there are no administrators in the private chat")
    leaders = ((world.users[number], status) for number, status in chat.members.items() if status in LEADERS)
    return [member(user, status) for user, status in leaders if not user.is_bot]


METHODS: Mapping[str, tuple[Method, frozenset[str]]] = {
    "getMe": (get_me, frozenset()),
    "sendMessage": (send_message, _TO_CHAT | {"text", "parse_mode", "link_preview_options"}),
    "sendPhoto": (send_photo, _TO_CHAT | _CAPTION | {"photo", "show_caption_above_media"}),
    "sendMediaGroup": (send_media_group, _TO_CHAT | {"media"}),
    "sendDocument": (send_document, _TO_CHAT | _CAPTION | {"document"}),
    "sendPoll": (
        send_poll,
        _TO_CHAT | {"question", "options", "type", "is_anonymous", "correct_option_id", "correct_option_ids"}
        | {"explanation", "shuffle_options"},
    ),
    "stopPoll": (stop_poll, frozenset({"chat_id", "message_id"})),
    "sendChatAction": (send_chat_action, frozenset({"chat_id", "message_thread_id", "action"})),
    "editMessageText": (
        edit_message_text,
        frozenset({"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"}),
    ),
    "editMessageReplyMarkup": (edit_message_reply_markup, frozenset({"chat_id", "message_id", "reply_markup"})),
    "deleteMessage": (delete_message, frozenset({"chat_id", "message_id"})),
    "answerCallbackQuery": (answer_callback_query, frozenset({"callback_query_id", "text", "show_alert"})),
    "answerInlineQuery": (
        answer_inline_query, frozenset({"inline_query_id", "results", "cache_time", "is_personal", "next_offset"}),
    ),
    "setMyCommands": (set_my_commands, frozenset({"commands", "scope", "language_code"})),
    "setMessageReaction": (set_message_reaction, frozenset({"chat_id", "message_id", "reaction"})),
    "getChatMember": (get_chat_member, frozenset({"chat_id", "user_id"})),
    "getChatAdministrators": (get_chat_administrators, frozenset({"chat_id"})),
}  # fmt: skip


def carry_out(world: World, call: Call) -> Any:
    """Carry out a call, or fail as Telegram does; an unknown method or parameter fails loudly."""
    if call.method not in METHODS:
        raise ApiError(404, "Not Found")
    act, known = METHODS[call.method]
    strange = sorted(set(call.params) - known)
    if strange:
        raise BadRequest(f"the double knows no parameter {', '.join(strange)} of {call.method}")
    return act(world, call)
