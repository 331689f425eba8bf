"""What an administrator or the server does: start, migrate, back up, purge."""
