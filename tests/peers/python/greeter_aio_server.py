"""A greeter with a call of each kind on grpcio's asyncio interface. Prints its port and runs until it is stopped."""

import asyncio
import signal
import sys

import grpc

import greeter

flags = greeter.flags()
messages, stubs = greeter.load(flags.generated)


class Greeter(stubs.GreeterServicer):
    async def SayHello(self, request, context):
        return messages.HelloReply(message=f"Hello, {request.name}!")

    async def SayHellos(self, request, context):
        for number in range(1, request.times + 1):
            yield messages.HelloReply(message=f"Hello {number}, {request.name}!")

    async def GreetAll(self, request_iterator, context):
        names = [request.name async for request in request_iterator]
        return messages.HelloReply(message=f"Hello, {', '.join(names)}!")

    async def Chat(self, request_iterator, context):
        async for request in request_iterator:
            yield messages.HelloReply(message=f"Hello, {request.name}!")


async def main():
    server = grpc.aio.server()
    stubs.add_GreeterServicer_to_server(Greeter(), server)
    port = server.add_insecure_port(f"[::]:{flags.port}")
    await server.start()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    print(f"listening on {port}", flush=True)
    await stopped.wait()
    await server.stop(greeter.PATIENCE)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
