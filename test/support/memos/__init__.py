"""An invented domain: memos in boxes. It is all that is needed for a sandbox to serve them."""
