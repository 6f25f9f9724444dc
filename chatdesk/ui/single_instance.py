"""One window a data folder: a second start raises the first window, tells it what to open, and ends."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 1500
LONGEST = 64_000  # bytes of what a later start tells


class SingleInstance(QObject):
    """Holds the lock of a data folder and listens for later starts."""

    raise_requested = Signal()
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
        if connection is not None:
            connection.setReadBufferSize(LONGEST)
            connection.disconnected.connect(connection.deleteLater)
            connection.readyRead.connect(self._hear)
            self._read(connection)
        self.raise_requested.emit()

    def _hear(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket):
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            return
        try:
            target = json.loads(bytes(connection.readLine().data()))
        except ValueError:
            return
        if isinstance(target, str):
            self.open_requested.emit(target)
