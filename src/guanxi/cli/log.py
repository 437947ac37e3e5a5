"""The log of a process: lines to read, or JSON to collect."""

import logging
import sys

import structlog

from guanxi.kit.settings import Settings


def configure_log(settings: Settings) -> None:
    """Everything that is logged goes to standard error in one form, at the level of the settings."""
    ahead: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=settings.log_format == "json"),
        structlog.stdlib.ExtraAdder(),
    ]
    if settings.log_format == "json":
        ahead.append(structlog.processors.format_exc_info)
        last: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        last = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=ahead,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    for chatty in ("uvicorn.error", "psycopg.pool", "alembic"):
        logging.getLogger(chatty).setLevel(
            logging.DEBUG if settings.log_level == "debug" else logging.WARNING
        )
