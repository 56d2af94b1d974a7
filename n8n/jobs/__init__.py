"""Jobs: what workflows were asked to do. ``store`` keeps them, ``dispatcher`` sees that each is done, once."""

from n8n.jobs.job import Job, State
from n8n.jobs.store import JobStore

__all__ = ["Job", "JobStore", "State"]
