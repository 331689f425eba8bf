"""The wizard: start, pages, pause and return, check, finish."""
