"""Settings, read from the environment once at start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from guanxi.kit.text import Locale, choose_locale


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set. Each field is the environment variable `GUANXI_<NAME>`."""

    #: Where data lies: the embedded database, uploads, logs.
    data_dir: Path = Path(".data")
    #: The keys that secrets are sealed with; secret.key below the data directory unless set. All processes need the same.
    key_file: Path | None = None
    #: An own PostgreSQL (16 to 18) instead of the embedded one, e.g. postgresql://user@host/guanxi.
    database_url: str | None = None
    #: Name of the workspace of this installation; its schema is `ws_<name>`.
    workspace: str = "main"
    #: Zone of the workspace when it is first made; "days" are days of this zone.
    time_zone: str = "Asia/Shanghai"
    #: Currency of the workspace when it is first made (ISO 4217).
    currency: str = "CNY"
    #: Language of the workspace when nobody says otherwise.
    locale: Locale = "zh-CN"
    #: Address and port to serve on.
    host: str = "127.0.0.1"
    port: int = 8000
    #: Demonstration data and sign-ins.
    demo: bool = False
    #: Connections to the database kept by one process.
    pool_size: int = 8
    #: Cookies are sent over HTTPS only.
    secure_cookies: bool = False
    #: Addresses of proxies whose X-Forwarded-For is believed, separated by commas.
    trusted_proxies: str = ""
    #: Largest upload in megabytes, of imports and of files; a field may take less.
    upload_limit_mb: int = 200
    #: How many seconds a statement of a request may take; 0: for ever. Jobs have no limit.
    statement_seconds: int = 30
    #: How much the log says: debug, info, warning, error.
    log_level: str = "info"
    #: Lines of the log: "text" to read, "json" to collect.
    log_format: str = "text"

    @property
    def workspace_schema(self) -> str:
        return f"ws_{self.workspace}"


class InvalidSettingError(ValueError):
    """An environment variable holds something its setting cannot be."""


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from `GUANXI_*`, overridden by arguments that are not None.

    Raises InvalidSettingError naming the variable.
    """
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        variable = f"GUANXI_{setting.name.upper()}"
        if variable in source:
            values[setting.name] = _convert(variable, source[variable], setting.default)
    values.update({name: value for name, value in overrides.items() if value is not None})
    return Settings(**values)


def _convert(variable: str, raw: str, default: object) -> object:
    if isinstance(default, bool):
        if raw.lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise InvalidSettingError(f"{variable} is yes or no, not {raw!r}.")
    if isinstance(default, int):
        try:
            return int(raw)
        except ValueError:
            raise InvalidSettingError(f"{variable} is a whole number, not {raw!r}.") from None
    if isinstance(default, Path) or variable == "GUANXI_KEY_FILE":
        return Path(raw).expanduser()
    if variable == "GUANXI_LOCALE":
        return choose_locale(raw)
    return raw
