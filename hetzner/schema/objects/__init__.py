"""Objects that stand within others, each without its collection: servers need no operation of images."""
