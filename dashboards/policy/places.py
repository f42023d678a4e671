"""Where the page of a policy says what was done."""

PLACE = "policy"
