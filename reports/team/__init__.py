"""The team's work on a plan."""
