"""The parts of the Inverse page."""
