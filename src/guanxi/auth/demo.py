"""Who can sign in where demonstration data was installed."""

from typing import Final

DEMO_PASSWORD: Final = "guanxi-demo"  # noqa: S105 - printed for everybody to see

#: In the order in which they are offered.
DEMO_EMAILS: Final = (
    "admin@example.com",
    "manager@example.com",
    "rep1@example.com",
    "rep2@example.com",
)
