"""Every error this project raises on purpose, in one tree.

    PlatformError                 the root: its text is fit for a person and says what to do next
    ├─ DefinitionError            a YAML or Markdown definition of ours is malformed (an engineer reads it)
    ├─ SettingsError              a setting in the environment is not usable
    ├─ InvalidQuery               a MetricQuery names what the model doesn't have, or contradicts itself
    │  └─ RevenueUnknown          it asks for revenue where no loaded file holds any
    ├─ QueryTimeout               a query ran over its time limit and was stopped
    ├─ Cancelled                  nobody waits for the answer any more
    ├─ SqlRejected                the guard refused SQL that the compiler did not write
    ├─ SqlStopped                 SQL that the guard let pass ran into a limit, or failed while it ran
    ├─ WorkspaceError             the workspace can't be used
    │  ├─ WorkspaceBusy           another process holds it
    │  ├─ UnknownBatch            no load has that id
    │  └─ UnknownJob              no job has that number
    ├─ SignatureRefused           a message's signature is wrong, too old, or was used before
    ├─ WorkflowRefused            a workflow can't be run as asked; trying again as it is doesn't help
    ├─ PictureUnavailable         a chart can't be drawn as a picture, or is not kept any more
    ├─ N8nAway                    n8n doesn't answer; it may later
    └─ LoadRefused                a file can't be loaded; carries the reason code of the contract

This module imports nothing of ours, so that every layer may raise from it.
"""

from __future__ import annotations


class PlatformError(Exception):
    """Root of the project's errors. ``str(error)`` is one line for the person who caused or met it."""

    code = "error"


class DefinitionError(PlatformError):
    code = "definition_error"


class SettingsError(PlatformError):
    code = "settings_error"


class InvalidQuery(PlatformError):
    code = "invalid_query"


class RevenueUnknown(InvalidQuery):
    code = "revenue_unknown"


class QueryTimeout(PlatformError):
    code = "query_timeout"


class Cancelled(PlatformError):
    code = "cancelled"


class SqlRejected(PlatformError):
    code = "sql_rejected"


class SqlStopped(PlatformError):
    code = "sql_stopped"


class WorkspaceError(PlatformError):
    code = "workspace_error"


class WorkspaceBusy(WorkspaceError):
    code = "workspace_busy"


class UnknownBatch(WorkspaceError):
    code = "unknown_batch"


class UnknownJob(WorkspaceError):
    code = "unknown_job"


class SignatureRefused(PlatformError):
    code = "signature_refused"


class WorkflowRefused(PlatformError):
    code = "workflow_refused"


class PictureUnavailable(PlatformError):
    code = "picture_unavailable"


class N8nAway(PlatformError):
    code = "n8n_away"


class LoadRefused(PlatformError):
    """A file that is not loaded. ``reason`` is one of the codes of ``docs/contracts.md``."""

    code = "load_refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
