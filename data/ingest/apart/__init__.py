"""Reading files in a process of their own, so that a file that kills its reader kills nothing else.

    propose_apart(path, definitions, name, given)    as `data.proposal.propose`
    fitting_apart(files, definitions)                the saved sources whose columns are all in the files
    read_apart(files, source, definitions)           as `data.ingest.read_all`

The process may use so much memory and so much time (`limits`); whatever ends it, the caller is told by Refused.
"""

from data.ingest.apart.jobs import Read
from data.ingest.apart.parent import fitting_apart, propose_apart, read_apart

__all__ = ["Read", "fitting_apart", "propose_apart", "read_apart"]
