"""Accounts: signing in, and the agencies that people share assessments in."""
