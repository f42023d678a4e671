"""A paper by its title, which leads to where it is published."""

from html import escape

PUBLISHED = ("http://", "https://")
"""What an address that people wrote may begin with; anything else is no link."""


def titled(title: str, address: str | None) -> str:
    """The title, which is HTML already, as a link out of the panel where there is an address."""
    if not (address or "").startswith(PUBLISHED):
        return title
    return f'<a href="{escape(str(address))}" target="_blank" rel="noopener noreferrer">{title}</a>'
