package cairn.model.verbs;

/** How much a FLUSH covers. */
public enum FlushLevel {
    /** The named range. */
    RANGE,
    /** The whole region that the key names; offset and length are ignored. */
    MEMORY_REGION
}
