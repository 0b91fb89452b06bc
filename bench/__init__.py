"""What the client costs beside its peers: ``python -m bench``."""
