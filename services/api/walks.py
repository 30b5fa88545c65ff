"""A walk through the rows of a view, page by page, as they were when it began."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from google.protobuf.message import Message

from domain.reference import View
from projections.table import Walk, WalkEnded
from projections.view import Filter
from services.api import convert, pages
from services.api.calls import Call
from services.facts.fields import FieldErrors
from services.instance.instance import Instance
from services.instance.views import FollowedView

M = TypeVar("M", bound=Message)
R = TypeVar("R")


class Page(NamedTuple, Generic[M]):
    """The rows of one page of a walk, and what the answer says beside them."""

    rows: list[M]
    token: str
    position: int
    head: int


def page(
    instance: Instance,
    followed: FollowedView[R],
    request: Any,
    wanted: Filter,
    writer: Callable[[View], Callable[[R], M]],
    call: Call,
    wrong: FieldErrors,
) -> Page[M]:
    """Return a page of the walk that a request begins, or goes on with.

    `writer` makes messages of rows by a view no older than these, so that what tells of few persons
    is not shown. Raises InvalidFields, ViewBehind.
    """
    log_id, name = instance.log_id, followed.view.name
    if request.page_size < 0:
        wrong.add("page_size", "must not be negative")
    freshness = convert.consistency(request.consistency, instance, wrong)
    walk, asked = None, [str(each or "") for each in wanted]
    earlier = freshness.get("at", 0)
    if request.page_token:
        content = pages.read_token(log_id, name, request.page_token, tuple[Walk, int, list[str]])
        if content is None:
            wrong.add("page_token", "is not a token that this log gave; begin the walk anew")
        elif content[2] != asked:
            wrong.add("page_token", "was given for another question")
        else:
            walk, earlier, _ = content
    wrong.raise_if_any()
    call.check_time()
    table = followed.table
    if earlier:
        table = followed.table_at(earlier, call.check_time)
    if walk is None:
        if "at_least" in freshness:
            followed.wait_for(freshness["at_least"], call.check_time)
        elif not earlier and not followed.wait_for_first_rows(call.check_time):
            return Page([], "", 0, instance.log.head())
        walk = table.begin_walk()
    size = pages.size_of(request.page_size)
    try:
        rows = table.page(walk, wanted.conditions(), size + 1)
    except WalkEnded:
        wrong.add("page_token", "is of a walk whose rows were made anew; begin the walk anew")
        wrong.raise_if_any()
    write = writer(instance.view())
    shown = pages.fitting([write(row) for row in rows[:size]])
    token = ""
    if len(shown) < len(rows):
        after = followed.view.key_of(rows[len(shown) - 1])
        token = pages.token(log_id, name, (walk._replace(after=after), earlier, asked))
    return Page(shown, token, walk.position, instance.log.head())
