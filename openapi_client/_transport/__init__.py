"""One HTTP exchange over urllib3."""
