"""The page of prompt templates and personas, and the form that fills a template."""
