package cairn.rdma;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Persistent memory of one machine and the path that leads to it, by byte.
 *
 * <pre>
 * adapter, PCIe, I/O buffers --DDIO on--> last-level cache --eviction, flush--> queue --> media
 *                            --DDIO off---------------------------------------> queue --> media
 *                                processor's stores --> last-level cache
 * </pre>
 *
 * <p>A load sees cache, queue and media, not what is still in the I/O buffers. Each fault empties
 * the places that lie outside what it spares; calmly everything there is lost, and the choices may
 * let any 8-byte words of it get through (see the class {@code Survivors}). Nothing needs an event:
 * time passes when someone looks.
 *
 * <p>Choices asked, each name after the caller's prefix: "residence" (how long a write stays in the
 * buffers), "seen early" (a load of bytes that are on their way: none, calmly; all; the second
 * half; all), "evicted before store", "rotten bit", and at a fault those of what outlives it.
 */
public final class PersistentMemory implements DurableMemory {

    /** What persistent memory needs of its machine. */
    public interface Host {
        /** Virtual time in nanoseconds. */
        long now();

        /**
         * Tells the program after a delay that the flush with a token is done, unless the machine
         * has failed meanwhile.
         */
        void persisted(long delayNanos, long token);
    }

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SEEN_TAIL = 2;

    private final long size;
    private final Platform platform;
    private final RdmaCosts costs;
    private final Host host;
    private final Pages pages;
    private final Transit transit;
    private final RecentStores queue = new RecentStores();
    private final Survivors survivors;
    private final Choice residence;
    private final Choice seenEarly;
    private final Choice evicted;
    private final Choice rottenBit;
    private final byte[] word = new byte[8];

    /** {@code name} begins the names of the choices that are asked: "pmem n2". */
    public PersistentMemory(
            String name,
            long size,
            Platform platform,
            RdmaCosts costs,
            Host host,
            Choices choices) {
        if (size <= 0 || name.isBlank()) {
            throw new IllegalArgumentException(
                    "persistent memory has a name and a size: '" + name + "', " + size);
        }
        this.size = size;
        this.platform = platform;
        this.costs = costs;
        this.host = host;
        this.pages = new Pages(size, costs.cacheBytes());
        this.transit = new Transit(this::land);
        this.survivors = new Survivors(name, choices);
        this.residence =
                new Choice(
                        name + " residence",
                        new Law.Uniform(costs.residenceLeastNanos(), costs.residenceMostNanos()),
                        choices);
        this.seenEarly = new Choice(name + " seen early", new Law.Pick(4), choices);
        this.evicted =
                new Choice(
                        name + " evicted before store",
                        new Law.Chance(costs.evictionProbability()),
                        choices);
        this.rottenBit = new Choice(name + " rotten bit", new Law.Pick(512), choices);
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        pages.check(address, length);
        settle();
        if (!transit.isEmpty()) {
            glimpse(address, length);
        }
        pages.read(address, target, offset, length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        pages.check(address, length);
        settle();
        storeToCache(address, source, offset, length);
    }

    @Override
    public long readLong(long address) {
        pages.check(address, 8);
        settle();
        // The usual case: nothing on its way, and all bytes in one line.
        if (transit.isEmpty() && (address & (Page.LINE - 1)) <= Page.LINE - 8) {
            Page page = pages.find(address);
            byte @Nullable [] held = page == null ? null : page.newest(Pages.inPage(address));
            return held == null ? 0 : (long) LONGS.get(held, Pages.inPage(address));
        }
        read(address, word, 0, 8);
        return (long) LONGS.get(word, 0);
    }

    @Override
    public void writeLong(long address, long value) {
        LONGS.set(word, 0, value);
        write(address, word, 0, 8);
    }

    /**
     * {@inheritDoc} The host is told after the time that the write-back takes; a fault before that
     * may find any part of it done. Where caches are inside the persistence domain nothing needs
     * moving.
     */
    @Override
    public void persist(long address, long length, long token) {
        pages.check(address, length);
        settle();
        long now = host.now();
        long bytes = pages.writeBacks().dirtyBytes(address, length);
        long cost = costs.cacheFlushNanos() + costs.persistentWriteNanos(bytes);
        long due = pages.writeBacks().issue(address, length, now + cost);
        queue.add(address, length, due + costs.queueNanos());
        host.persisted(due - now, token);
    }

    /** The program dies, the machine lives: nothing is lost, and what is on its way moves on. */
    public void processCrash() {
        settle();
    }

    /**
     * The machine restarts without losing power: what is outside memory controller and persistence
     * domain may be lost. Returns what was.
     */
    public Loss warmReset() {
        return loseWhatIsNotSafe();
    }

    /**
     * Power fails: what is outside the persistence domain is lost, except for 8-byte words that
     * happened to get there. Returns what was lost.
     */
    public Loss powerLoss() {
        return loseWhatIsNotSafe();
    }

    /**
     * The adapter fails or is reset: what is in its buffers and in the I/O buffers is lost; what is
     * visible stays. Returns what was lost.
     */
    @Override
    public Loss nicLoss() {
        settle();
        if (platform.domain() == PersistenceDomain.WSP) {
            transit.drainAll();
        } else if (!transit.isEmpty()) {
            survivors.beginTransit();
            return new Loss(transit.lose(survivors, this::land), 0);
        }
        return Loss.NONE;
    }

    /** The modules are gone and blank ones take their place: every byte is zero. */
    public void permanentLoss() {
        transit.clear();
        pages.writeBacks().clear();
        pages.clear();
    }

    /**
     * Media decay: in each 64-byte line that a range touches one bit, asked of the choices, is
     * inverted.
     */
    public void rot(long address, long length) {
        pages.check(address, length);
        settle();
        for (long line = address & -Page.LINE; line < address + length; line += Page.LINE) {
            long bit = rottenBit.ask();
            flip(Math.min(size - 1, line + (bit >>> 3)), (int) bit & 7);
        }
    }

    /**
     * Inverts one bit, 0 to 7, of a byte in the media; a dirty cache line above it is not touched.
     */
    public void flip(long address, int bit) {
        pages.check(address, 1);
        if (bit < 0 || bit > 7) {
            throw new IllegalArgumentException("a bit of a byte is 0 to 7: " + bit);
        }
        settle();
        pages.flip(address, bit);
    }

    /** The furthest place from the media that holds a copy of a byte on its way. */
    public Place placeOf(long address) {
        pages.check(address, 1);
        settle();
        if (transit.firstIn(address, 1) >= 0) {
            return Place.ADAPTER;
        }
        if (pages.isDirty(address)) {
            return Place.CACHE;
        }
        return queue.holds(address, host.now()) ? Place.QUEUE : Place.MEDIA;
    }

    @Override
    public void accept(
            WriteStream stream,
            boolean ordered,
            long address,
            byte[] source,
            int offset,
            int length) {
        pages.check(address, length);
        settle();
        long leaves = host.now() + residence.ask();
        if (ordered) {
            transit.accept(
                    address,
                    source,
                    offset,
                    length,
                    stream.connection(),
                    stream.message(),
                    stream.order(leaves));
        } else {
            transit.accept(
                    address,
                    source,
                    offset,
                    length,
                    stream.connection(),
                    Transit.UNORDERED,
                    leaves);
        }
    }

    @Override
    public long drain(int connection) {
        settle();
        return transit.drain(connection);
    }

    @Override
    public void drainRange(long address, long length) {
        settle();
        transit.drainRange(address, length);
    }

    @Override
    public long flush(long address, long length) {
        pages.check(address, length);
        settle();
        return platform.domain() == PersistenceDomain.ADR ? pages.writeBack(address, length) : 0;
    }

    @Override
    public void storeNow(long address, byte[] source, int offset, int length) {
        pages.check(address, length);
        settle();
        land(address, source, offset, length);
    }

    private void settle() {
        long now = host.now();
        if (transit.firstDue() <= now) {
            transit.settle(now);
        }
        pages.writeBacks().settle(now);
    }

    /**
     * A load of bytes that are on their way sees them, or not, or the end of a message before its
     * start.
     */
    private void glimpse(long address, long length) {
        int found = transit.firstIn(address, length);
        if (found < 0) {
            return;
        }
        long answer = seenEarly.ask();
        if (answer == SEEN_TAIL) {
            transit.landTailInOrder(found);
        } else if (answer != 0) {
            transit.landInOrder(found);
        }
    }

    private void land(long address, byte[] source, int offset, int length) {
        if (platform.directCacheAccess()) {
            storeToCache(address, source, offset, length);
        } else {
            pages.storeToMedia(address, source, offset, length);
            // Looking late does not make the write late.
            queue.add(
                    address,
                    length,
                    Math.min(host.now(), transit.landingNanos()) + costs.queueNanos());
        }
    }

    private void storeToCache(long address, byte[] source, int offset, int length) {
        if (pages.overwritesDirty(address, length) && evicted.happens()) {
            pages.writeBack(address, length);
        }
        pages.storeToCache(address, source, offset, length);
    }

    private Loss loseWhatIsNotSafe() {
        settle();
        return switch (platform.domain()) {
            case WSP -> {
                transit.drainAll();
                pages.writeBackAll();
                yield Loss.NONE;
            }
            case EADR -> {
                pages.writeBackAll();
                yield new Loss(loseTransit(), 0);
            }
            case ADR -> {
                pages.writeBacks().finishSome(survivors);
                survivors.beginCache();
                long ofCache = pages.loseCache(survivors);
                yield new Loss(loseTransit(), ofCache);
            }
        };
    }

    private long loseTransit() {
        survivors.beginTransit();
        return transit.lose(survivors, pages::storeToMedia);
    }
}
