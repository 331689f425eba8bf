"""Published versions of the content, and answers that move between them."""
