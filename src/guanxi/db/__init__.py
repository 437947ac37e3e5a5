"""PostgreSQL: the embedded server, the pool, the unit of work, locks, notifications, migrations."""
