"""Text that looks like client data."""
