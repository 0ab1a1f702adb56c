package cairn.protocol.dirtypages;

/** Where checkpoint files lie. */
public enum Place {
    /** On the disk of the machine that the rank runs on. */
    OWN_DISK,
    /** On the disk of one machine for all, so that any node can go on with any rank. */
    STORAGE_NODE
}
