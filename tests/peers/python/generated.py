"""The interop messages and stubs, made by Debian's protoc when they are needed and never kept."""

import pathlib
import subprocess
import sys
import tempfile

PROTO = pathlib.Path(__file__).resolve().parents[2] / "Trunkline.Interop" / "Protos" / "interop.proto"
PLUGIN = "/usr/bin/grpc_python_plugin"


def _generate():
    with tempfile.TemporaryDirectory(prefix="trunkline-peers-") as folder:
        subprocess.run(
            ["/usr/bin/protoc", f"-I{PROTO.parent}", f"--python_out={folder}", f"--grpc_out={folder}",
             f"--plugin=protoc-gen-grpc={PLUGIN}", PROTO.name],
            check=True)
        sys.path.insert(0, folder)
        sys.dont_write_bytecode = True
        try:
            import interop_pb2
            import interop_pb2_grpc
        finally:
            sys.path.remove(folder)
    return interop_pb2, interop_pb2_grpc


messages, stubs = _generate()
