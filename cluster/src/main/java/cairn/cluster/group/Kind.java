package cairn.cluster.group;

/** What an envelope holds. */
public enum Kind {
    /** A message of the protocol. */
    MESSAGE(0),
    /** A client's request. */
    REQUEST(1),
    /** A server's answer. */
    RESPONSE(2),
    /** A packet of an RDMA interface. */
    PACKET(3);

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
