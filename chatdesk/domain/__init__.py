"""The words of the application: frozen values, errors, ports."""
