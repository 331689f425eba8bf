"""Checks of the content for the command line."""
