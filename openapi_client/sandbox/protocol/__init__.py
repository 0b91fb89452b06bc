"""What every request meets, whatever it is about: credentials, limits, idempotency keys, versions, refusals."""
