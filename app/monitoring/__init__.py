"""Logs, metrics, health and security events."""
