"""A visitor without a browser, by Streamlit's own protocol: the server's first one, and those of `make bench`."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


class Visit:
    """A session held open: `with visit("http://127.0.0.1:8501") as visitor: visitor.run()`"""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._held: set[str] = set()

    def run(self, query: str = "", widgets: tuple[WidgetState, ...] = (), page: str = "") -> list[ForwardMsg]:
        """One run of a page, by its address, from its request to its last message.

        As to a browser, a large message that the visitor holds is not sent again.
        """
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        asked.rerun_script.widget_states.widgets.extend(widgets)
        asked.rerun_script.cached_message_hashes.extend(self._held)
        self._socket.send(asked.SerializeToString())
        messages = []
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            message = ForwardMsg()
            message.ParseFromString(bytes(self._socket.recv(timeout=60, decode=False)))
            messages.append(message)
            if message.metadata.cacheable:
                self._held.add(message.hash)
        return messages


@contextmanager
def visit(address: str) -> Iterator[Visit]:
    """Enter the panel at this address, and leave it at the end."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, subprotocols=[Subprotocol("streamlit")], origin=Origin(address), max_size=None, compression=None) as socket:
        yield Visit(socket)
