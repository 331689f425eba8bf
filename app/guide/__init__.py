"""The federal guide this tool follows, in plain words."""
