"""How wide the views of the models page are, so that all of them begin at the same edge."""

WIDEST = 1040  # of what a view shows, pixels
MARGIN = 24  # at both sides of it
