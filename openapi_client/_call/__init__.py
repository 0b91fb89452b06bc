"""The life of a call: tokens, attempts, waits, and what it comes to."""
