"""The type of what ``_preload_content=False`` returns, for those above who only mention it."""

from urllib3 import HTTPResponse as HTTPResponse
