package cairn.cluster.memory;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.memory.Frames;
import cairn.model.memory.PagedMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pages outside of Java whose protection is that of the machine: a store to a protected page stops
 * the thread that makes it, in the kernel, until the page is unprotected (userfaultfd). Used by one
 * thread at a time.
 *
 * <p>The same memory is mapped twice. The processor stores to one mapping, whose pages are
 * protected; devices, restores and loads go to the other one, which is not protected, as a device
 * goes past the page tables of a process.
 *
 * <p>Stores are native calls, so that a thread that is stopped in one never keeps the JVM from a
 * safepoint; a store of Java code would. Huge pages are refused, since protection counts in pages
 * of 4 KiB. Unlike mprotect, it takes no mappings: every second page may be protected.
 */
public final class ProtectedRegion implements Frames, AutoCloseable {

    private static final int READ_AND_WRITE = 3;
    private static final int SHARED = 1;
    private static final int NO_HUGE_PAGES = 15;
    private static final int PUNCH_HOLE_AND_KEEP_SIZE = 3;

    private static final int NONE = -1;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int count;
    private final long bytes;
    private final Userfault stops;
    private final Userfault notes;
    private final int file;
    private final long processor;
    private final MemorySegment device;
    private final MemorySegment staging = Arena.ofAuto().allocate(PAGE_BYTES, PAGE_BYTES);
    private final byte[] looked = new byte[PAGE_BYTES];
    private final WrittenPages written;
    private final FaultThread faults;
    private final TriedStores tried = new TriedStores();
    private final BitSet touched = new BitSet();
    private final BitSet guarded = new BitSet();
    private final BitSet noted = new BitSet();
    private PagedMemory.FaultHandler handler = _ -> {};
    private final AtomicLong stoppedStores = new AtomicLong();
    private final AtomicLong scans = new AtomicLong();
    private boolean notesNow;

    /** The page that is being stored to. What was done before that is seen by who reads it. */
    private volatile int storedTo = NONE;

    /** Whether somebody acts for the thread that is stopped, and has not ended yet. */
    private volatile boolean handling;

    private volatile @Nullable Throwable thrown;

    /**
     * Zeroed pages that are not protected.
     *
     * @throws Unavailable if this machine cannot protect pages in this way
     */
    public ProtectedRegion(int count) throws Unavailable {
        if (count < 1) {
            throw new IllegalArgumentException("a region has a page or more: " + count);
        }
        this.count = count;
        this.bytes = (long) count * PAGE_BYTES;
        this.stops = Userfault.stopping();
        try {
            this.notes = Userfault.noting();
        } catch (Unavailable e) {
            stops.close();
            throw e;
        }
        this.file = Linux.memoryFile("cairn");
        Linux.truncate(file, bytes);
        this.processor = map();
        this.device = Linux.segment(map(), bytes);
        this.written = new WrittenPages(processor, count, PAGE_BYTES);
        stops.register(processor, bytes);
        this.faults = new FaultThread(stops, this::stopped);
    }

    private long map() {
        long address = Linux.map(file, bytes, READ_AND_WRITE, SHARED);
        Linux.advise(address, bytes, NO_HUGE_PAGES);
        return address;
    }

    /** How many stores were stopped so far. */
    public long stoppedStores() {
        return stoppedStores.get();
    }

    /** How often the kernel was asked which pages were stored to. */
    public long scans() {
        return scans.get();
    }

    @Override
    public int count() {
        return count;
    }

    // ---- loads, and stores past the protection

    @Override
    public void read(int page, int within, byte[] into, int offset, int length) {
        MemorySegment.copy(device, ValueLayout.JAVA_BYTE, at(page, within), into, offset, length);
    }

    @Override
    public long readLong(int page, int within) {
        return device.get(LONG, at(page, within));
    }

    @Override
    public byte[] content(int page) {
        read(page, 0, looked, 0, PAGE_BYTES);
        return looked;
    }

    @Override
    public byte[] @Nullable [] snapshot() {
        byte[] @Nullable [] contents = new byte[count][];
        for (int page = touched.nextSetBit(0); page >= 0; page = touched.nextSetBit(page + 1)) {
            contents[page] = content(page).clone();
        }
        return contents;
    }

    @Override
    public void put(int page, int within, byte[] from, int offset, int length) {
        touched.set(page);
        MemorySegment.copy(from, offset, device, ValueLayout.JAVA_BYTE, at(page, within), length);
    }

    @Override
    public void clear(int first, int last) {
        int start = touched.nextSetBit(first);
        if (start < 0 || start > last) {
            return;
        }
        if (notesNow) {
            // What the kernel has noted of these pages goes with them.
            noted.or(written.collect());
        }
        Linux.allocate(
                file,
                PUNCH_HOLE_AND_KEEP_SIZE,
                at(first, 0),
                (long) (last - first + 1) * PAGE_BYTES);
        touched.clear(first, last + 1);
        protectAgain(first, last);
    }

    /** The protection of pages that are mapped anew is gone with them. */
    private void protectAgain(int first, int last) {
        if (notesNow) {
            notes.protect(processor + at(first, 0), (last - first + 1L) * PAGE_BYTES, true);
            return;
        }
        for (int from = guarded.nextSetBit(first);
                from >= 0 && from <= last;
                from = guarded.nextSetBit(Math.min(guarded.nextClearBit(from), last + 1))) {
            int to = Math.min(guarded.nextClearBit(from), last + 1);
            stops.protect(processor + at(from, 0), (long) (to - from) * PAGE_BYTES, true);
        }
    }

    @Override
    public boolean isZero(int page) {
        return !touched.get(page);
    }

    private static long at(int page, int within) {
        return (long) page * PAGE_BYTES + within;
    }

    // ---- stores of the processor

    @Override
    public void write(int page, int within, byte[] from, int offset, int length) {
        MemorySegment.copy(from, offset, staging, ValueLayout.JAVA_BYTE, 0, length);
        store(page, within, length);
    }

    @Override
    public void writeLong(int page, int within, long value) {
        staging.set(LONG, 0, value);
        store(page, within, Long.BYTES);
    }

    // Whoever handles the fault may need this very core.
    @SuppressWarnings("ThreadPriorityCheck")
    private void store(int page, int within, int length) {
        storedTo = page;
        Linux.store(processor + at(page, within), staging, length);
        while (handling) {
            // The page is unprotected, but who did it is still at work with the same objects, for
            // less time than it takes to fall asleep.
            Thread.yield();
        }
        storedTo = NONE;
        touched.set(page);
        Throwable refusal = thrown;
        thrown = null;
        if (refusal instanceof RuntimeException e) {
            throw e;
        } else if (refusal instanceof Error e) {
            throw e;
        }
    }

    @Override
    public boolean guard(PagedMemory.FaultHandler stopped) {
        handler = stopped;
        return true;
    }

    /** A store was stopped: one that was tried, or one of the thread that uses the memory. */
    private void stopped(long address) {
        int page = (int) ((address - processor) / PAGE_BYTES);
        TriedStore store = tried.freshIn(page);
        if (store != null) {
            // Counted before whoever tried it goes on, and may look.
            stoppedStores.incrementAndGet();
            store.stopped();
        } else if (storedTo == page) {
            stoppedStores.incrementAndGet();
            handle(page);
        }
        // Else a thread that stands in a store was interrupted by a signal, and stands again.
    }

    /** Acts for the thread that is stopped, and which therefore does nothing meanwhile. */
    private void handle(int page) {
        handling = true;
        try {
            handler.onStoreTo(page);
        } catch (RuntimeException | Error e) {
            // It is thrown where the store was made, which has to end first.
            thrown = e;
            stops.protect(processor + at(page, 0), PAGE_BYTES, false);
        } finally {
            handling = false;
        }
    }

    // ---- protection

    @Override
    public void protect(int first, int last, boolean isProtected) {
        guarded.set(first, last + 1, isProtected);
        stops.protect(processor + at(first, 0), (last - first + 1L) * PAGE_BYTES, isProtected);
        if (!isProtected) {
            tried.awaitPassed(first, last);
        }
    }

    @Override
    public boolean stops(int page) {
        if (!tried.standsIn(page)) {
            byte there = device.get(ValueLayout.JAVA_BYTE, at(page, 0));
            tried.tryIn(page, processor + at(page, 0), there);
        }
        return true;
    }

    // ---- noting

    @Override
    public void track(boolean isOn) {
        if (!tried.isEmpty()) {
            // The kernel forgets a region without a word to those who stand in a store to it.
            protect(0, count - 1, false);
        }
        noted.clear();
        guarded.clear();
        if (isOn != notesNow) {
            notesNow = isOn;
            (isOn ? stops : notes).unregister(processor, bytes);
            (isOn ? notes : stops).register(processor, bytes);
        }
        if (isOn) {
            notes.protect(processor, bytes, true);
        }
    }

    @Override
    public BitSet collect() {
        scans.incrementAndGet();
        BitSet all = written.collect();
        all.or(noted);
        noted.clear();
        return all;
    }

    /** Gives the memory back; it is not to be touched any more. */
    @Override
    public void close() {
        if (notesNow) {
            track(false);
        }
        protect(0, count - 1, false);
        faults.close();
        tried.close();
        Linux.unmap(processor, bytes);
        Linux.unmap(device.address(), bytes);
        Linux.close(file);
        written.close();
        stops.close();
        notes.close();
    }
}
