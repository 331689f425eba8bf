"""Agencies: people who share self-checks, what each may do, and how one joins and leaves."""
