"""Renders the API classes, the models, their pages and the sandbox's description from one description."""
