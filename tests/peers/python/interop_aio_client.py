"""The interop client of grpcio's asyncio interface."""

import asyncio
import sys

import grpc

from generated import messages, stubs
from interop import *


class Cases:
    def __init__(self, channel):
        self.channel = channel
        self.stub = stubs.TestServiceStub(channel)

    async def empty_unary(self):
        expect("the response", messages.Empty(), await self.stub.EmptyCall(messages.Empty(), timeout=PATIENCE))

    async def large_unary(self):
        expect_payload("the response", LARGE_RESPONSE, await self.stub.UnaryCall(large_request(), timeout=PATIENCE))

    async def concurrent_large_unary(self):
        await asyncio.gather(*(self.large_unary() for _ in range(1000)))

    async def client_streaming(self):
        call = self.stub.StreamingInputCall(timeout=PATIENCE)
        for size in REQUEST_SIZES:
            await call.write(messages.StreamingInputCallRequest(payload=payload(size)))
        await call.done_writing()
        expect("the sum", sum(REQUEST_SIZES), (await call).aggregated_payload_size)

    async def server_streaming(self):
        request = messages.StreamingOutputCallRequest(response_parameters=[messages.ResponseParameters(size=size) for size in RESPONSE_SIZES])
        responses = [response async for response in self.stub.StreamingOutputCall(request, timeout=PATIENCE)]
        expect("the number of responses", len(RESPONSE_SIZES), len(responses))
        for size, response in zip(RESPONSE_SIZES, responses):
            expect_payload("a response", size, response)

    async def ping_pong(self):
        call = self.stub.FullDuplexCall(timeout=PATIENCE)
        for response_size, request_size in zip(RESPONSE_SIZES, REQUEST_SIZES):
            await call.write(streaming_request(response_size, request_size))
            expect_payload("a response", response_size, await call.read())
        await call.done_writing()
        expect("what follows the last response", grpc.aio.EOF, await call.read())
        expect("the status", grpc.StatusCode.OK, await call.code())

    async def empty_stream(self):
        call = self.stub.FullDuplexCall(timeout=PATIENCE)
        await call.done_writing()
        expect("what is read", grpc.aio.EOF, await call.read())
        expect("the status", grpc.StatusCode.OK, await call.code())

    async def custom_metadata(self):
        await self.echo(((ECHO_INITIAL, "test_initial_metadata_value"), (ECHO_TRAILING, b"\xab\xab\xab")))

    async def repeated_metadata(self):
        await self.echo(((ECHO_INITIAL, "first"), (ECHO_TRAILING, b"\x00\xff,="), (ECHO_INITIAL, "second"), (ECHO_TRAILING, b""), (ECHO_TRAILING, b"\xab")))

    async def echo(self, metadata):
        initial, trailing = joined(metadata, ECHO_INITIAL), values(metadata, ECHO_TRAILING)
        call = self.stub.UnaryCall(large_request(), metadata=metadata, timeout=PATIENCE)
        expect_payload("the response", LARGE_RESPONSE, await call)
        expect("initial metadata of the unary call", initial, joined(await call.initial_metadata(), ECHO_INITIAL))
        expect("trailing metadata of the unary call", trailing, values(await call.trailing_metadata(), ECHO_TRAILING))
        stream = self.stub.FullDuplexCall(metadata=metadata, timeout=PATIENCE)
        await stream.write(streaming_request(31415, 27182))
        await stream.done_writing()
        expect("initial metadata of the stream", initial, joined(await stream.initial_metadata(), ECHO_INITIAL))
        expect("the number of responses", 1, len([response async for response in stream]))
        expect("trailing metadata of the stream", trailing, values(await stream.trailing_metadata(), ECHO_TRAILING))

    async def status_code_and_message(self):
        await expect_status(self.stub.UnaryCall(status_request(STATUS_MESSAGE), timeout=PATIENCE), grpc.StatusCode.UNKNOWN, STATUS_MESSAGE)
        call = self.stub.FullDuplexCall(timeout=PATIENCE)
        await call.write(streaming_status_request(STATUS_MESSAGE))
        await call.done_writing()
        await expect_status(call.read(), grpc.StatusCode.UNKNOWN, STATUS_MESSAGE)

    async def special_status_message(self):
        await expect_status(self.stub.UnaryCall(status_request(SPECIAL_MESSAGE), timeout=PATIENCE), grpc.StatusCode.UNKNOWN, SPECIAL_MESSAGE)

    async def unimplemented_method(self):
        await expect_status(self.stub.UnimplementedCall(messages.Empty(), timeout=PATIENCE), grpc.StatusCode.UNIMPLEMENTED)

    async def unimplemented_service(self):
        stub = stubs.UnimplementedServiceStub(self.channel)
        await expect_status(stub.UnimplementedCall(messages.Empty(), timeout=PATIENCE), grpc.StatusCode.UNIMPLEMENTED)

    async def cancel_after_begin(self):
        call = self.stub.StreamingInputCall(timeout=PATIENCE)
        call.cancel()
        expect("the status", grpc.StatusCode.CANCELLED, await call.code())

    async def cancel_after_first_response(self):
        await self.cancelled_stream(None)

    async def cancelled_stream(self, metadata):
        call = self.stub.FullDuplexCall(metadata=metadata, timeout=PATIENCE)
        await call.write(streaming_request(31415, 27182))
        expect_payload("the response", 31415, await call.read())
        call.cancel()
        expect("the status", grpc.StatusCode.CANCELLED, await call.code())

    async def timeout_on_sleeping_server(self):
        call = self.stub.FullDuplexCall(timeout=0.001)
        try:
            await call.write(messages.StreamingOutputCallRequest(payload=payload(27182)))
        except (grpc.RpcError, asyncio.InvalidStateError):
            pass  # The deadline may pass before the write: the status below is what counts.
        expect("the status", grpc.StatusCode.DEADLINE_EXCEEDED, await call.code())

    async def deadline_seen_by_server(self):
        call = self.stub.UnaryCall(messages.SimpleRequest(), metadata=((ASK_DEADLINE, "1"),), timeout=PATIENCE)
        await call
        expect_deadline(values(await call.initial_metadata(), DEADLINE))

    async def cancellation_seen_by_server(self):
        key = unique_key()
        await self.cancelled_stream(((WATCH, key),))
        call = self.stub.UnaryCall(messages.SimpleRequest(), metadata=((AWAIT_END, key),), timeout=PATIENCE)
        await call
        expect("how the server saw the call end", ["cancelled"], values(await call.initial_metadata(), ENDED))

    async def message_over_limit(self):
        for request in (messages.SimpleRequest(payload=payload(OVER_LIMIT)), messages.SimpleRequest(response_size=OVER_LIMIT)):
            await expect_status(self.stub.UnaryCall(request, timeout=PATIENCE), grpc.StatusCode.RESOURCE_EXHAUSTED)
        await self.empty_unary()

    async def slow_stream(self):
        responses = [response async for response in self.stub.StreamingOutputCall(slow_request(), timeout=PATIENCE)]
        expect("the number of responses", 5, len(responses))


async def expect_status(call, code, message=None):
    try:
        got = await call
    except grpc.RpcError as error:
        expect("the status", code, error.code())
        if message is not None:
            expect("the status message", message, error.details())
        return
    raise AssertionError(f"the status: expected {code}, got a response: {str(got)[:100]!r}")


async def main():
    flags = client_flags()
    report = Report()
    async with make_channel(flags, grpc.aio) as channel:
        cases = Cases(channel)
        for case in chosen_cases(flags):
            try:
                await asyncio.wait_for(getattr(cases, case)(), PATIENCE)
                report.passed(case)
            except Exception as error:
                report.failure(case, error)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
