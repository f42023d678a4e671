"""What may be wrong with a link of the audit chain, in words."""

from data.problems import N_

Fault = tuple[str, str]
"""What is wrong with a link, said where it is the only such one, and where there are more."""
MISSING = (N_("links are missing before link {seq}"), N_("links are missing before link {seq} (and {more} more)"))
ORDER = (N_("link {seq} does not follow the one before it"), N_("link {seq} does not follow the one before it (and {more} more)"))
UNSIGNED = (
    N_("link {seq} is not as it was written: it was changed, or written by somebody who has not the secret"),
    N_("link {seq} is not as it was written: it was changed, or written by somebody who has not the secret (and {more} more)"),
)
CONTENT = (
    N_("what link {seq} keeps of its row is not what was written"),
    N_("what link {seq} keeps of its row is not what was written (and {more} more)"),
)
AGAIN = (
    N_("link {seq} is not the one that was exported: an older copy of the records was put back, or the chain was written again"),
    N_(
        "link {seq} is not the one that was exported: an older copy of the records was put back, or the chain was written again "
        "(and {more} more)"
    ),
)
