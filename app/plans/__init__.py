"""The plan of a finished assessment: on screen and as files."""
