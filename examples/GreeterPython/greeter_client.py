"""Greets over gRPC, blocking and with asyncio. The server may be the one beside it or the C# one in examples/Greeter.

usage: greeter_client.py [NAME [HOST:PORT]]
"""

import asyncio
import sys

import grpc

import greeter_pb2
import greeter_pb2_grpc


def greet(name, address):
    with grpc.insecure_channel(address) as channel:
        stub = greeter_pb2_grpc.GreeterStub(channel)
        return stub.Hello(greeter_pb2.Request(name=name), timeout=5).message


async def greet_async(name, address):
    async with grpc.aio.insecure_channel(address) as channel:
        stub = greeter_pb2_grpc.GreeterStub(channel)
        return (await stub.Hello(greeter_pb2.Request(name=name), timeout=5)).message


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "Trunkline"
    address = sys.argv[2] if len(sys.argv) > 2 else "localhost:50051"
    try:
        print(f"blocking: {greet(name, address)}")
        print(f"asyncio:  {asyncio.run(greet_async(name, address))}")
    except grpc.RpcError as error:
        sys.exit(f"The call failed with {error.code().name}: {error.details()}")


if __name__ == "__main__":
    main()
