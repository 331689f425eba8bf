"""From answers to documents: priorities, the action plan, and its files. Pure but for pdf.py."""
