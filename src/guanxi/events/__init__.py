"""The change log: its partitions, those who follow it, and what goes out live."""
