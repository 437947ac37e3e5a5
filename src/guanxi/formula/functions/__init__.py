"""The functions of the expression language, a file per family."""
