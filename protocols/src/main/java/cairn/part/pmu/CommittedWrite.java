package cairn.part.pmu;

import java.util.ArrayList;
import java.util.List;

/** What is staged in the buffers and has to be written, and the record that makes it count. */
public final class CommittedWrite {

    private final List<Range> ranges = new ArrayList<>();
    private byte[] record = {};
    private long recordOffset;

    /** Bytes at {@code staged} in the buffers, and their place {@code target} in a region. */
    public record Range(int region, long staged, long target, long length) {

        private boolean isContinuedBy(Range next) {
            return region == next.region
                    && staged + length == next.staged
                    && target + length == next.target;
        }
    }

    /**
     * Adds a range; targets in a region ascend. One that continues the last becomes one with it.
     */
    public void add(Range range) {
        Range last = ranges.isEmpty() ? null : ranges.getLast();
        if (last != null && last.isContinuedBy(range)) {
            long length = last.length + range.length;
            ranges.set(ranges.size() - 1, new Range(last.region, last.staged, last.target, length));
        } else {
            ranges.add(range);
        }
    }

    /** What is written when the rest is, and where in region 0. */
    public void commitBy(byte[] committed, long offset) {
        record = committed;
        recordOffset = offset;
    }

    public List<Range> ranges() {
        return ranges;
    }

    /** For each region that is written to, from the first byte to the last. */
    public List<Range> spans() {
        List<Range> spans = new ArrayList<>();
        for (Range range : ranges) {
            Range first =
                    spans.isEmpty() || spans.getLast().region != range.region
                            ? range
                            : spans.removeLast();
            long length = range.target + range.length - first.target;
            spans.add(new Range(first.region, first.staged, first.target, length));
        }
        return spans;
    }

    public byte[] record() {
        return record;
    }

    /** Where in region 0 the record goes. */
    public long recordOffset() {
        return recordOffset;
    }
}
