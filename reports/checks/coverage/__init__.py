"""Proof that every question, option, rule and resource is reached by some answers."""
