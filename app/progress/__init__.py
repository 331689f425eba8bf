"""Coming back: the history of an agency's assessments, and comparisons between them."""
