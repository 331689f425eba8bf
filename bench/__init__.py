"""The benchmark, `make bench`: each figure next to a baseline from the same run."""
