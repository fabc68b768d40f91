"""Calls the server with grpcio until its standard input closes; says now and then how many calls went well and how many did not."""
import sys
import threading
import time

import grpc

channel = grpc.insecure_channel("127.0.0.1:" + sys.argv[1])
unary = channel.unary_unary("/chaos.Echo/Unary")
repeat = channel.unary_stream("/chaos.Echo/Repeat")
chat = channel.stream_stream("/chaos.Echo/Chat")
stopped = threading.Event()
lock = threading.Lock()
counts = {"ok": 0, "failed": 0}


def stop_with_input():
    sys.stdin.read()
    stopped.set()


def call(kind, text):
    if kind == 0:
        return list(repeat(b"5 " + text, timeout=60)) == [b"5 " + text] * 5
    if kind == 1:
        return list(chat(iter([text, b"b"]), timeout=60)) == [text, b"b"]
    return unary(text, timeout=60) == text


def work(worker):
    number = 0
    while not stopped.is_set():
        number += 1
        try:
            right = call(number % 8, b"%d %d" % (worker, number))
        except grpc.RpcError as error:
            right = False
            print("failure", error.code(), error.details(), file=sys.stderr, flush=True)
        with lock:
            counts["ok" if right else "failed"] += 1
        time.sleep(0.005)


threading.Thread(target=stop_with_input, daemon=True).start()
workers = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
for worker in workers:
    worker.start()
while not stopped.wait(1):
    print(counts["ok"], counts["failed"], flush=True)
for worker in workers:
    worker.join()
print(counts["ok"], counts["failed"], flush=True)
