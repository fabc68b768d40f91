"""
Imports what trunkline made with relative_imports from inside a package, and uses it: messages across modules, pickling, the gRPC classes, and every import of the stub
files, which no interpreter runs.

    import_below_package.py FOLDER PACKAGE      where PACKAGE, such as a.b.generated, lies in FOLDER and has the code of shop.proto
"""

import ast
import importlib
import pathlib
import pickle
import sys

folder, package = sys.argv[1:]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
root = pathlib.Path(folder, *package.split("."))


def module(name):
    return importlib.import_module(f"{package}.{name}")


def use_messages():
    shop, parts, size, top = module("shop.shop_pb2"), module("shop.parts.part_pb2"), module("shop.parts.size_pb2"), module("top_pb2")
    box = module("shop.parts.import.box_pb2")
    order = shop.Order(parts=[parts.Part(name="wheel", size=parts.Size(millimetres=622))], size=size.Size(millimetres=1), top=top.Top(number=3))
    order.at.GetCurrentTime()
    boxed = module("shop.boxed_pb2").Boxed(box=box.Box(size=size.Size(millimetres=7)), order=order)
    assert boxed.order.parts[0].name == "wheel"
    assert parts.Size is size.Size and parts.Top is top.Top, "public imports bring their names"
    assert shop.Order.FromString(order.SerializeToString()) == order
    assert shop.Order.__module__ == f"{package}.shop.shop_pb2", shop.Order.__module__
    assert pickle.loads(pickle.dumps(order)) == order
    print("messages: ok")


def use_services():
    import grpc
    services = module("shop.shop_pb2_grpc")
    with grpc.insecure_channel("localhost:1") as channel:
        stub = services.ShopStub(channel)
        assert stub.Buy and stub.Watch
    assert services.ShopServicer and services.add_ShopServicer_to_server
    print("services: ok")


def resolve_stubs():
    """
    Each relative import of a stub file must lead to a module beside a stub, and each name taken from it must be there.
    """
    count = 0
    for stub in sorted(root.rglob("*.pyi")):
        for node in ast.walk(ast.parse(stub.read_text())):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = stub.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                for name in node.names:
                    found = base.joinpath(name.name + ".pyi").exists() or f"class {name.name}(" in base.with_suffix(".pyi").read_text()
                    assert found, f"{stub}: {ast.unparse(node)}"
                    count += 1
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [node.module] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
                assert all(name == "typing" or name.startswith("google.protobuf") for name in names), f"{stub}: {ast.unparse(node)}"
    assert count > 5, count
    print("stubs: ok")


use_messages()
use_services()
resolve_stubs()
