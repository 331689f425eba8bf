"""Tables, migrations and queries: one query module a subject. Nothing here commits."""
