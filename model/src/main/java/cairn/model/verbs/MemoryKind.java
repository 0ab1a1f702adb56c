package cairn.model.verbs;

/** Which of a machine's memories a region lies in. */
public enum MemoryKind {
    DRAM,
    PERSISTENT
}
