"""A Secret Service on a private D-Bus, run as a program: secret_service.py ADDRESS open|locked|silent.

It knows what a client needs to keep, read and delete secrets; `locked` asks for a password and takes none,
`silent` answers nobody.
"""

import sys

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

ITEM = "org.freedesktop.Secret.Item"
PROMPT = "org.freedesktop.Secret.Prompt"
NONE = "/"  # where a client does not need to ask its user


class SecretService:
    def __init__(self, line, locked):
        self._line = line
        self._locked = locked
        self._items = {}  # path: (attributes, secret)
        self._answers = {
            "Get": self._get,
            "OpenSession": self._open_session,
            "SearchItems": self._search,
            "CreateItem": self._create,
            "GetSecret": self._secret,
            "Delete": self._delete,
            "Unlock": lambda message: ("aoo", ([], "/prompt")),
            "Prompt": self._prompt,
        }

    def serve(self):
        while True:
            message = self._line.receive()
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message):
        member = message.header.fields[HeaderFields.member]
        found = self._answers[member](message)
        if found is None:
            self._line.send(new_error(message, "org.freedesktop.DBus.Error.NotSupported"))
        else:
            self._line.send(new_method_return(message, *found))
        if member == "Prompt":
            prompt = DBusAddress("/prompt", interface=PROMPT)
            self._line.send(new_signal(prompt, "Completed", "bv", (True, ("ao", []))))

    def _get(self, message):
        values = {"Label": ("s", "Default"), "Locked": ("b", self._locked)}
        return "v", (values[message.body[1]],)

    def _open_session(self, message):
        return ("vo", (("s", ""), "/session")) if message.body[0] == "plain" else None

    def _search(self, message):
        wanted = message.body[0].items()
        return "ao", ([path for path, (known, _) in self._items.items() if wanted <= known.items()],)

    def _create(self, message):
        properties, secret, _ = message.body
        attributes = properties[f"{ITEM}.Attributes"][1]
        same = [path for path, (known, _) in self._items.items() if known == attributes]
        path = same[0] if same else f"/org/freedesktop/secrets/item{len(self._items)}"
        self._items[path] = attributes, secret[2]
        return "oo", (path, NONE)

    def _secret(self, message):
        path = message.header.fields[HeaderFields.path]
        return "(oayays)", (("/session", b"", self._items[path][1], "text/plain"),)

    def _delete(self, message):
        del self._items[message.header.fields[HeaderFields.path]]
        return "o", (NONE,)

    def _prompt(self, message):
        return "", ()


def main():
    line = open_dbus_connection(sys.argv[1])
    line.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
    print("ready", flush=True)
    if sys.argv[2] == "silent":
        sys.stdin.read()
    else:
        SecretService(line, sys.argv[2] == "locked").serve()


if __name__ == "__main__":
    main()
