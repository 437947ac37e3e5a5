"""Tools that know nothing of the product: clock, ids, text in two languages, errors, settings."""
