"""The contrast of two colors, as WCAG 2.2 defines it."""

from __future__ import annotations


def luminance(color: str) -> float:
    """Return the relative luminance of a color such as #07648d, plus the 0.05 of the contrast formula."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors: 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return lighter / darker
