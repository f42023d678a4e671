"""What tables are made of, said once."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String

metadata = MetaData()


def identifier() -> Column:
    """The row's number, which its verb gives, and which is never used again."""
    return Column("id", Integer, primary_key=True, autoincrement=False)


def row_version() -> Column:
    """Counted up by every change, so that a change of an older one is refused."""
    return Column("version", Integer, nullable=False)


def to(table: str, name: str | None = None, *, needed: bool = False) -> Column:
    """The row of another table, by the table's own name unless it has another here."""
    return Column(name or table, Integer, ForeignKey(f"{table}.id"), nullable=not needed)


def one_of(name: str, values: tuple[str, ...], *, needed: bool = True) -> tuple[Column, CheckConstraint]:
    """A column that holds one of some words, and the rule that it does."""
    listed = ", ".join(f"'{value}'" for value in values)
    return Column(name, String(40), nullable=not needed), CheckConstraint(f"{name} in ({listed})")
