"""YAML files as text and data, and errors that name their file and line."""
