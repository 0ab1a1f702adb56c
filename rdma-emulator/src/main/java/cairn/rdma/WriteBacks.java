package cairn.rdma;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Cache-line write-backs of the processor (clwb) that have been issued and not yet fenced. What a
 * line held when the instruction ran is what becomes durable; a later store to the line stays
 * dirty.
 *
 * <p>While a line is captured nothing changes beneath it: whoever writes the line back otherwise,
 * or stores past it, finishes all captures first. An old value can so never overwrite a newer one.
 */
final class WriteBacks {

    /** The captured lines of one page. */
    private static final class Captured {
        private final Page page;
        private final long lines;
        private final byte[] bytes = new byte[Page.BYTES];
        private final long dueNanos;

        private Captured(Page page, long lines, long dueNanos) {
            this.page = page;
            this.lines = lines;
            this.dueNanos = dueNanos;
        }
    }

    private final Pages pages;
    private final ArrayDeque<Captured> waiting = new ArrayDeque<>();
    private long lastDueNanos;

    WriteBacks(Pages pages) {
        this.pages = pages;
    }

    /** The bytes that the dirty lines of a range hold. */
    long dirtyBytes(long address, long length) {
        long bytes = 0;
        for (long done = 0; done < length; ) {
            int run = Pages.runInPage(address + done, length - done);
            Page page = pages.find(address + done);
            if (page != null) {
                long lines = page.dirtyIn(Pages.inPage(address + done), run);
                bytes += (long) Long.bitCount(lines) * Page.LINE;
            }
            done += run;
        }
        return bytes;
    }

    /**
     * Captures the dirty lines of a range; returns when they are durable, never before an earlier
     * write-back.
     */
    long issue(long address, long length, long dueNanos) {
        lastDueNanos = Math.max(lastDueNanos, dueNanos);
        for (long done = 0; done < length; ) {
            int run = Pages.runInPage(address + done, length - done);
            Page page = pages.find(address + done);
            if (page != null) {
                capture(page, page.dirtyIn(Pages.inPage(address + done), run));
            }
            done += run;
        }
        return lastDueNanos;
    }

    private void capture(Page page, long lines) {
        if (lines == 0) {
            return;
        }
        Captured captured = new Captured(page, lines, lastDueNanos);
        for (long left = lines; left != 0; left &= left - 1) {
            int start = Long.numberOfTrailingZeros(left) << 6;
            System.arraycopy(page.cache(), start, captured.bytes, start, Page.LINE);
        }
        page.capture(lines);
        waiting.addLast(captured);
    }

    void settle(long now) {
        for (Captured next = waiting.peekFirst();
                next != null && next.dueNanos <= now;
                next = waiting.peekFirst()) {
            finish(waiting.removeFirst());
        }
    }

    void finishAll() {
        while (!waiting.isEmpty()) {
            finish(waiting.removeFirst());
        }
    }

    /**
     * At a fault: the write-backs before the first that is said not to have happened have happened.
     */
    void finishSome(Survivors survivors) {
        while (!waiting.isEmpty()) {
            Captured next = waiting.removeFirst();
            if (survivors.writeBackHappened()) {
                finish(next);
            } else {
                next.page.release(next.lines);
            }
        }
    }

    void clear() {
        waiting.clear();
    }

    private void finish(Captured written) {
        Page page = written.page;
        page.release(written.lines);
        for (Captured later : waiting) {
            if (later.page == page) {
                page.capture(later.lines);
            }
        }
        for (long left = written.lines & page.dirty(); left != 0; left &= left - 1) {
            int start = Long.numberOfTrailingZeros(left) << 6;
            byte[] captured = written.bytes;
            System.arraycopy(captured, start, page.media(), start, Page.LINE);
            // A line that was stored to since the write-back was issued is still dirty.
            if (Arrays.equals(
                    captured, start, start + Page.LINE, page.cache(), start, start + Page.LINE)) {
                pages.forget(page, left & -left);
            }
        }
    }
}
