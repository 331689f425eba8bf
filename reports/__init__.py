"""From answers to documents: priorities, the action plan, and its files.

Pure: the same answers and day give the same bytes. Only `documents/pdf/worker.py` starts a process.
"""
