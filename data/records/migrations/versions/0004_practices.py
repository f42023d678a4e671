"""Practices: what other places did, for the city to learn from."""

from pathlib import Path

from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """The statements of the file beside this one, which SQLite and PostgreSQL read alike."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
