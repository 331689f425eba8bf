"""Tables, migrations and queries. Callers commit, except for key rotation and rate limits."""
