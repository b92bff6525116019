"""A real file server for tests: Samba on the loopback, and machines that mount its share with smbnetfs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_PROGRAMS = ("smbd", "smbnetfs", "fusermount")
_SERVER = """[global]
  server role = standalone server
  interfaces = {address}/8
  bind interfaces only = yes
  disable netbios = yes
  smb ports = 445
  map to guest = Bad User
  guest account = root
  load printers = no
  private dir = {state}
  lock directory = {state}
  state directory = {state}
  cache directory = {state}
  pid directory = {state}
  ncalrpc dir = {state}/ncalrpc
  log file = {state}/log
[kho]
  path = {files}
  guest ok = yes
  read only = no
  force user = root
"""
_CLIENT = """[global]
  client min protocol = SMB2
"""
_MOUNT = """smb_query_browsers "false"
use_libsecret "false"
"""


def lacking() -> str:
    """Why there can be no share on this machine; empty when there can."""
    missing = [name for name in _PROGRAMS if shutil.which(name, path=_path()) is None]
    if missing:
        return f"{', '.join(missing)} missing: ./run test installs them in CI"
    return "" if os.geteuid() == 0 and Path("/dev/fuse").exists() else "only root may serve and mount a share"


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


class Share:
    """One server with the share ``kho``, at an address of its own. ``files``: what it serves, as on its disk.
    ``stop`` takes everything away."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dossier-smb-"))
        self.files = self.folder / "files"
        self.address = f"127.{os.getpid() >> 14 & 127}.{os.getpid() >> 7 & 127}.{os.getpid() & 127 or 1}"
        self._mounts: list[Path] = []
        state = self.folder / "server"
        for made in (self.files, state):
            made.mkdir()
        conf = self.folder / "smb.conf"
        conf.write_text(_SERVER.format(address=self.address, state=state, files=self.files))
        self._server = subprocess.Popen(
            ["smbd", "-F", "--no-process-group", "-s", conf],
            start_new_session=True,  # it ends with all of its process group
            env={**os.environ, "PATH": _path()}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait(lambda: _answers(self.address), "the server does not start")

    def mount(self) -> Path:
        """The share as one more machine sees it."""
        home = Path(tempfile.mkdtemp(prefix="machine-", dir=self.folder))
        settings, network = home / ".smb", home / "network"
        for made in (settings, network):
            made.mkdir(mode=0o700)
        for name, told in (("smb.conf", _CLIENT), ("smbnetfs.conf", _MOUNT)):
            (settings / name).write_text(told)
            (settings / name).chmod(0o600)
        command = ["smbnetfs", str(network), "-o", f"config={settings / 'smbnetfs.conf'}"]
        subprocess.run(command, check=True, env={**os.environ, "HOME": str(home)}, timeout=30)
        self._mounts.append(network)
        share = network / self.address / "kho"
        _wait(lambda: _listed(share), "the share does not answer")
        return share

    def stop(self) -> None:
        for network in self._mounts:
            subprocess.run(["fusermount", "-u", "-z", network], check=False)
        self._server.terminate()
        self._server.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


def _wait(holds: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.2)


def _answers(address: str) -> bool:
    # Before it does nothing may be mounted: a server that was not there once is not asked again for long.
    try:
        socket.create_connection((address, 445), 1).close()
    except OSError:
        return False
    return True


def _listed(folder: Path) -> bool:
    try:
        os.listdir(folder)
    except OSError:
        return False
    return True
