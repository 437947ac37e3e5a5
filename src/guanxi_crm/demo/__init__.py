"""Demonstration data: a year of a mid-size maker of machine tools. Every name in it is made up."""
