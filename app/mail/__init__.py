"""Emails: composed from templates, stored in an outbox, delivered by SMTP or into a folder."""
