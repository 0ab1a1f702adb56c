package cairn.rdma;

/**
 * A packet of the reliable connection transport. Never changed once transmitted, so a duplicate may
 * be the same object.
 */
public final class Packet {

    Packet() {}
}
