package cairn.model.verbs;

/**
 * A place in a peer's region or memory window: the key that the peer gave out, and the offset from
 * its start.
 */
public record RemoteAddress(int rkey, long offset) {}
