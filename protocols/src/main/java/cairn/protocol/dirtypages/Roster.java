package cairn.protocol.dirtypages;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which node executes which rank, and who is taken for dead. Places are counted as in the {@link
 * Layout}: first the nodes, then the storage node if there is one.
 */
final class Roster {

    /** How often the time after which a silent node is taken for dead is doubled. */
    private static final int MOST_MISTAKES = 6;

    private final int nodes;
    private final int[] incarnations;
    private final BitSet heard = new BitSet();
    private final BitSet dead = new BitSet();
    private final BitSet suspected = new BitSet();
    private List<Integer> homes;
    private int mistakes;

    /** Each rank on the node of its number, and nobody dead. */
    Roster(Layout layout, int ranks) {
        this.nodes = layout.nodes();
        this.incarnations = new int[nodes + (layout.stores() ? 1 : 0)];
        this.homes = IntStream.range(0, ranks).boxed().toList();
    }

    int places() {
        return incarnations.length;
    }

    /** The nodes of all ranks, in order. */
    List<Integer> homes() {
        return homes;
    }

    /** In which of its lives a place is, as far as it has said. */
    int incarnation(int place) {
        return incarnations[place];
    }

    /** Whether all have answered, but for the dead; who executes a rank is waited for even then. */
    boolean isComplete(BitSet answered) {
        return answered.cardinality() + dead.cardinality() == incarnations.length
                && homes.stream().allMatch(answered::get);
    }

    // ---- who lives

    /** A place said something. */
    void heard(int place) {
        heard.set(place);
    }

    /** A place has stopped, and answered for it; it was not dead. */
    void answered(int place) {
        dead.clear(place);
    }

    /** A place says in which life it is; false if that was known. */
    boolean hasStartedAnew(int place, int incarnation) {
        if (incarnation <= incarnations[place]) {
            return false;
        }
        incarnations[place] = incarnation;
        suspected.clear(place);
        return true;
    }

    /** Whether a place was taken for dead; from now on it is a spare one. */
    boolean takesBack(int place) {
        boolean wasDead = dead.get(place);
        dead.clear(place);
        return wasDead;
    }

    /**
     * Whoever was suspected and lives is given more time from now on: what it stores delays its
     * word of itself, and all would go back before any checkpoint is complete, again and again (T.
     * D. Chandra and S. Toueg, <i>Unreliable Failure Detectors</i>, 1996).
     */
    void alive(int place) {
        if (suspected.get(place)) {
            suspected.clear();
            mistakes = Math.min(mistakes + 1, MOST_MISTAKES);
        }
    }

    /** How often somebody was suspected who lived. */
    int mistakes() {
        return mistakes;
    }

    /** Suspects each node of a rank that was not heard of; false if there is none. */
    boolean suspectsSilent() {
        if (homes.stream().allMatch(heard::get)) {
            return false;
        }
        suspected.clear();
        homes.stream().filter(home -> !heard.get(home)).forEach(suspected::set);
        return true;
    }

    /** From now on a place is silent until it is heard again. */
    void listenAnew() {
        heard.clear();
    }

    // ---- who executes what

    /**
     * DJ-15: spare nodes take up the ranks of silent nodes, and all who are silent are dead; false,
     * and nothing changes, if there are too few.
     */
    boolean adopts() {
        Deque<Integer> free =
                heard.stream()
                        .filter(place -> place < nodes && !homes.contains(place))
                        .boxed()
                        .collect(Collectors.toCollection(ArrayDeque::new));
        if (homes.stream().filter(home -> !heard.get(home)).count() > free.size()) {
            return false;
        }
        homes = homes.stream().map(home -> heard.get(home) ? home : free.pop()).toList();
        dead.set(0, nodes);
        dead.andNot(heard);
        return true;
    }

    /** DJ-15: each rank moves to the next node. */
    void moveOn() {
        homes = homes.stream().map(home -> (home + 1) % nodes).toList();
    }
}
