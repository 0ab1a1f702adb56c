package cairn.protocol.segments;

/** Who notices that the application is gone, and asks for its segments elsewhere (CS-5). */
public enum Requester {
    /** The application's standby on another node. */
    APPLICATION,
    /** The checkpoint service of another node. */
    SERVICE,
    /** An agent on a machine of its own, which watches. */
    AGENT
}
