"""Files of answers: bytes to text, text to answers."""
