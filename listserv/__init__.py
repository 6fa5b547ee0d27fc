"""Quietlist: email groups for people who must be able to stay anonymous."""

__version__ = "0.1.0"
