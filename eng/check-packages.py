#!/usr/bin/env python3
"""Meets the packages as a stranger does: from a folder feed, in projects outside this tree.

    eng/check-packages.py                pack into a feed of its own, then check
    eng/check-packages.py --feed DIR     check the packages that lie in DIR
    eng/check-packages.py --twice        also pack a copy of the tree in another folder: all assemblies must be the same byte for byte

It makes a service and a client from the templates, builds and runs them, looks at what lies in their output, publishes the client trimmed and runs that,
installs the tools and compiles with them. It prints sizes and start-up times; times are for people to read and fail nothing.
"""

import argparse
import hashlib
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 600  # seconds for one command
STARTS = 5
FEED = "https://api.nuget.org/v3/index.json"


class Failure(Exception):
    """Something that a user would stumble over."""


def run(*command, cwd=None, environment=None, expect=0):
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=environment, text=True, timeout=LIMIT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != expect:
        raise Failure(f"exit code {done.returncode} of {' '.join(str(word) for word in command)}:\n{done.stdout[-4000:]}")
    return done.stdout


def say(text):
    print(text, flush=True)


def pack(tree, feed):
    # Without a build server that would hold on to assemblies of an earlier tree.
    run("dotnet", "pack", tree / "Trunkline.slnx", "-c", "Release", "-o", feed, "-v", "quiet", "-p:TrunklineToolPlatforms=own", "-nodeReuse:false")


def packages(feed):
    return sorted(feed.glob("*.nupkg"))


def check_contents(feed):
    """What every package must have, and what none may have."""
    versions = set()
    for path in packages(feed):
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            nuspec = package.read(next(name for name in names if name.endswith(".nuspec"))).decode()
            versions.add(re.search("<version>(.*)</version>", nuspec)[1])
            for need in ("<description>", "<license type", "<readme>README.md", "<authors>"):
                if need not in nuspec:
                    raise Failure(f"{path.name} lacks {need}")
            if "README.md" not in names:
                raise Failure(f"{path.name} has no readme")
            for name in names:
                if name.endswith(".dll") and "/Trunkline" in name and str(ROOT).encode() in package.read(name):
                    raise Failure(f"{name} in {path.name} holds the path of the tree that it was built in")
            has_library = any(name.startswith("lib/") and name.endswith(".dll") for name in names)
            if has_library and not any(name.startswith("lib/") and name.endswith(".xml") for name in names):
                raise Failure(f"{path.name} has no documentation")
            if has_library and not path.with_suffix(".snupkg").exists():
                raise Failure(f"{path.name} has no symbols beside it")
        say(f"   {path.stat().st_size // 1024:6} KiB  {path.name}")
    if len(versions) != 1:
        raise Failure(f"the packages are of several versions: {', '.join(sorted(versions))}")
    return versions.pop()


def assemblies(feed):
    """A digest for every assembly of ours in every package."""
    digests = {}
    for path in packages(feed):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith(".dll") and re.search("(?i)/trunkline|/protoc-gen", name):
                    digests[f"{path.name}!{name}"] = hashlib.sha256(package.read(name)).hexdigest()
    return digests


def check_twice(feed, work):
    """The same tree in two places gives the same assemblies."""
    copy, other = work / "a tree elsewhere", work / "other-feed"
    run("git", "-c", "safe.directory=*", "clone", "--quiet", "--no-hardlinks", ROOT, copy)
    pack(copy, other)
    here, there = assemblies(feed), assemblies(other)
    different = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    if different:
        raise Failure("built in two folders, these differ (is something not committed?):\n  " + "\n  ".join(different))
    say(f"   {len(here)} assemblies, the same from both folders")


def is_native(path):
    """Whether a file is machine code that is not .NET's."""
    data = path.read_bytes()
    if data[:4] in (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        return True
    # A portable executable without a CLI header, which the 15th data directory points to.
    if data[:2] != b"MZ":
        return False
    header = int.from_bytes(data[0x3C:0x40], "little") + 24
    directories = header + (112 if data[header:header + 2] == b"\x0b\x02" else 96)
    return int.from_bytes(data[directories + 14 * 8:directories + 14 * 8 + 4], "little") == 0


def check_output(folder, program):
    """Nothing of a web framework and nothing native but the program's own host."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        if path.name.startswith("Microsoft.AspNetCore"):
            raise Failure(f"{path.name} lies in the output")
        if path.name not in (program, program + ".exe") and path.suffix not in (".pdb", ".json") and is_native(path):
            raise Failure(f"{path.name} in the output is native code")
    say(f"   {sum(path.stat().st_size for path in files) // 1024:6} KiB  in {len(files)} files: {', '.join(path.name for path in files)}")


class Service:
    """The service, for as long as a block runs."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)

    def __enter__(self):
        line = self.process.stdout.readline()
        if "Listening" not in line:
            self.process.kill()
            raise Failure(f"the service did not start: {line}{self.process.stdout.read()}")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise Failure("the service did not stop on SIGTERM") from None
        if code != 0:
            raise Failure(f"the service ended with exit code {code}")


def starts(command, environment):
    """Seconds from start to end, the median of several runs."""
    times = []
    for _ in range(STARTS):
        began = time.monotonic()
        run(*command, environment=environment)
        times.append(time.monotonic() - began)
    return f"{statistics.median(times) * 1000:.0f} ms (median of {STARTS}, {min(times) * 1000:.0f} to {max(times) * 1000:.0f})"


def make_projects(feed, work, environment):
    """A service and a client from the templates, built with warnings as errors."""
    (work / "nuget.config").write_text(
        f'<configuration><packageSources><clear /><add key="feed" value="{feed}" /><add key="public" value="{FEED}" /></packageSources></configuration>\n')
    (work / "Directory.Build.props").write_text(
        "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit></PropertyGroup></Project>\n")
    hive = ["--debug:custom-hive", work / "hive"]
    run("dotnet", "new", "install", next(feed.glob("Trunkline.Templates.*.nupkg")), *hive, environment=environment)
    for kind in ("service", "client"):
        project = work / f"My {kind}"  # A space in the path, and a name that is no namespace as it stands.
        run("dotnet", "new", f"trunkline-{kind}", "-o", project, "-n", f"my-{kind}", "--no-restore", *hive, environment=environment)
        run("dotnet", "build", project, "-v", "quiet", "-nodeReuse:false", environment=environment)
        check_output(project / "bin/Debug/net10.0", f"my-{kind}")


def check_calls(command, environment):
    printed = run(*command, environment=environment)
    if printed != "Hello, world!\nHello, async world!\n":
        raise Failure(f"the client printed:\n{printed}")


def check_trimmed(work, environment):
    """Trimmed for this platform: no warning but the one line for a library that is not ours, and the calls go through."""
    out = work / "trimmed"
    architecture = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
    printed = run("dotnet", "publish", work / "My client", "-r", f"linux-{architecture}", "--self-contained", "-p:PublishTrimmed=true", "-o", out, "-v", "quiet",
                  "-nodeReuse:false", "-p:TreatWarningsAsErrors=false", "-p:TrimmerSingleWarn=false", environment=environment)
    ours = [line for line in printed.splitlines() if re.search(r"warning \w+: (Trunkline|my_client|Assembly '(Trunkline|my-client))", line)]
    if ours:
        raise Failure("trimming warns of:\n" + "\n".join(ours))
    others = sum("warning IL" in line for line in printed.splitlines())
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    mine = sum(path.stat().st_size for path in out.glob("Trunkline*.dll"))
    say(f"   {size // 1024:6} KiB  trimmed, of which Trunkline {mine // 1024} KiB; warnings about other libraries: {others}")
    return out / "my-client"


def check_tools(feed, version, work, environment):
    """The command lines, installed as tools."""
    for path in packages(feed):
        if match := re.fullmatch(r"(Trunkline\.(?:Cli|Plugin))\.(\d.*)\.nupkg", path.name):
            run("dotnet", "tool", "install", match[1], "--version", version, "--tool-path", work / "tools", "--configfile", work / "nuget.config", environment=environment)
    (work / "example.proto").write_text('syntax = "proto3";\npackage example;\nmessage Word { string text = 1; }\nservice Echo { rpc Say(Word) returns (Word); }\n')
    (work / "out").mkdir()
    tool = work / "tools" / "trunkline"
    run(tool, "protoc", f"-I{work}", f"--csharp_out={work}/out", f"--grpc_out={work}/out", "example.proto", environment=environment)
    made = sorted(path.name for path in (work / "out").iterdir())
    if made != ["Example.cs", "ExampleGrpc.cs"]:
        raise Failure(f"the tool made {made}")
    say(f"   trunkline protoc, one file, as installed: {starts([tool, 'protoc', f'-I{work}', f'--csharp_out={work}/out', 'example.proto'], environment)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--feed", type=Path)
    parser.add_argument("--twice", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="packages-") as folder:
        work = Path(folder).resolve()
        # Everything a newcomer's machine would keep is kept here: the package cache, the templates, the tools.
        environment = {**os.environ, "NUGET_PACKAGES": str(work / ".packages"), "DOTNET_CLI_HOME": str(work / "home"), "DOTNET_NOLOGO": "1",
                       "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_SKIP_FIRST_TIME_EXPERIENCE": "1", "MSBUILDDISABLENODEREUSE": "1"}
        feed = arguments.feed.resolve() if arguments.feed else work / "feed"
        if not arguments.feed:
            say("-- pack")
            pack(ROOT, feed)
        say("-- contents")
        version = check_contents(feed)
        if arguments.twice:
            say("-- the same tree elsewhere")
            check_twice(feed, work)
        say("-- templates")
        make_projects(feed, work, environment)
        service = work / "My service/bin/Debug/net10.0/my-service"
        client = work / "My client/bin/Debug/net10.0/my-client"
        with Service([service], environment):
            check_calls([client], environment)
            say(f"   client, two calls, from start to end: {starts([client], environment)}")
            say("-- trimmed")
            trimmed = check_trimmed(work, environment)
            check_calls([trimmed], environment)
            say(f"   client, two calls, from start to end: {starts([trimmed], environment)}")
        say("-- tools")
        check_tools(feed, version, work, environment)
    say("packages: all work")


try:
    main()
except Failure as failure:
    sys.exit(f"packages: {failure}")
