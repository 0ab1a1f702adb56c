package cairn.model.service;

import cairn.model.NodeId;

/**
 * A client's wish. The number is unique for the client and grows by one; a repeat carries the same
 * number.
 */
public record Request(NodeId client, long number, Operation operation) {

    private static final int HEADER_BYTES = 16;

    /** Size on the wire in bytes. */
    public int bytes() {
        return HEADER_BYTES + operation.bytes();
    }
}
