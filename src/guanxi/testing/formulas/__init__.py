"""Random formulas over random records, and the engines that must agree on them."""
