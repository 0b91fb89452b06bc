"""One tenant: what it shares between its requests, and what it begins with."""
