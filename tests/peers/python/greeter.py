"""What the greeter programs share: their flags, the generated code, and how a client tells what it got."""

import argparse
import sys

NAMES = ("Ada", "Grace", "Bärbel")
TIMES = 3
PATIENCE = 30


def load(folder):
    """The modules that trunkline made of hellos.proto in a folder."""
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    import hellos_pb2
    import hellos_pb2_grpc
    return hellos_pb2, hellos_pb2_grpc


def flags():
    parser = argparse.ArgumentParser()
    parser.add_argument("--generated", required=True, help="the folder with hellos_pb2.py and hellos_pb2_grpc.py")
    parser.add_argument("--port", default="50051")
    return parser.parse_args()


def tell(call, messages):
    print(f"{call}: {' | '.join(messages)}", flush=True)
