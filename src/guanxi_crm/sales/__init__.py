"""Sales: from the account to the closed opportunity."""
