"""Detection of text that looks like client data."""
