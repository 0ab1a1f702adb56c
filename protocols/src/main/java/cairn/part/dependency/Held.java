package cairn.part.dependency;

import java.util.ArrayList;
import java.util.List;

/**
 * A determinant and who is known to hold it; each holder is a rank in one of its lives, since it
 * forgets with its life.
 */
public record Held(Determinant determinant, List<Holder> holders) {

    /** A rank in one of its lives. */
    public record Holder(int rank, long life) {
        static final int BYTES = 8;
    }

    public Held {
        holders = List.copyOf(holders);
    }

    public boolean isHeldBy(int rank) {
        for (Holder holder : holders) {
            if (holder.rank == rank) {
                return true;
            }
        }
        return false;
    }

    public Held with(Holder one) {
        if (isHeldBy(one.rank)) {
            return this;
        }
        List<Holder> more = new ArrayList<>(holders);
        more.add(one);
        return new Held(determinant, more);
    }

    public Held without(int rank) {
        return new Held(
                determinant, holders.stream().filter(holder -> holder.rank != rank).toList());
    }

    public int bytes() {
        return determinant.bytes() + Holder.BYTES * holders.size();
    }
}
