"""What can go wrong on demand: which request it happens to, and what its caller sees."""
