"""Reading files in a process of their own, so that a file that kills its reader kills nothing else.

    propose_apart(path, definitions, name, given)    as `data.proposal.propose`
    fitting_apart(files, definitions)                the saved sources whose columns are all in the files
    read_apart(files, source, definitions)           as `data.ingest.read_all`
    found_apart(job, kind)                           what another job finds: an area's sheet, the workbook of a plan

The process may use so much memory and so much time (`limits`); whatever ends it, the caller is told by Refused.
"""

from data.ingest.apart.jobs import Job, Read
from data.ingest.apart.limits import USUAL, Limits
from data.ingest.apart.parent import fitting_apart, found_apart, propose_apart, read_apart

__all__ = ["USUAL", "Job", "Limits", "Read", "fitting_apart", "found_apart", "propose_apart", "read_apart"]
