"""Numbers as accessible SVG."""
