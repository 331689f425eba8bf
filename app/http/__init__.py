"""What every request and response goes through."""
