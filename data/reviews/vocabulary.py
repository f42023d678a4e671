"""The words of a review's columns."""

PHASES = ("collect", "analyse", "risk", "close")
"""Of a review, one after another, by the days of the month after the one that is reviewed."""

REVIEW_STATES = ("open", "closed")

LIKELIHOODS = ("low", "medium", "high")
"""How likely it is that what could keep a goal from its target comes about."""

VALUE_STATES = ("draft", "sent", "returned", "validated", "published")
"""Of a value that an area owes: typed; handed to the data office; sent back with a question; found right; loaded with the facts."""
