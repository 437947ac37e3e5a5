"""The command line: what an operator does without a browser."""
