"""Answers to an action plan."""
