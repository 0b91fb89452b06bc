"""The command line, ``zuora-journal-runs`` and ``python -m openapi_client``; nothing else imports it."""
