"""Who people are and how they prove it: people, departments, passwords, sessions, tokens."""
