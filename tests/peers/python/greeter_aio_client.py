"""Makes a call of each kind with grpcio's asyncio interface and prints what came back."""

import asyncio
import sys

import grpc

import greeter

flags = greeter.flags()
messages, stubs = greeter.load(flags.generated)


def requests():
    return [messages.HelloRequest(name=name) for name in greeter.NAMES]


async def chat(stub):
    """Sends each name when the one before is answered."""
    call = stub.Chat(timeout=greeter.PATIENCE)
    replies = []
    for request in requests():
        await call.write(request)
        replies.append((await call.read()).message)
    await call.done_writing()
    if await call.read() is not grpc.aio.EOF:
        raise AssertionError("more replies than requests")
    return replies


async def main():
    async with grpc.aio.insecure_channel(f"localhost:{flags.port}") as channel:
        stub = stubs.GreeterStub(channel)
        request = messages.HelloRequest(name=greeter.NAMES[0], times=greeter.TIMES)
        greeter.tell("SayHello", [(await stub.SayHello(request, timeout=greeter.PATIENCE)).message])
        greeter.tell("SayHellos", [reply.message async for reply in stub.SayHellos(request, timeout=greeter.PATIENCE)])
        greeter.tell("GreetAll", [(await stub.GreetAll(iter(requests()), timeout=greeter.PATIENCE)).message])
        greeter.tell("Chat", await chat(stub))
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
