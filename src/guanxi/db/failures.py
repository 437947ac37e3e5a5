"""How the database fails, for those above who answer it without knowing the driver."""

import psycopg
from psycopg_pool import PoolTimeout

#: It does not answer, or not in time.
DatabaseAway: tuple[type[Exception], ...] = (psycopg.OperationalError, PoolTimeout)

#: It was stopped, for it took too long. One of those that are away, too.
TookTooLong: type[Exception] = psycopg.errors.QueryCanceled

#: It refuses a value: characters it cannot keep, numbers beyond all limits.
UnusableValue: type[Exception] = psycopg.DataError

#: It refuses a row: a value that is taken, a reference to nothing.
BrokenRule: type[Exception] = psycopg.IntegrityError

#: Anything the database may say; for loops that must go on.
AnyFailure: tuple[type[Exception], ...] = (psycopg.Error, PoolTimeout)

#: It cannot make sense of a statement, or will not do what it says.
WrongStatement: tuple[type[Exception], ...] = (
    psycopg.ProgrammingError,
    psycopg.NotSupportedError,
    psycopg.InternalError,
)
