"""What the interop programs of grpcio have in common: flags, numbers, and the report of a client."""

import argparse
import sys
import time
import traceback

import grpc

from generated import messages

LARGE_REQUEST = 271828
LARGE_RESPONSE = 314159
REQUEST_SIZES = (27182, 8, 1828, 45904)
RESPONSE_SIZES = (31415, 9, 2653, 58979)

ECHO_INITIAL = "x-grpc-test-echo-initial"
ECHO_TRAILING = "x-grpc-test-echo-trailing-bin"
# Ours, beside the standard ones: what the server saw of a call's deadline and of its end.
ASK_DEADLINE = "x-trunkline-ask-deadline"
DEADLINE = "x-trunkline-deadline-ms"
WATCH = "x-trunkline-watch"
AWAIT_END = "x-trunkline-await-end"
ENDED = "x-trunkline-ended"

STATUS_MESSAGE = "test status message"
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"

STANDARD_CASES = (
    "empty_unary", "large_unary", "client_streaming", "server_streaming", "ping_pong", "empty_stream", "custom_metadata",
    "status_code_and_message", "special_status_message", "unimplemented_method", "unimplemented_service", "cancel_after_begin",
    "cancel_after_first_response", "timeout_on_sleeping_server")
OWN_CASES = ("repeated_metadata", "deadline_seen_by_server", "cancellation_seen_by_server", "message_over_limit", "slow_stream")

# More than the 4 MiB that every implementation takes by default.
OVER_LIMIT = 5 * 1024 * 1024

# No case of a healthy pair takes a second; a call that lasts this long hangs.
PATIENCE = 20


def boolean(text):
    return text.lower() in ("1", "true", "yes")


def client_flags():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server_host", default="localhost")
    parser.add_argument("--server_port", type=int, required=True)
    parser.add_argument("--server_host_override")
    parser.add_argument("--test_case", default="all", help="a case, several with commas, or all")
    parser.add_argument("--use_tls", type=boolean, nargs="?", const=True, default=False)
    parser.add_argument("--use_test_ca", type=boolean, nargs="?", const=True, default=False)
    parser.add_argument("--ca_file")
    parser.add_argument("--compression", choices=["gzip", "deflate"], help="of requests")
    return parser.parse_args()


def server_flags():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--use_tls", type=boolean, nargs="?", const=True, default=False)
    parser.add_argument("--tls_cert_file")
    parser.add_argument("--tls_key_file")
    parser.add_argument("--compression", choices=["gzip", "deflate"], help="of responses")
    return parser.parse_args()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def compression(flags):
    return {None: None, "gzip": grpc.Compression.Gzip, "deflate": grpc.Compression.Deflate}[flags.compression]


def make_channel(flags, library):
    """A channel of grpc or of grpc.aio."""
    target = f"{flags.server_host}:{flags.server_port}"
    if not flags.use_tls:
        return library.insecure_channel(target, compression=compression(flags))
    credentials = grpc.ssl_channel_credentials(read(flags.ca_file) if flags.ca_file else None)
    options = [("grpc.ssl_target_name_override", flags.server_host_override)] if flags.server_host_override else None
    return library.secure_channel(target, credentials, options, compression=compression(flags))


def server_credentials(flags):
    return grpc.ssl_server_credentials([(read(flags.tls_key_file), read(flags.tls_cert_file))])


def chosen_cases(flags):
    return STANDARD_CASES if flags.test_case == "all" else flags.test_case.split(",")


def payload(size):
    return messages.Payload(body=bytes(size))


def streaming_request(response_size, request_size):
    return messages.StreamingOutputCallRequest(
        response_parameters=[messages.ResponseParameters(size=response_size)], payload=payload(request_size))


def slow_request():
    return messages.StreamingOutputCallRequest(response_parameters=[messages.ResponseParameters(size=100, interval_us=200_000)] * 5)


def large_request():
    return messages.SimpleRequest(response_size=LARGE_RESPONSE, payload=payload(LARGE_REQUEST))


def status_request(message):
    return messages.SimpleRequest(response_status=messages.EchoStatus(code=2, message=message))


def streaming_status_request(message):
    return messages.StreamingOutputCallRequest(response_status=messages.EchoStatus(code=2, message=message))


def expect(what, wanted, got):
    if wanted != got:
        raise AssertionError(f"{what}: expected {wanted!r}, got {got!r}")


def expect_payload(what, size, message):
    expect(f"size of {what}", size, len(message.payload.body))
    expect(f"bytes of {what}", bytes(size), message.payload.body)


def values(metadata, key):
    return [value for name, value in metadata or () if name == key]


def joined(metadata, key):
    """All text of one name: some implementations join the values as they arrive, which the protocol allows."""
    return ", ".join(values(metadata, key))


def expect_deadline(answers):
    expect("the number of answers about the deadline", 1, len(answers))
    # Some implementations round the timeout up when they write it, to two or three digits.
    if not 0 < int(answers[0]) <= PATIENCE * 1050:
        raise AssertionError(f"the server saw {answers[0]} ms left of {PATIENCE * 1000}")


def milliseconds_left(context):
    left = context.time_remaining()
    # Without a deadline grpcio gives None, or, in some versions, a time of thousands of years.
    return -1 if left is None or left > 1e9 else int(left * 1000)


class Report:
    """Prints a line for each case; the exit code tells whether all passed."""

    def __init__(self):
        self.failed = 0

    def passed(self, case):
        print(f"{case}: ok", flush=True)

    def failure(self, case, error):
        self.failed += 1
        reason = f"{error.code().name} {error.details()!r}" if isinstance(error, grpc.RpcError) else str(error) or type(error).__name__
        print(f"{case}: FAILED: {' '.join(reason.split())}", flush=True)
        traceback.print_exception(error, file=sys.stderr)

    @property
    def exit_code(self):
        return 1 if self.failed else 0


def unique_key():
    return f"python-{time.monotonic_ns()}"
