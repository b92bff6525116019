"""Which folders lie on another machine, and how each is watched."""

from __future__ import annotations

import pytest

from dossier.mounts import Mount, around, below, parse
from dossier.scanner.watch.choose import chosen

TABLE = r"""/dev/sda1 / ext4 rw,relatime 0 0
//may-chu/ho\040so /mnt/h\341\273\223\040s\306\241 cifs rw 0 0
may-chu:/kho /kho/chung nfs4 rw 0 0
/dev/sdb1 /kho ext4 rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdc1 /usb fuseblk rw 0 0
hỏng
""".encode()


def test_escapes_in_mount_points_are_undone() -> None:
    assert Mount("/mnt/hồ sơ".encode(), "cifs", b"//may-chu/ho so") in parse(TABLE)


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("/home/an", False),
        ("/mnt/hồ sơ/2024", True),
        ("/mnt/hồ sơ khác", False),
        ("/kho", False),
        ("/kho/chung", True),
        ("/kho/chung nhà", False),
        ("/run/user/1000/gvfs/smb-share", True),
        ("/usb/kho", False),
    ],
)
def test_nearest_mount_decides(folder: str, remote: bool) -> None:
    mount = around(folder.encode(), parse(TABLE))
    assert mount is not None
    assert mount.remote is remote


def test_last_mount_at_one_point_hides_the_others() -> None:
    mount = around(b"/kho", [Mount(b"/kho", "ext4"), Mount(b"/kho", "nfs")])
    assert mount is not None
    assert mount.remote


def test_shares_below_an_archive_are_found() -> None:
    assert [mount.point for mount in below(b"/kho", parse(TABLE))] == [b"/kho/chung"]


def test_local_archive_with_a_share_in_it_is_watched_in_both_ways() -> None:
    found = chosen(b"/kho", parse(TABLE), 10)
    assert [(o.folder, o.name == "polling", o.remote) for o in found] == [
        (b"/kho", False, False),
        (b"/kho/chung", True, True),
    ]


def test_archive_on_a_share_is_listed_again_and_again_and_says_why() -> None:
    (observer,) = chosen("/mnt/hồ sơ/kho".encode(), parse(TABLE), 10)
    assert (observer.name, observer.folder) == ("polling", "/mnt/hồ sơ/kho".encode())
    assert "cifs" in observer.why


def test_system_without_a_table_of_mounts_is_taken_for_local() -> None:
    assert [o.remote for o in chosen(b"/kho", [], 10)] == [False]
