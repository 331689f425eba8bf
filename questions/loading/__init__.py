"""Content files to one checked Questionnaire."""
