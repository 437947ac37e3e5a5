"""Exact decimals: parsing, rounding half up."""

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

#: Enough digits for every column we have; rounding is half away from zero as in PostgreSQL.
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def parse_decimal(raw: str) -> Decimal | None:
    """A plain decimal (`-12.50`, `1e3`), or None when it is not one. Infinity and NaN are not."""
    try:
        value = EXACT.create_decimal(raw.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounded half away from zero to so many decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=EXACT)


def plain(number: Decimal) -> str:
    """Without exponent and needless zeros."""
    if not number:
        return "0"
    text = str(number)
    if "E" in text:
        text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
