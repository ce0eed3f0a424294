"""The browser that the tests drive: the system's Chromium or Chrome, else Playwright's own.

Run as a script it installs one where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def system_browser() -> str | None:
    """The path of the system's Chromium or Chrome, or None."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), MAC if os.path.exists(MAC) else None)


def playwright_browser() -> str | None:
    """The path of Playwright's own Chromium if it has been downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def apt_install(*packages: str) -> bool:
    """Whether Debian's or Ubuntu's package manager is here, run by root, and installed the packages."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {', '.join(packages)} with apt-get", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
    return subprocess.run(["apt-get", "install", "-y", "-q", *packages], check=False, **quiet).returncode == 0


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese; True where there is no fontconfig to ask."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout)


def install() -> None:
    """Install a browser, and a Chinese font for it, where they are missing."""
    if not (system_browser() or playwright_browser() or (apt_install("chromium") and system_browser())):
        print("Downloading Playwright's Chromium", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    if not has_chinese_font() and not apt_install("fonts-noto-cjk"):
        print("No Chinese font found: the pictures of the Chinese pages will show boxes", flush=True)


if __name__ == "__main__":
    install()
