"""Many cities side by side: which of them needs a call first, and why."""
