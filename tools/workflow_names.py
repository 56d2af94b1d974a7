"""What people may call workflows and sources, for the phrases of the prompts: it changes while the server runs."""

from __future__ import annotations

from kpi.errors import DefinitionError
from kpi.workspace import Workspace
from n8n.service import workflows

Names = dict[str, dict[str, str]]


def spoken_names(workspace: Workspace) -> Names:
    """By slot (``workflow``, ``source``): what is said, and the name it stands for."""
    service = workflows(workspace)
    offers = service.known_offers().values()
    try:
        sources = service.sources()
    except DefinitionError:  # the workspace's own file; the tool says so when a source is asked for
        sources = {}
    return {
        "workflow": {said.lower(): one.id for one in offers for said in (one.id, one.title, *one.says)},
        "source": {said.lower(): name for name, source in sources.items() for said in (name, *source.says)},
    }
