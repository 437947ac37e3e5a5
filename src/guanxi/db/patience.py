"""How long the statements of whoever is at work may take. Requests have a limit, jobs have none."""

from contextvars import ContextVar

#: Milliseconds as PostgreSQL takes them; 0: for ever. Kept for the task that sets it and what it starts.
statement_limit: ContextVar[str] = ContextVar("statement_limit", default="0")

#: Sent ahead of every statement of a workspace, for its transaction alone.
ENTER = "select set_config('search_path', %s, true), set_config('statement_timeout', %s, true)"

#: Sent before anything else by whoever reads for long and wants to see one moment.
STAND_STILL = "set transaction isolation level repeatable read, read only"
