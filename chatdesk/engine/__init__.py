"""Run a model: a child process, its protocol and what runs in it."""
