"""The view of downloads: a queue that can be paused, arranged and emptied."""
