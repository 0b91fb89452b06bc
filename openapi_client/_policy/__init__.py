"""Immutable values that decide; nothing here sleeps or sends."""
