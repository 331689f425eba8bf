"""The addresses in the content, and what is known of each."""
