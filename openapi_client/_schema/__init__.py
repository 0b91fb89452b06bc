"""Models, the kinds of value they hold, and the wire format."""
