"""What models are asked for: task files and the words made from them."""
