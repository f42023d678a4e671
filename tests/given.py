"""What a page's own components were given: the HTML of a panel, or what an editor, an agenda or notes are to show."""

import json
from typing import Any


def given(component: Any) -> Any:
    """A panel's HTML as text; of the others what they read, as lists and dicts."""
    return json.loads(component.proto.json) if component.proto.json else component.proto.bytes.decode()
