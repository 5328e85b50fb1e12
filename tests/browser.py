"""Find a browser on this machine, or install one: ``python -m tests.browser``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SHELL = "chromium-headless-shell"
"""Chromium that never had a window: it opens a page in half the time."""
NAMES = (SHELL, "google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
# A test's browser talks to pages on this machine only; the first is needed where a test runs as root.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Maps are drawn by WebGL, also where there is no graphics card.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)


def find() -> str | None:
    """The path of a browser: Chrome or Chromium of this machine, or the one that Playwright installed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """See to a browser: from Debian where that can be, else what is there, else Playwright's own."""
    if shutil.which(SHELL) or _from_debian(SHELL) or find():
        return
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(own, check=False).returncode and not _from_debian("chromium"):
        sys.exit("No browser was found. Install Chromium or Chrome, and run this again.")


def _from_debian(package: str) -> bool:
    """Install a package where somebody may; false where that did not work."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], check=False)
    asked = ["apt-get", "install", "--yes", "--quiet", package]
    return subprocess.run(asked, check=False, env=environment).returncode == 0


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser without a window."""
    path = find()
    if path is None:
        raise RuntimeError("there is no browser: run `make test`, which installs one")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield running
        finally:
            running.close()


if __name__ == "__main__":
    install()
