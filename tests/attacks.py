"""What somebody can do to the records who has the database, and not the program: each attack leaves a database that looks sound."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from data.records import chain
from data.records.chain import Head
from data.records.records import Records
from data.records.secret import secret
from data.records.tables import AUDITED, audit, evidence, head, node, person, progress
from tests.recorded_town import past_the_verbs

Rows = dict[str, list[dict[str, Any]]]
FORGED = b"a secret of the attacker's own"


def copied(records: Records) -> Rows:
    """Every row of every table, as a copy of the whole database."""
    with records.read() as connection:
        return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in (*AUDITED, audit, head)}


def put_back(records: Records, rows: Rows) -> None:
    """The whole database as it was copied."""
    with past_the_verbs(records) as connection:
        for table in (audit, head, *reversed(AUDITED)):
            connection.execute(delete(table))
        for table in (*AUDITED, audit, head):
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def edit_a_row(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(update(node).where(node.c.id == 2).values(declared=99.0))


def delete_a_row(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(delete(progress).where(progress.c.id == 1))


def insert_a_row(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(insert(person), {"id": 77, "name": "Mallory", "email": None, "version": 1})


def edit_a_link(records: Records) -> None:
    """Somebody else did it: no row tells otherwise."""
    with past_the_verbs(records) as connection:
        connection.execute(update(audit).where(audit.c.seq == 5).values(actor="mallory"))


def edit_what_a_link_keeps(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(update(audit).where(audit.c.seq == 5).values(content="{}"))


def edit_a_link_with_its_hash(records: Records) -> None:
    """The row and its last link say the same; only the secret is missing."""
    with past_the_verbs(records) as connection:
        connection.execute(update(node).where(node.c.id == 2).values(declared=99.0))
        row = dict(connection.execute(select(node).where(node.c.id == 2)).mappings().one())
        last = (
            connection.execute(select(audit).where(audit.c.object == "node", audit.c.row == 2).order_by(audit.c.seq.desc()))
            .mappings()
            .first()
        )
        whole = chain.content(node, row)
        assert last is not None
        values = {"content": whole, "content_hash": chain.content_hash(whole)}
        connection.execute(update(audit).where(audit.c.seq == last["seq"]).values(**values))


def delete_a_link(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(delete(audit).where(audit.c.seq == 5))


def delete_a_link_and_close_the_gap(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(delete(audit).where(audit.c.seq == 5))
        for seq in connection.execute(select(audit.c.seq).where(audit.c.seq > 5).order_by(audit.c.seq)).scalars().all():
            connection.execute(update(audit).where(audit.c.seq == seq).values(seq=seq - 1))
        connection.execute(update(head).values(seq=head.c.seq - 1))


def add_a_link(records: Records) -> None:
    """At the end, as a verb would, but without the secret."""
    with past_the_verbs(records) as connection:
        connection.execute(update(node).where(node.c.id == 2).values(declared=99.0, version=node.c.version + 1))
        row = dict(connection.execute(select(node).where(node.c.id == 2)).mappings().one())
        last = dict(connection.execute(select(audit).order_by(audit.c.seq.desc())).mappings().first() or {})
        whole = chain.content(node, row)
        new = {
            **last,
            "seq": last["seq"] + 1,
            "object": "node",
            "row": 2,
            "version": row["version"],
            "content": whole,
            "previous": last["hash"],
        }
        new["content_hash"] = chain.content_hash(whole)
        new["hash"] = chain.link(FORGED, new["previous"], new)
        connection.execute(insert(audit), new)
        connection.execute(update(head).values(seq=new["seq"], hash=new["hash"]))


def swap_two_links(records: Records) -> None:
    with past_the_verbs(records) as connection:
        for was, now in ((5, -1), (6, 5), (-1, 6)):
            connection.execute(update(audit).where(audit.c.seq == was).values(seq=now))


def cut_the_end(records: Records) -> None:
    """The last change is undone, its links are gone, and the head says so."""
    with past_the_verbs(records) as connection:
        last = connection.execute(select(audit).order_by(audit.c.seq.desc())).mappings().first()
        assert last is not None and last["object"] == "progress"
        connection.execute(delete(progress).where(progress.c.id == last["row"]))
        connection.execute(delete(audit).where(audit.c.seq == last["seq"]))
        connection.execute(update(head).values(seq=last["seq"] - 1, hash=last["previous"]))


def put_back_a_removed_row(records: Records) -> None:
    """Evidence that was withdrawn, and now counts."""
    with past_the_verbs(records) as connection:
        row = dict(connection.execute(select(evidence).where(evidence.c.id == 1)).mappings().one())
        connection.execute(insert(evidence), {**row, "id": 2, "state": "accepted"})


def spoil_a_row(records: Records) -> None:
    """What is in the column cannot even be read."""
    with past_the_verbs(records) as connection:
        connection.execute(text("update node set name = 'no json' where id = 2"))


def move_the_head(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(update(head).values(seq=head.c.seq - 1))


def remove_the_head(records: Records) -> None:
    with past_the_verbs(records) as connection:
        connection.execute(delete(head))


def forget_everything(records: Records) -> None:
    with past_the_verbs(records) as connection:
        for table in (audit, *reversed(AUDITED)):
            connection.execute(delete(table))
        connection.execute(update(head).values(seq=0, hash=chain.START))


def write_again(key: Callable[[Records], bytes]) -> Callable[[Records], None]:
    """A row changed in its second link, and every link after it written anew under some secret."""

    def attack(records: Records) -> None:
        with past_the_verbs(records) as connection:
            connection.execute(update(person).where(person.c.id == 3).values(name="Mallory"))
            _chain_again(connection, key(records), "person", 3)

    return attack


def _chain_again(connection: Connection, key: bytes, name: str, row_id: int) -> None:
    row = dict(connection.execute(select(person).where(person.c.id == row_id)).mappings().one())
    before, changed = Head(0, chain.START), False
    for link in connection.execute(select(audit).order_by(audit.c.seq)).mappings().all():
        new = dict(link)
        if (link["object"], link["row"]) == (name, row_id):
            new["content"], changed = chain.content(person, row), True
            new["content_hash"] = chain.content_hash(new["content"])
        if changed:
            new["previous"] = before.hash
            new["hash"] = chain.link(key, before.hash, new)
            connection.execute(update(audit).where(audit.c.seq == link["seq"]).values(new))
        before = Head(new["seq"], new["hash"])
    connection.execute(update(head).values(seq=before.seq, hash=before.hash))


def own(records: Records) -> bytes:
    found = secret(records.store)
    assert found is not None
    return found


ATTACKS: dict[str, tuple[Callable[[Records], None], str]] = {
    "edit": (edit_a_row, "node 2 is not as its last link, {node_2}, says"),
    "delete": (delete_a_row, "progress 1 is gone, and its last link, {progress_1}, did not remove it"),
    "insert": (insert_a_row, "person 77 has no link"),
    "edit a link": (edit_a_link, "link 5 is not as it was written"),
    "edit a link's content": (edit_what_a_link_keeps, "what link 5 keeps of its row is not what was written"),
    "edit a row and its link": (edit_a_link_with_its_hash, "link {node_2} is not as it was written"),
    "delete a link": (delete_a_link, "links are missing before link 6"),
    "delete a link, close the gap": (delete_a_link_and_close_the_gap, "link 5 does not follow the one before it"),
    "add a link": (add_a_link, "link {next} is not as it was written"),
    "reorder": (swap_two_links, "link 5 does not follow the one before it"),
    "cut": (cut_the_end, "the chain ends with link {before}, and {end} was exported"),
    "put back a removed row": (put_back_a_removed_row, "evidence 2 is there, and link {evidence_2} removed it"),
    "spoil": (spoil_a_row, "node 2 cannot be read (its last link is {node_2})"),
    "move the head": (move_the_head, "the chain ends with link {end}, and not where the records say"),
    "remove the head": (remove_the_head, "the chain ends with link {end}, and not where the records say"),
    "forget": (forget_everything, "the chain ends with link 0, and {end} was exported"),
    "write again without the secret": (write_again(lambda _records: FORGED), "link {person_3} is not as it was written"),
    "write again with the secret": (write_again(own), "link {end_after} is not the one that was exported"),
}
"""Each attack, and what must be said of it; numbers in braces are those of the town."""
