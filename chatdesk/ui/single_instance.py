"""One window a data folder: a second start raises the first window, tells it what to open, and ends."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from chatdesk.flows.opening import QUICK_ASK

PATIENCE_MS = 1500
LONGEST = 64_000  # bytes of what a later start tells


class SingleInstance(QObject):
    """Holds the lock of a data folder and listens for later starts."""

    raise_requested = Signal()  # unless it was asked for the small window alone
    open_requested = Signal(object)  # str that a later start was asked to open; a QString would lose bytes

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        # The name of a socket has to be short; a hash of the folder keeps different folders apart.
        self._name = "chatdesk-" + hashlib.sha256(str(lock).encode()).hexdigest()[:16]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self, target: str = "") -> bool:
        """Become the one instance; False when another one lives, which has been asked to come forward and,
        unless it is empty, to open `target`.
        """
        if not self._lock.tryLock(0):
            self._call_first(target)
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _call_first(self, target: str) -> None:
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE_MS):
            return
        if target:
            # One line, whatever a path may hold.
            socket.write(json.dumps(target).encode() + b"\n")
            socket.waitForBytesWritten(PATIENCE_MS)
        socket.disconnectFromServer()
        if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(PATIENCE_MS)

    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.setReadBufferSize(LONGEST)
        connection.disconnected.connect(self._hear)
        connection.disconnected.connect(connection.deleteLater)
        connection.readyRead.connect(self._hear)
        self._read(connection)

    def _hear(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket):
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        """Do what a later start asks for, once it is known what that is."""
        gone = connection.state() is QLocalSocket.LocalSocketState.UnconnectedState
        full = connection.bytesAvailable() >= LONGEST
        whole = connection.canReadLine()
        if connection.property("heard") or not (whole or full or gone):
            return
        connection.setProperty("heard", True)
        target = _target(bytes(connection.readLine().data())) if whole else ""
        if target != QUICK_ASK:
            self.raise_requested.emit()
        if target:
            self.open_requested.emit(target)


def _target(line: bytes) -> str:
    """Return what a later start tells, "" for what is not understood."""
    try:
        target = json.loads(line)
    except ValueError:
        return ""
    return target if isinstance(target, str) else ""
