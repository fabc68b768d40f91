"""A greeter with a call of each kind on grpcio, blocking. Prints its port and runs until it is stopped."""

import signal
import sys
import threading
from concurrent import futures

import grpc

import greeter

flags = greeter.flags()
messages, stubs = greeter.load(flags.generated)


class Greeter(stubs.GreeterServicer):
    def SayHello(self, request, context):
        return messages.HelloReply(message=f"Hello, {request.name}!")

    def SayHellos(self, request, context):
        for number in range(1, request.times + 1):
            yield messages.HelloReply(message=f"Hello {number}, {request.name}!")

    def GreetAll(self, request_iterator, context):
        return messages.HelloReply(message=f"Hello, {', '.join(request.name for request in request_iterator)}!")

    def Chat(self, request_iterator, context):
        for request in request_iterator:
            yield messages.HelloReply(message=f"Hello, {request.name}!")


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=10))
    stubs.add_GreeterServicer_to_server(Greeter(), server)
    port = server.add_insecure_port(f"[::]:{flags.port}")
    server.start()
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    print(f"listening on {port}", flush=True)
    stopped.wait()
    server.stop(greeter.PATIENCE).wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
