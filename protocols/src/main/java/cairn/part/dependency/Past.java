package cairn.part.dependency;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the earlier lives of a rank ended: what it did after that is lost. Immutable.
 *
 * @param ends in order of lives
 */
public record Past(List<End> ends) {

    /** Of a rank that keeps no log, or that never lost anything. */
    public static final Past NONE = new Past(List.of());

    /** All states of a life after a position of its log, and of earlier lives too, are lost. */
    public record End(long life, long position) {
        static final int BYTES = 16;
    }

    public Past {
        ends = List.copyOf(ends);
    }

    public Past with(End end) {
        List<End> more = new ArrayList<>(ends);
        more.add(end);
        return new Past(more);
    }

    /** Whether a state was lost. */
    public boolean isLost(long life, long position) {
        for (End end : ends) {
            if (end.life >= life && position > end.position) {
                return true;
            }
        }
        return false;
    }

    public int bytes() {
        return End.BYTES * ends.size();
    }

    public void save(ByteWriter state) {
        state.number(ends.size());
        ends.forEach(end -> state.number(end.life).number(end.position));
    }

    public static Past restore(ByteReader state) {
        List<End> ends = new ArrayList<>();
        for (int left = state.count(); left > 0; left--) {
            ends.add(new End(state.number(), state.number()));
        }
        return new Past(ends);
    }
}
