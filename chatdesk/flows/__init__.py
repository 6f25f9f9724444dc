"""What a user can do: generators that read from top to bottom."""
