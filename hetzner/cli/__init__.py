"""What is said to people: the commands, and everything they print."""
