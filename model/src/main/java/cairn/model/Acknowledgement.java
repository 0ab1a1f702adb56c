package cairn.model;

/** What it means that a protocol calls a checkpoint safe. */
public enum Acknowledgement {
    /** It reached the store's machine. */
    RECEIVED,
    /** It can be read back from the store. */
    VISIBLE,
    /** It survives a power loss of the store. */
    DURABLE,
    /** It survives power losses, and the loss of all stores but one. */
    DURABLE_ON_ALL
}
