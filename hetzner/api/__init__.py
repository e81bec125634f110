"""How to talk to the API: clients, retries, pages, waiting, errors."""
