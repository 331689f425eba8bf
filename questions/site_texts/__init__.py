"""Types of the texts of the site."""
