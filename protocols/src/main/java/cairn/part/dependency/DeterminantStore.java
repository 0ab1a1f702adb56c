package cairn.part.dependency;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The determinants that a rank holds in its memory, its own and those of others. */
public final class DeterminantStore {

    private final int enough;
    private final List<NavigableMap<Long, Held>> ofRank = new ArrayList<>();
    private final NavigableMap<Long, Held> scarce = new TreeMap<>();

    /**
     * An empty store.
     *
     * @param enough how many holders a determinant needs
     */
    public DeterminantStore(int ranks, int enough) {
        this.enough = enough;
        for (int rank = 0; rank < ranks; rank++) {
            ofRank.add(new TreeMap<>());
        }
    }

    private long key(Determinant of) {
        return of.receipt() * ofRank.size() + of.receiver();
    }

    /** Adds a determinant, or what is newly known about its holders. */
    public void add(Held held) {
        Determinant determinant = held.determinant();
        Held known = ofRank.get(determinant.receiver()).get(determinant.receipt());
        if (known != null && known.determinant().life() > determinant.life()) {
            return;
        }
        Held merged = held;
        if (known != null && known.determinant().equals(determinant)) {
            for (Held.Holder holder : known.holders()) {
                merged = merged.with(holder);
            }
        }
        put(merged);
    }

    private void put(Held held) {
        Determinant determinant = held.determinant();
        ofRank.get(determinant.receiver()).put(determinant.receipt(), held);
        if (held.holders().size() < enough) {
            scarce.put(key(determinant), held);
        } else {
            scarce.remove(key(determinant));
        }
    }

    /** A rank holds these too, if they are still here. */
    public void heldBy(Held.Holder holder, List<Held> these) {
        for (Held one : these) {
            Determinant determinant = one.determinant();
            Held known = ofRank.get(determinant.receiver()).get(determinant.receipt());
            if (known != null && known.determinant().equals(determinant)) {
                put(known.with(holder));
            }
        }
    }

    /** A rank has forgotten all that it held. */
    public void forgottenBy(int rank) {
        for (NavigableMap<Long, Held> all : ofRank) {
            List.copyOf(all.values()).stream()
                    .filter(held -> held.isHeldBy(rank))
                    .forEach(held -> put(held.without(rank)));
        }
    }

    /** A rank needs its determinants up to a receipt no longer. */
    public void giveUp(int rank, long upTo) {
        NavigableMap<Long, Held> old = ofRank.get(rank).headMap(upTo, true);
        old.values().forEach(held -> scarce.remove(key(held.determinant())));
        old.clear();
    }

    /** Gives up the determinants of a rank after a receipt. */
    public void dropAfter(int rank, long receipt) {
        NavigableMap<Long, Held> late = ofRank.get(rank).tailMap(receipt, false);
        late.values().forEach(held -> scarce.remove(key(held.determinant())));
        late.clear();
    }

    /** Those that too few hold, as far as they are wanted. */
    public List<Held> scarce(Predicate<Held> wanted) {
        return scarce.values().stream().filter(wanted).toList();
    }

    public boolean hasScarce() {
        return !scarce.isEmpty();
    }

    /** Whether too few hold one; one that was given up is needed no longer. */
    public boolean isScarce(Determinant determinant) {
        Held held = scarce.get(key(determinant));
        return held != null && held.determinant().equals(determinant);
    }

    /** What is held of a rank's. */
    public List<Held> of(int rank) {
        return List.copyOf(ofRank.get(rank).values());
    }

    /** The last receipt of a rank up to which all determinants are held by enough. */
    public long enoughUpTo(int rank, long receipts) {
        for (Held held : scarce.values()) {
            if (held.determinant().receiver() == rank) {
                return Math.min(receipts, held.determinant().receipt() - 1);
            }
        }
        return receipts;
    }

    public void clear() {
        ofRank.forEach(NavigableMap::clear);
        scarce.clear();
    }

    public void save(ByteWriter state) {
        state.number(ofRank.stream().mapToInt(NavigableMap::size).sum());
        for (NavigableMap<Long, Held> all : ofRank) {
            for (Held held : all.values()) {
                held.determinant().save(state);
            }
        }
    }

    /** Who else still holds what was saved is not known. */
    public void restore(Held.Holder self, ByteReader state) {
        clear();
        determinants(state).forEach(one -> put(new Held(one, List.of(self))));
    }

    /** Reads how many there are, and then each. */
    public static List<Determinant> determinants(ByteReader state) {
        List<Determinant> read = new ArrayList<>();
        for (int left = state.count(); left > 0; left--) {
            read.add(Determinant.restore(state));
        }
        return read;
    }
}
