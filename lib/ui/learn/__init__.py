"""The Learn page: its inputs, the training that can be watched, and what was learnt."""
