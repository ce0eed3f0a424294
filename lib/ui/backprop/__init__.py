"""What the Backprop page draws."""
