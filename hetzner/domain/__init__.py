"""What the nouns can do: active records, and what may be wanted of each kind."""
