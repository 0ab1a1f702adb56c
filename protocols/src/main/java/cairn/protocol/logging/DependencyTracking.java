package cairn.protocol.logging;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.KnownLogs;
import cairn.part.dependency.Past;
import cairn.protocol.logging.ArrivalLog.Entry;

import java.util.List;

/**
 * What the state of a rank depends on that logs optimistically: states of all ranks that are not
 * durable yet, and that their failures can undo.
 */
final class DependencyTracking {

    private final Site site;
    private final KnownLogs logs;
    private Past past = Past.NONE;
    private DependencyVector vector;
    private DependencyVector atCut;

    /** Whether the past is known of all that this rank depends on: of what it takes it is. */
    private boolean knowsItsOwn;

    /** A rank that depends on nothing. */
    DependencyTracking(Site site) {
        this.site = site;
        this.logs = new KnownLogs(site.ranks());
        this.vector = DependencyVector.zero(site.ranks());
        this.atCut = vector;
    }

    // ---- the rank's own state

    void save(ByteWriter state) {
        vector.save(state);
        past.save(state);
    }

    void restore(ByteReader state) {
        vector = DependencyVector.restore(site.ranks(), state);
        Past then = Past.restore(state);
        past = past.ends().size() > then.ends().size() ? past : then;
    }

    /** The rank is at its beginning; where its lives ended stays as it was. */
    void begin() {
        vector = DependencyVector.zero(site.ranks());
    }

    DependencyVector vector() {
        return vector;
    }

    /** What the rank depends on when it will have received everything that waits. */
    DependencyVector ofAll(List<Entry> waiting) {
        return waiting.stream().map(Entry::vector).reduce(vector, DependencyVector::merged);
    }

    /**
     * The rank received an arrival.
     *
     * @param newest the position of the newest of all that it received
     */
    void received(Entry entry, long newest, List<Entry> waiting) {
        // What arrived before and still waits is before this in the log: lost, it takes this and
        // whoever depends on it along.
        for (Entry other : waiting) {
            if (other.position() < newest) {
                vector = vector.merged(other.vector());
            }
        }
        vector = vector.merged(entry.vector()).with(site.self(), site.life(site.self()), newest);
    }

    void cut(List<Entry> waiting) {
        atCut = ofAll(waiting);
    }

    /** A checkpoint that another rank's failure would undo is none. */
    boolean isCutSafe() {
        return logs.areStable(atCut, site.self());
    }

    // ---- lives that ended

    /** Where earlier lives of this rank ended. */
    Past past() {
        return past;
    }

    /** So it is with the past, as the rank's own disk has it. */
    void replayed(Past onDisk) {
        past = onDisk;
    }

    /** The life before the present one ended. */
    void ended(Past.End end) {
        past = past.with(end);
        logs.learn(site.self(), past);
    }

    /** Another rank told where its lives ended. */
    void learn(int rank, Past ofRank) {
        logs.learn(rank, ofRank);
    }

    /** What another rank has logged up to a position is durable. */
    void durable(int rank, long upTo) {
        logs.durable(rank, upTo);
    }

    /** Whether something depends on a state that is lost. */
    boolean isLost(DependencyVector of) {
        return logs.isLost(of);
    }

    /** Whether no failure can undo what something depends on, so much of the own log durable. */
    boolean isStable(DependencyVector of, long ownDurable) {
        return of.position(site.self()) <= ownDurable && logs.areStable(of, site.self());
    }

    /**
     * Whether a message may be taken that depends on this.
     *
     * <p>A rank that started again must first hear again what others have lost. Else it takes a
     * message that depends on a lost state, and merging hides that behind a later life.
     */
    boolean mayTake(DependencyVector of, List<Entry> waiting) {
        knowsItsOwn = knowsItsOwn || knowsPastsOf(ofAll(waiting));
        return knowsItsOwn && knowsPastsOf(of) && !logs.isLost(of);
    }

    /** Whether it is known what was lost before the lives that something depends on. */
    private boolean knowsPastsOf(DependencyVector of) {
        for (int rank = 0; rank < site.ranks(); rank++) {
            if (of.life(rank) > site.life(rank)) {
                return false;
            }
        }
        return true;
    }
}
