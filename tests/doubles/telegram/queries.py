"""Answering taps and inline queries."""

from __future__ import annotations

import json
from typing import Any

from tests.doubles.telegram import rules
from tests.doubles.telegram.call import Call
from tests.doubles.telegram.errors import BadRequest
from tests.doubles.telegram.parser import units
from tests.doubles.telegram.world import World

Json = dict[str, Any]
QUERY_LASTS_S = 15 * 60.0


def _answer(world: World, call: Call, key: str, answer: Json) -> bool:
    query = world.queries.get(call.get(key))
    if query is None or world.now() - query.at > QUERY_LASTS_S:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    query.answer = answer
    query.answered.set()
    return True


def answer_callback_query(world: World, call: Call) -> bool:
    text = call.get("text")
    if units(text) > 200:
        raise BadRequest("MESSAGE_TOO_LONG")
    return _answer(world, call, "callback_query_id", {"text": text, "show_alert": call.get("show_alert") == "true"})


def answer_inline_query(world: World, call: Call) -> bool:
    results = call.json("results")
    ids = [result["id"] for result in results]
    if len(results) > 50:
        raise BadRequest("RESULTS_TOO_MUCH")
    if len(set(ids)) != len(ids) or any(not 1 <= len(result_id.encode()) <= 64 for result_id in ids):
        raise BadRequest("RESULT_ID_INVALID")
    for result in results:
        _check_result(world, result)
    return _answer(world, call, "inline_query_id", {"results": results, "cache_time": call.get("cache_time")})


def _check_result(world: World, result: Json) -> None:
    if result["type"] == "photo":
        if result["photo_file_id"] not in world.files:
            raise BadRequest("WEBDOCUMENT_INVALID")
        rules.read_text(result.get("caption", ""), result.get("parse_mode"), rules.MAX_CAPTION)
        return
    if result["type"] != "article" or not result.get("title"):
        raise BadRequest("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    rules.read_message_text({"text": content["message_text"], "parse_mode": content.get("parse_mode")})
    rules.read_keyboard(json.dumps(result["reply_markup"]) if "reply_markup" in result else None)
