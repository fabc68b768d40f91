"""The interop server of grpcio's asyncio interface. Prints its port and runs until it is stopped."""

import asyncio
import signal
import sys

import grpc

from generated import messages, stubs
from interop import *


class Watches:
    """How calls have ended, for clients that ask."""

    def __init__(self):
        self._ended = {}

    def end(self, keys):
        for key in keys:
            self._event(key).set()

    async def wait(self, key):
        try:
            await asyncio.wait_for(self._event(key).wait(), PATIENCE / 2)
            return "cancelled"
        except asyncio.TimeoutError:
            return "unknown"

    def _event(self, key):
        return self._ended.setdefault(key, asyncio.Event())


class TestService(stubs.TestServiceServicer):
    def __init__(self):
        self.watches = Watches()

    async def EmptyCall(self, request, context):
        return messages.Empty()

    async def UnaryCall(self, request, context):
        await self.echo_metadata(context)
        await end_if_asked(request, context)
        return messages.SimpleResponse(payload=payload(request.response_size))

    async def CacheableUnaryCall(self, request, context):
        return await self.UnaryCall(request, context)

    async def StreamingOutputCall(self, request, context):
        await respond(request, context)

    async def StreamingInputCall(self, requests, context):
        total = 0
        async for request in requests:
            total += len(request.payload.body)
        return messages.StreamingInputCallResponse(aggregated_payload_size=total)

    async def FullDuplexCall(self, requests, context):
        keys = values(context.invocation_metadata(), WATCH)
        try:
            await self.echo_metadata(context)
            async for request in requests:
                await respond(request, context)
            if keys:
                # A cancelled call's requests end like those of any other; grpcio raises in the handler just after.
                await asyncio.sleep(PATIENCE)
        except asyncio.CancelledError:
            self.watches.end(keys)
            raise

    async def HalfDuplexCall(self, requests, context):
        for request in [request async for request in requests]:
            await respond(request, context)

    async def echo_metadata(self, context):
        received = context.invocation_metadata()
        initial = [(ECHO_INITIAL, value) for value in values(received, ECHO_INITIAL)]
        if values(received, ASK_DEADLINE):
            initial.append((DEADLINE, str(milliseconds_left(context))))
        for key in values(received, AWAIT_END):
            initial.append((ENDED, await self.watches.wait(key)))
        if initial:
            await context.send_initial_metadata(tuple(initial))
        trailing = tuple((ECHO_TRAILING, value) for value in values(received, ECHO_TRAILING))
        if trailing:
            context.set_trailing_metadata(trailing)


async def respond(request, context):
    await end_if_asked(request, context)
    for parameters in request.response_parameters:
        await asyncio.sleep(parameters.interval_us / 1e6)
        await context.write(messages.StreamingOutputCallResponse(payload=payload(parameters.size)))


async def end_if_asked(request, context):
    if request.response_status.code != 0:
        code = next(code for code in grpc.StatusCode if code.value[0] == request.response_status.code)
        await context.abort(code, request.response_status.message)


async def main():
    flags = server_flags()
    server = grpc.aio.server(compression=compression(flags))
    stubs.add_TestServiceServicer_to_server(TestService(), server)
    address = f"[::]:{flags.port}"
    port = server.add_secure_port(address, server_credentials(flags)) if flags.use_tls else server.add_insecure_port(address)
    await server.start()
    print(f"listening on {port}", flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await server.stop(None)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
