"""The plan as a spreadsheet."""
