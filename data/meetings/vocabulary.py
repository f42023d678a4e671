"""The words of a meeting's columns."""

MEETING_STATES = ("planned", "open", "held")

ITEM_KINDS = ("goal", "action", "follow_up", "concern", "other")
"""What an item of the agenda is about."""

WHYS = ("worsened", "unlikely", "spending", "milestone", "stale", "overdue", "concern", "added")
"""Why an item is on the agenda: a goal got worse and it is a signal; off track with a low chance; spending outpaces delivery; a milestone
is missed; its figure is too old; a follow-up is overdue; somebody raised a concern; somebody asked for it."""

NOTE_PARTS = ("discussed", "decided", "why", "evidence")
"""What is written down of an item: what was said, what was decided, the justification, the evidence that is asked for."""

FOLLOW_UP_STATES = ("open", "done", "dropped")

CONCERN_STATES = ("raised", "answered", "decided", "closed")
