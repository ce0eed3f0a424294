"""Results as files and sources that a visitor takes away."""
