package cairn.model.verbs;

/**
 * What registration returns: {@code lkey} names the region in local calls and gather lists, {@code
 * rkey} is what a peer presents. Keys are plain tokens that can be guessed and replayed; a memory
 * window bound to a connection is what protects against a peer (PMU-10, PMU-17).
 */
public record MemoryKey(int lkey, int rkey) {}
