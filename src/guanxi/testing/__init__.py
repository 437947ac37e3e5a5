"""Builders and fakes for tests of the platform and of applications."""
