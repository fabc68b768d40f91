"""The interop server of grpcio, with blocking handlers. Prints its port and runs until it is stopped."""

import signal
import sys
import threading
import time
from concurrent import futures

import grpc

from generated import messages, stubs
from interop import *


class Watches:
    """How calls have ended, for clients that ask."""

    def __init__(self):
        self._condition = threading.Condition()
        self._ended = set()

    def watch(self, context):
        for key in values(context.invocation_metadata(), WATCH):
            context.add_callback(lambda: self._end(key))

    def wait(self, key):
        with self._condition:
            return "cancelled" if self._condition.wait_for(lambda: key in self._ended, PATIENCE / 2) else "unknown"

    def _end(self, key):
        with self._condition:
            self._ended.add(key)
            self._condition.notify_all()


class TestService(stubs.TestServiceServicer):
    def __init__(self):
        self.watches = Watches()

    def EmptyCall(self, request, context):
        return messages.Empty()

    def UnaryCall(self, request, context):
        self.echo_metadata(context)
        end_if_asked(request, context)
        return messages.SimpleResponse(payload=payload(request.response_size))

    def CacheableUnaryCall(self, request, context):
        return self.UnaryCall(request, context)

    def StreamingOutputCall(self, request, context):
        yield from responses(request, context)

    def StreamingInputCall(self, requests, context):
        return messages.StreamingInputCallResponse(aggregated_payload_size=sum(len(request.payload.body) for request in requests))

    def FullDuplexCall(self, requests, context):
        self.watches.watch(context)
        self.echo_metadata(context)
        for request in requests:
            yield from responses(request, context)

    def HalfDuplexCall(self, requests, context):
        for request in list(requests):
            yield from responses(request, context)

    def echo_metadata(self, context):
        received = context.invocation_metadata()
        initial = [(ECHO_INITIAL, value) for value in values(received, ECHO_INITIAL)]
        if values(received, ASK_DEADLINE):
            initial.append((DEADLINE, str(milliseconds_left(context))))
        initial += [(ENDED, self.watches.wait(key)) for key in values(received, AWAIT_END)]
        if initial:
            context.send_initial_metadata(tuple(initial))
        trailing = tuple((ECHO_TRAILING, value) for value in values(received, ECHO_TRAILING))
        if trailing:
            context.set_trailing_metadata(trailing)


def responses(request, context):
    end_if_asked(request, context)
    for parameters in request.response_parameters:
        time.sleep(parameters.interval_us / 1e6)
        yield messages.StreamingOutputCallResponse(payload=payload(parameters.size))


def end_if_asked(request, context):
    if request.response_status.code != 0:
        code = next(code for code in grpc.StatusCode if code.value[0] == request.response_status.code)
        context.abort(code, request.response_status.message)


def main():
    flags = server_flags()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=10), compression=compression(flags))
    stubs.add_TestServiceServicer_to_server(TestService(), server)
    address = f"[::]:{flags.port}"
    port = server.add_secure_port(address, server_credentials(flags)) if flags.use_tls else server.add_insecure_port(address)
    server.start()
    print(f"listening on {port}", flush=True)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait()
    server.stop(None).wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
