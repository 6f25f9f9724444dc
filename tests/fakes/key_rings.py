"""Key rings for tests, chosen by their names in PYTHON_KEYRING_BACKEND."""

import threading
from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class Memory(KeyringBackend):
    """Keeps everything in `held`, as long as the process lives."""

    priority = 5
    held: ClassVar = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


class Locked(Memory):
    """Its user dismisses the question for the password; `asked` counts how often he was asked."""

    asked = 0

    def get_password(self, *_):
        type(self).asked += 1
        raise KeyringLocked("Failed to unlock the collection!")

    set_password = delete_password = get_password


class Careless(Memory):
    """Tells the secret in its errors."""

    def set_password(self, service, username, password):
        raise RuntimeError(f"cannot store {password}")


class Hanging(Memory):
    """Does not answer before `end` is set."""

    end = threading.Event()

    def get_password(self, service, username):
        self.end.wait(30)

    def set_password(self, service, username, password):
        self.end.wait(30)


class ClearText(Memory):
    """Encrypts nothing, so that the library does not recommend it."""

    priority = 0.5
