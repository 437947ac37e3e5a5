"""A workspace as one file, made while people work, and a workspace made of such a file."""
