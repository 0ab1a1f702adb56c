package cairn.model.service;

import cairn.model.NodeId;

/**
 * A server's answer.
 *
 * @param refused whether the server is not the primary: ask another
 * @param result the result of the operation, if it was not refused
 */
public record Response(NodeId client, long number, boolean refused, long result) {

    /** Size on the wire in bytes. */
    public static final int BYTES = 32;
}
