"""The interop client of grpcio, blocking."""

import sys

import grpc

from generated import messages, stubs
from interop import *


class Cases:
    def __init__(self, channel):
        self.channel = channel
        self.stub = stubs.TestServiceStub(channel)

    def empty_unary(self):
        expect("the response", messages.Empty(), self.stub.EmptyCall(messages.Empty(), timeout=PATIENCE))

    def large_unary(self):
        expect_payload("the response", LARGE_RESPONSE, self.stub.UnaryCall(large_request(), timeout=PATIENCE))

    def concurrent_large_unary(self):
        for call in [self.stub.UnaryCall.future(large_request(), timeout=PATIENCE) for _ in range(1000)]:
            expect_payload("a response", LARGE_RESPONSE, call.result())

    def client_streaming(self):
        requests = (messages.StreamingInputCallRequest(payload=payload(size)) for size in REQUEST_SIZES)
        response = self.stub.StreamingInputCall(requests, timeout=PATIENCE)
        expect("the sum", sum(REQUEST_SIZES), response.aggregated_payload_size)

    def server_streaming(self):
        request = messages.StreamingOutputCallRequest(response_parameters=[messages.ResponseParameters(size=size) for size in RESPONSE_SIZES])
        responses = list(self.stub.StreamingOutputCall(request, timeout=PATIENCE))
        expect("the number of responses", len(RESPONSE_SIZES), len(responses))
        for size, response in zip(RESPONSE_SIZES, responses):
            expect_payload("a response", size, response)

    def ping_pong(self):
        pipe = Pipe()
        responses = self.stub.FullDuplexCall(pipe, timeout=PATIENCE)
        for response_size, request_size in zip(RESPONSE_SIZES, REQUEST_SIZES):
            pipe.send(streaming_request(response_size, request_size))
            expect_payload("a response", response_size, next(responses))
        pipe.close()
        expect("what follows the last response", [], list(responses))

    def empty_stream(self):
        expect("the responses", [], list(self.stub.FullDuplexCall(iter(()), timeout=PATIENCE)))

    def custom_metadata(self):
        self.echo(((ECHO_INITIAL, "test_initial_metadata_value"), (ECHO_TRAILING, b"\xab\xab\xab")))

    def repeated_metadata(self):
        self.echo(((ECHO_INITIAL, "first"), (ECHO_TRAILING, b"\x00\xff,="), (ECHO_INITIAL, "second"), (ECHO_TRAILING, b""), (ECHO_TRAILING, b"\xab")))

    def echo(self, metadata):
        initial, trailing = joined(metadata, ECHO_INITIAL), values(metadata, ECHO_TRAILING)
        response, call = self.stub.UnaryCall.with_call(large_request(), metadata=metadata, timeout=PATIENCE)
        expect_payload("the response", LARGE_RESPONSE, response)
        expect("initial metadata of the unary call", initial, joined(call.initial_metadata(), ECHO_INITIAL))
        expect("trailing metadata of the unary call", trailing, values(call.trailing_metadata(), ECHO_TRAILING))
        stream = self.stub.FullDuplexCall(iter([streaming_request(31415, 27182)]), metadata=metadata, timeout=PATIENCE)
        expect("initial metadata of the stream", initial, joined(stream.initial_metadata(), ECHO_INITIAL))
        expect("the number of responses", 1, len(list(stream)))
        expect("trailing metadata of the stream", trailing, values(stream.trailing_metadata(), ECHO_TRAILING))

    def status_code_and_message(self):
        expect_status(lambda: self.stub.UnaryCall(status_request(STATUS_MESSAGE), timeout=PATIENCE), grpc.StatusCode.UNKNOWN, STATUS_MESSAGE)
        expect_status(
            lambda: list(self.stub.FullDuplexCall(iter([streaming_status_request(STATUS_MESSAGE)]), timeout=PATIENCE)),
            grpc.StatusCode.UNKNOWN, STATUS_MESSAGE)

    def special_status_message(self):
        expect_status(lambda: self.stub.UnaryCall(status_request(SPECIAL_MESSAGE), timeout=PATIENCE), grpc.StatusCode.UNKNOWN, SPECIAL_MESSAGE)

    def unimplemented_method(self):
        expect_status(lambda: self.stub.UnimplementedCall(messages.Empty(), timeout=PATIENCE), grpc.StatusCode.UNIMPLEMENTED)

    def unimplemented_service(self):
        stub = stubs.UnimplementedServiceStub(self.channel)
        expect_status(lambda: stub.UnimplementedCall(messages.Empty(), timeout=PATIENCE), grpc.StatusCode.UNIMPLEMENTED)

    def cancel_after_begin(self):
        pipe = Pipe()
        call = self.stub.StreamingInputCall.future(pipe, timeout=PATIENCE)
        call.cancel()
        expect("cancelled", True, call.cancelled())
        expect("the status", grpc.StatusCode.CANCELLED, call.code())
        pipe.close()

    def cancel_after_first_response(self):
        self.cancelled_stream(None)

    def cancelled_stream(self, metadata):
        pipe = Pipe()
        call = self.stub.FullDuplexCall(pipe, metadata=metadata, timeout=PATIENCE)
        pipe.send(streaming_request(31415, 27182))
        expect_payload("the response", 31415, next(call))
        call.cancel()
        expect_status(lambda: next(call), grpc.StatusCode.CANCELLED)
        pipe.close()

    def timeout_on_sleeping_server(self):
        pipe = Pipe()
        call = self.stub.FullDuplexCall(pipe, timeout=0.001)
        pipe.send(messages.StreamingOutputCallRequest(payload=payload(27182)))
        expect_status(lambda: next(call), grpc.StatusCode.DEADLINE_EXCEEDED)
        pipe.close()

    def deadline_seen_by_server(self):
        _, call = self.stub.UnaryCall.with_call(messages.SimpleRequest(), metadata=((ASK_DEADLINE, "1"),), timeout=PATIENCE)
        expect_deadline(values(call.initial_metadata(), DEADLINE))

    def cancellation_seen_by_server(self):
        key = unique_key()
        self.cancelled_stream(((WATCH, key),))
        _, call = self.stub.UnaryCall.with_call(messages.SimpleRequest(), metadata=((AWAIT_END, key),), timeout=PATIENCE)
        expect("how the server saw the call end", ["cancelled"], values(call.initial_metadata(), ENDED))

    def message_over_limit(self):
        for request in (messages.SimpleRequest(payload=payload(OVER_LIMIT)), messages.SimpleRequest(response_size=OVER_LIMIT)):
            expect_status(lambda: self.stub.UnaryCall(request, timeout=PATIENCE), grpc.StatusCode.RESOURCE_EXHAUSTED)
        self.empty_unary()

    def slow_stream(self):
        expect("the number of responses", 5, len(list(self.stub.StreamingOutputCall(slow_request(), timeout=PATIENCE))))


class Pipe:
    """An iterator of requests that is fed while the call runs."""

    def __init__(self):
        import queue
        self._queue = queue.Queue()

    def send(self, request):
        self._queue.put(request)

    def close(self):
        self._queue.put(None)

    def __iter__(self):
        return self

    def __next__(self):
        request = self._queue.get()
        if request is None:
            raise StopIteration
        return request


def expect_status(run, code, message=None):
    try:
        got = run()
    except grpc.RpcError as error:
        expect("the status", code, error.code())
        if message is not None:
            expect("the status message", message, error.details())
        return
    raise AssertionError(f"the status: expected {code}, got a response: {str(got)[:100]!r}")


def main():
    flags = client_flags()
    report = Report()
    with make_channel(flags, grpc) as channel:
        cases = Cases(channel)
        for case in chosen_cases(flags):
            try:
                getattr(cases, case)()
                report.passed(case)
            except Exception as error:
                report.failure(case, error)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
