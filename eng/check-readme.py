#!/usr/bin/env python3
"""Does word for word what README.md tells a newcomer, in an empty folder, and fails where it does not work.

    eng/check-readme.py                    all but blocks marked "slow"
    eng/check-readme.py --slow             those too
    eng/check-readme.py --keep-feed DIR    and keeps the packages that the README had made, for eng/check-packages.py --feed DIR

The README's fenced blocks say in their info string what they are; what a page viewer shows is unchanged by that:

    sh run [in=FOLDER] [slow]      commands, one shell for all blocks, so that a "cd" stays; in=FOLDER runs them in a folder of the work folder
    sh background until=WORD       a command that stays; the next block begins once it has printed WORD
    LANGUAGE file=PATH...          a file to write, below the work folder
    text output                    lines that the block before must have printed

The work folder starts out with one entry, trunkline: the files of this tree that git knows or would add, without anything that was built.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 600  # seconds for one block
FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Shell:
    """Runs blocks one after another and carries the current folder from one to the next."""

    def __init__(self, work, environment):
        self.work = self.folder = work
        self.environment = environment
        # A package cache of its own for the newcomer's projects: a package of an earlier build with the same version must not stand in for today's.
        self.newcomer = {**environment, "NUGET_PACKAGES": str(work / ".packages")}
        self.background = []
        self.printed = ""

    def run(self, commands, folder=None):
        where = self.work / folder if folder else self.folder
        mark = "--folder--"
        script = f"set -e\n{commands}\necho '{mark}'\npwd\n"
        environment = self.environment if where == self.work or folder else self.newcomer
        done = subprocess.run(["bash", "-c", script], cwd=where, env=environment, text=True, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.printed, _, rest = done.stdout.partition(mark)
        print(self.printed, end="")
        if done.returncode:
            fail(f"exit code {done.returncode} of:\n{commands}")
        if not folder:
            self.folder = Path(rest.strip())

    def start(self, commands, word):
        log = tempfile.TemporaryFile("w+")
        process = subprocess.Popen(["bash", "-c", commands], cwd=self.folder, env=self.newcomer, text=True,
                                   stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        self.background.append(process)
        for _ in range(LIMIT * 10):
            log.seek(0)
            if word in log.read():
                return
            if process.poll() is not None:
                break
            time.sleep(0.1)
        log.seek(0)
        fail(f"'{word}' was not printed by:\n{commands}\n{log.read()}")

    def stop(self):
        for process in self.background:
            if process.poll() is None:
                process.stdin.write("\n")  # Enter stops the server, says the server.
                process.stdin.close()
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    fail("the server did not stop when Enter was pressed")


def fail(message):
    print(f"README: {message}", file=sys.stderr)
    sys.exit(1)


def copy_tree(target):
    # In a build container the tree often belongs to another user; listing its files is safe all the same.
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, names.decode().split("\0")):
        source, copy = ROOT / name, target / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())


def follow(text, shell, slow):
    """Follows the README from top to bottom; returns how many blocks it followed."""
    followed = 0
    for block in FENCE.finditer(text):
        language, *marks = block["info"].split()
        body = block["body"]
        values = {key: value for key, _, value in (mark.partition("=") for mark in marks)}
        files = [mark.removeprefix("file=") for mark in marks if mark.startswith("file=")]
        if not marks or ("slow" in marks and not slow):
            continue
        print(f"-- {block['info']}", flush=True)
        followed += 1
        for name in files:
            (shell.work / name).write_text(body)
        if language == "sh" and "background" in marks:
            shell.start(body, values["until"])
        elif language == "sh":
            shell.run(body, values.get("in"))
        elif "output" in marks and body.strip() not in shell.printed:
            fail(f"this should have been printed:\n{body}")
    return followed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--keep-feed", type=Path)
    arguments = parser.parse_args()
    text = (ROOT / "README.md").read_text()
    with tempfile.TemporaryDirectory(prefix="readme-") as folder:
        work = Path(folder).resolve()
        copy_tree(work / "trunkline")
        shell = Shell(work, {**os.environ, "DOTNET_NOLOGO": "1", "MSBUILDDISABLENODEREUSE": "1"})
        try:
            followed = follow(text, shell, arguments.slow)
            if arguments.keep_feed:
                shutil.copytree(work / "feed", arguments.keep_feed, dirs_exist_ok=True)
        finally:
            shell.stop()
    if not followed:
        fail("no block was followed; are the marks gone?")
    print(f"README: {followed} blocks followed, all work")


main()
