"""Makes a call of each kind with grpcio, blocking, and prints what came back."""

import queue
import sys

import grpc

import greeter

flags = greeter.flags()
messages, stubs = greeter.load(flags.generated)


def requests():
    return [messages.HelloRequest(name=name) for name in greeter.NAMES]


def chat(stub):
    """Sends each name when the one before is answered."""
    waiting = queue.Queue()
    replies = stub.Chat(iter(waiting.get, None), timeout=greeter.PATIENCE)
    for request in requests():
        waiting.put(request)
        yield next(replies).message
    waiting.put(None)
    if list(replies):
        raise AssertionError("more replies than requests")


def main():
    with grpc.insecure_channel(f"localhost:{flags.port}") as channel:
        stub = stubs.GreeterStub(channel)
        request = messages.HelloRequest(name=greeter.NAMES[0], times=greeter.TIMES)
        greeter.tell("SayHello", [stub.SayHello(request, timeout=greeter.PATIENCE).message])
        greeter.tell("SayHellos", [reply.message for reply in stub.SayHellos(request, timeout=greeter.PATIENCE)])
        greeter.tell("GreetAll", [stub.GreetAll(iter(requests()), timeout=greeter.PATIENCE).message])
        greeter.tell("Chat", chat(stub))
    return 0


if __name__ == "__main__":
    sys.exit(main())
