"""Plans and comparisons as documents."""
