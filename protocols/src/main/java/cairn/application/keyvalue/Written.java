package cairn.application.keyvalue;

import cairn.model.choice.Mix;

/** What one client has written: fresh values, and the last one of each of a few keys. */
final class Written {

    private static final int REMEMBERED = 64;

    private final long client;
    private final int[] keys = new int[REMEMBERED];
    private final long[] values = new long[REMEMBERED];
    private long count;

    /** Values differ from those of every client with another number. */
    Written(long client) {
        this.client = client;
    }

    /** A value that nobody wrote before, for a key; never zero. */
    long next(int key) {
        long value = Mix.fold(client, ++count) | 1;
        keys[key % REMEMBERED] = key;
        values[key % REMEMBERED] = value;
        return value;
    }

    /** What this client last wrote to a key; zero if it never did, or has forgotten. */
    long last(int key) {
        return keys[key % REMEMBERED] == key ? values[key % REMEMBERED] : 0;
    }
}
