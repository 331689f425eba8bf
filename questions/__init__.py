"""The questionnaire: its content (YAML) and the pure logic that reads it."""
