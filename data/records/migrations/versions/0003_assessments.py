"""Policies, their assessments and how each criterion was judged."""

from pathlib import Path

from alembic import op

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """The statements of the file beside this one, which SQLite and PostgreSQL read alike."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
