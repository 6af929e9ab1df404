"""Export, forgetting, joining and parting reach every row of a learner, in tables of tomorrow too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Table
from sqlmodel import Field, SQLModel

from bot.adapters.store import connect
from bot.adapters.store.ownership import BLANKED, LEFT_TO_LINKING, MADE_ANEW, NAMES_LEARNER, in_order
from bot.ports import Store
from tests.filling import Database, Found

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def tomorrow() -> Iterator[list[Table]]:
    """Tables that no code knows of: whose rows name a learner, or refer to an attempt, or both, or are a group's."""

    class KeepsakeRow(SQLModel, table=True):
        __tablename__ = "keepsake"
        learner_id: int = Field(foreign_key="learner.id", primary_key=True)
        concept_id: str = Field(primary_key=True)

    class RemarkRow(SQLModel, table=True):
        __tablename__ = "remark"
        id: int | None = Field(default=None, primary_key=True)
        attempt_id: int = Field(foreign_key="attempt.id")
        text: str

    class VoteRow(SQLModel, table=True):
        __tablename__ = "vote"
        learner_id: int = Field(foreign_key="learner.id", primary_key=True)
        attempt_id: int = Field(foreign_key="attempt.id", primary_key=True)
        remark_id: int | None = Field(default=None, foreign_key="remark.id")

    class RoundRow(SQLModel, table=True):
        __tablename__ = "round"
        id: int | None = Field(default=None, primary_key=True)
        group_id: int = Field(foreign_key="live.group_id")

    tables = [SQLModel.metadata.tables[name] for name in ("keepsake", "remark", "vote", "round")]
    yield tables
    for table in tables:
        SQLModel.metadata.remove(table)


@pytest.fixture
def database(url: str, tomorrow: list[Table]) -> Iterator[Database]:
    engine = connect(url)
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection, tomorrow)
    yield Database(engine)
    with engine.begin() as connection:
        SQLModel.metadata.drop_all(connection, tomorrow)
    engine.dispose()


def _naming(table: Table) -> list[str]:
    """The columns that name a learner, by what the tables say themselves."""
    return [
        column.name
        for column in table.columns
        if NAMES_LEARNER in column.info or any(key.column.table.name == "learner" for key in column.foreign_keys)
    ]


def _reaching(goal: str) -> set[str]:
    """The tables from which keys lead to another, however far, but for what is a group's."""
    found = {goal}
    for table in in_order(SQLModel.metadata):  # those that are referred to come first
        is_named = goal == "learner" and any(NAMES_LEARNER in column.info for column in table.columns)
        keys = (key for key in table.foreign_keys if BLANKED not in key.parent.info)
        if is_named or any(key.column.table.name in found for key in keys):
            found.add(table.name)
    return found


def _of(found: Found, learner_id: int) -> dict[str, int]:
    """How many rows of each table name a learner."""
    return {
        table.name: len([row for row in found[table.name] if learner_id in [getattr(row, name) for name in naming]])
        for table in in_order(SQLModel.metadata)
        if (naming := _naming(table))
    }


def test_the_tables_of_a_learner_are_many(tomorrow: list[Table]) -> None:
    theirs = _reaching("learner")
    assert {"account", "attempt", "grading", "delivery", "post", "subscription", "due", "link_code"} <= theirs
    assert not {"study_group", "live", "round", "address", "miss", "rubric"} & theirs


def test_everything_of_a_learner_is_exported(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    database.fills("bob", "telegram")
    with store.transaction() as tx:
        told = tx.everything(ann)
    assert {name for name, rows in told.items() if rows} == _reaching("learner") | {"address", "live"}
    for name, rows in told.items():
        (row,) = rows
        assert row == database.rows["ann", name], name


def test_nothing_of_a_forgotten_learner_is_left_and_all_of_others(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    bob = database.fills("bob", "telegram")
    with store.transaction() as tx:
        kept = tx.everything(bob)
        tx.forget(ann, NOW)
    with store.transaction() as tx:
        assert tx.everything(bob) == kept
    found = database.holds()
    assert {name: len(found[name]) for name in _reaching("learner")} == dict.fromkeys(_reaching("learner"), 1)
    assert set(_of(found, ann).values()) == {0}
    assert sorted(row.begun_by or 0 for row in found["live"]) == [0, bob], "the quiz is the group's"
    assert len(found["round"]) == 2


def test_what_others_say_of_the_forgotten_goes_and_what_they_own_lets_go(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    database.fills("bob", "telegram")
    vote, contest = (SQLModel.metadata.tables[name] for name in ("vote", "contest"))
    with database.engine.begin() as connection:
        connection.execute(contest.delete().where(contest.c.learner_id == ann))
        connection.execute(contest.update().values(attempt_id=database.rows["ann", "attempt"]["id"]))
        of_another = {"attempt_id": database.rows["ann", "attempt"]["id"], "remark_id": None}
        connection.execute(vote.insert().values(database.rows["bob", "vote"] | of_another))
    with store.transaction() as tx:
        tx.forget(ann, NOW)
    found = database.holds()
    assert [row.attempt_id for row in found["contest"]] == [None]
    assert [row.attempt_id for row in found["vote"]] == [database.rows["bob", "attempt"]["id"]]


def test_a_delivery_that_others_refer_to_is_nobodys(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    database.fills("bob", "telegram")
    unheard = SQLModel.metadata.tables["unheard"]
    asked = database.rows["ann", "delivery"]["id"]
    with database.engine.begin() as connection:
        connection.execute(unheard.insert().values(database.rows["bob", "unheard"] | {"delivery_id": asked}))
    with store.transaction() as tx:
        tx.forget(ann, NOW)
    assert (asked, "nobody", asked) in [(row.id, row.owner_kind, row.owner_id) for row in database.holds()["delivery"]]


def test_joined_learners_have_the_rows_of_both(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    bob = database.fills("bob", "telegram")
    before = database.holds()
    with store.transaction() as tx:
        tx.join(bob, ann)
    found = database.holds()
    for table in in_order(SQLModel.metadata):
        if any(LEFT_TO_LINKING in column.info for column in table.columns):
            assert found[table.name] == before[table.name], table.name
        elif _naming(table):
            assert _of(found, bob)[table.name] == 0, table.name
            assert _of(found, ann)[table.name] == (1 if MADE_ANEW in table.info else 2), table.name
        elif table.name != "learner":
            assert found[table.name] == before[table.name], table.name
    assert [row.id for row in found["learner"]] == [ann]


def test_where_only_one_row_can_stand_the_targets_does(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    bob = database.fills("bob", "telegram")
    keepsake = SQLModel.metadata.tables["keepsake"]
    with database.engine.begin() as connection:
        connection.execute(keepsake.insert().values(database.rows["bob", "keepsake"] | {"learner_id": ann}))
    with store.transaction() as tx:
        tx.join(bob, ann)
    assert _of(database.holds(), ann)["keepsake"] == 2


def test_a_parted_account_takes_what_refers_to_it_or_to_its_platform(store: Store, database: Database) -> None:
    ann = database.fills("ann", "console")
    database.fills("side", "telegram", learner="ann")
    before = database.holds()
    with store.transaction() as tx:
        account = tx.account("telegram", database.rows["side", "account"]["user_id"])
        assert account is not None
        alone = tx.part(account, tx.learner(ann), NOW).id
    found = database.holds()
    goes = _reaching("account") | _reaching("address")
    for table in in_order(SQLModel.metadata):
        if any(LEFT_TO_LINKING in column.info for column in table.columns):
            assert found[table.name] == before[table.name], table.name
        elif _naming(table):
            both = (1, 1) if table.name in goes else (2, 0)
            assert (_of(found, ann)[table.name], _of(found, alone)[table.name]) == both, table.name
        elif table.name != "learner":
            assert found[table.name] == before[table.name], table.name
    assert {"attempt", "delivery", "conversation", "member", "live", "vote"} <= goes
    assert not {"lookup", "excused", "keepsake", "card"} & goes
    assert _of(found, alone)["account"] == _of(found, alone)["vote"] == 1
