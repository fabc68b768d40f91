"""The Greeter in Python. Its client may be the one beside it or the C# one in examples/Greeter.

usage: greeter_server.py [PORT]     (port 50051 unless said otherwise)
"""

import signal
import sys
import threading
from concurrent import futures

import grpc

import greeter_pb2
import greeter_pb2_grpc


class Greeter(greeter_pb2_grpc.GreeterServicer):
    def Hello(self, request, context):
        return greeter_pb2.Reply(message=f"Hello, {request.name or 'world'}!")


def main():
    port = sys.argv[1] if len(sys.argv) > 1 else "50051"
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=10))
    greeter_pb2_grpc.add_GreeterServicer_to_server(Greeter(), server)
    bound = server.add_insecure_port(f"[::]:{port}")
    server.start()

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print(f"Greeter listens on port {bound}. Ctrl+C stops it.", flush=True)
    stop.wait()
    server.stop(grace=5).wait()  # Lets the calls that are running finish.


if __name__ == "__main__":
    main()
