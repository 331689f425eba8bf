"""The addresses in the content, and the results of checking them."""
