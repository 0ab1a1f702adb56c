package cairn.rdma;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Which keys name which regions and windows. A key is the number of its place and, in its last
 * byte, how often the place was used before. An adapter that is reset begins from the start, so a
 * key from before may then name something else: stale keys are a hazard that connections have to
 * guard against (PMU-17).
 */
final class ProtectionTable {

    private static final int REMOTE = 0x4000_0000;

    private @Nullable Region[] regions = new Region[8];
    private @Nullable Window[] windows = new Window[8];
    private byte[] uses = new byte[8];
    private int places;

    private int place() {
        for (int i = 0; i < places; i++) {
            if (regions[i] == null && windows[i] == null) {
                return i;
            }
        }
        if (places == uses.length) {
            regions = Arrays.copyOf(regions, 2 * places);
            windows = Arrays.copyOf(windows, 2 * places);
            uses = Arrays.copyOf(uses, 2 * places);
        }
        return places++;
    }

    private int key(int place) {
        return (place + 1) << 8 | (uses[place] & 0xFF);
    }

    /** The place of a local key, or -1. */
    private int placeOf(int key) {
        int place = (key >>> 8) - 1;
        return place >= 0 && place < places && key(place) == key ? place : -1;
    }

    int add(Region region) {
        int place = place();
        regions[place] = region;
        return key(place);
    }

    /** Returns an rkey. */
    int add(Window window) {
        int place = place();
        windows[place] = window;
        window.region().windowBound(1);
        return remoteKey(key(place));
    }

    static int remoteKey(int localKey) {
        return localKey | REMOTE;
    }

    @Nullable Region local(int lkey) {
        int place = placeOf(lkey);
        return place < 0 ? null : regions[place];
    }

    @Nullable Region remote(int rkey) {
        return (rkey & REMOTE) == 0 ? null : local(rkey ^ REMOTE);
    }

    @Nullable Window window(int rkey) {
        int place = (rkey & REMOTE) == 0 ? -1 : placeOf(rkey ^ REMOTE);
        return place < 0 ? null : windows[place];
    }

    /**
     * The region that a peer reaches by a key over a queue pair, or null: the key is valid, of the
     * same domain or bound to this connection, the range lies inside, and both the key and the
     * connection grant the right (PMU-10).
     */
    @Nullable Region reachable(QueuePair pair, int rkey, int right, long offset, long length) {
        if (!Rights.include(pair.rights(), right)) {
            return null;
        }
        Window window = window(rkey);
        if (window != null) {
            boolean granted =
                    window.queuePair() == pair.number()
                            && Rights.include(window.rights(), right)
                            && offset >= 0
                            && length >= 0
                            && offset <= window.length() - length
                            && window.region().covers(window.offset() + offset, length);
            return granted ? window.region() : null;
        }
        Region region = remote(rkey);
        boolean granted =
                region != null
                        && region.domain() == pair.domain()
                        && Rights.include(region.rights(), right)
                        && region.covers(offset, length);
        return granted ? region : null;
    }

    /** The region that a key names, whether or not it may be reached. */
    @Nullable Region named(int rkey) {
        Window window = window(rkey);
        return window == null ? remote(rkey) : window.region();
    }

    void removeRegion(int lkey) {
        remove(placeOf(lkey));
    }

    void removeWindow(int rkey) {
        remove(placeOf(rkey ^ REMOTE));
    }

    private void remove(int place) {
        Window window = windows[place];
        if (window != null) {
            window.region().windowBound(-1);
        }
        regions[place] = null;
        windows[place] = null;
        uses[place]++;
    }

    void removeWindowsOf(int queuePair) {
        for (int i = 0; i < places; i++) {
            Window window = windows[i];
            if (window != null && window.queuePair() == queuePair) {
                remove(i);
            }
        }
    }

    boolean usesDomain(int domain) {
        for (int i = 0; i < places; i++) {
            Region region = regions[i];
            if (region != null && region.domain() == domain) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        Arrays.fill(regions, null);
        Arrays.fill(windows, null);
        Arrays.fill(uses, (byte) 0);
        places = 0;
    }
}
