"""What is stored about people: the page that says so, taking it along, and deleting it."""
