"""Gets http://localhost:PORT/ with h2, takes one push and cancels the other; prints what came, a line each.

    push_client.py PORT

h2 holds the server to the state machine of RFC 9113: whatever it may not send raises here.
"""

import socket
import sys

import h2.config
import h2.connection
import h2.errors
import h2.events


def main(port):
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True, header_encoding="ascii"))
    paths, sizes, unfinished = {}, {}, set()
    with socket.create_connection(("localhost", port), timeout=10) as link:
        connection.initiate_connection()
        page = connection.get_next_available_stream_id()
        request = [(":method", "GET"), (":scheme", "http"), (":authority", f"localhost:{port}"), (":path", "/")]
        connection.send_headers(page, request, end_stream=True)
        paths[page] = "/"
        unfinished.add(page)
        link.sendall(connection.data_to_send())
        while unfinished:
            received = link.recv(65536)
            if not received:
                sys.exit("the server closed the connection")
            # One octet after the other, so that the push is cancelled before h2 reads on: its whole response may have come with the promise.
            for event in (event for octet in received for event in connection.receive_data(bytes([octet]))):
                if isinstance(event, h2.events.PushedStreamReceived):
                    promised = event.pushed_stream_id
                    paths[promised] = dict(event.headers)[":path"]
                    print(f"promised {paths[promised]} as {promised} on {event.parent_stream_id}")
                    if paths[promised] == "/script.js":
                        connection.reset_stream(promised, h2.errors.ErrorCodes.CANCEL)
                    else:
                        unfinished.add(promised)
                elif isinstance(event, h2.events.DataReceived):
                    sizes[event.stream_id] = sizes.get(event.stream_id, 0) + len(event.data)
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamEnded):
                    unfinished.discard(event.stream_id)
                    print(f"came {paths[event.stream_id]} with {sizes.get(event.stream_id, 0)} bytes")
                elif isinstance(event, (h2.events.StreamReset, h2.events.ConnectionTerminated)):
                    sys.exit(f"the server gave up: {event}")
            link.sendall(connection.data_to_send())
        connection.close_connection()
        link.sendall(connection.data_to_send())
        while link.recv(65536):
            pass
    print("closed in order")


if __name__ == "__main__":
    main(int(sys.argv[1]))
