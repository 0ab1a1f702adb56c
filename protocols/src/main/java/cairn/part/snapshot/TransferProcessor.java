package cairn.part.snapshot;

import cairn.model.Activity;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.part.StateMachine;
import cairn.part.TimeAccount;
import cairn.part.snapshot.StorageMessage.Sections;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The second processor, which reads snapshots and sends them to the storage while the application
 * goes on (SN-4). It may die silently; who waits for it too long starts it again, and it goes on
 * with the section at which it died.
 */
public final class TransferProcessor<M extends Message> {

    /** What is kept in memory of the snapshots that are not sealed, one of them just cut. */
    public static final String SNAPSHOTS = "snapshots in memory";

    /** What changed since the cuts before the newest, and was not yet read. */
    public static final String COPIES = "copies of pages";

    /** Sections on their way, of all snapshots. */
    private static final int MOST_UNRECEIVED = 16;

    private final SnapshotStore<M> store;
    private final SharedPages pages;
    private final long term;
    private final long watchdog;
    private final @Nullable Choice dies;
    private final ArrayDeque<Outgoing> snapshots = new ArrayDeque<>();
    private @Nullable Outgoing reading;
    private long attempt;
    private long acknowledged;

    /**
     * A processor beside an application that leads.
     *
     * @param restored the snapshot from which the application was resumed
     * @param watchdog the name of the timer after which it is started again
     */
    public TransferProcessor(
            SnapshotStore<M> store, long term, long restored, long watchdog, Outbox<M> out) {
        this.store = store;
        this.pages = new SharedPages(out.memory(), store.costs());
        this.term = term;
        this.acknowledged = restored;
        this.watchdog = watchdog;
        double probability = store.settings().transferDeathProbability();
        dies =
                probability == 0
                        ? null
                        : out.choice(
                                "transfer processor dies in term " + term,
                                new Law.Chance(probability));
    }

    /** What watches the application's stores. */
    public StateMachine.Stores stores() {
        return pages;
    }

    /** Snapshots that are not yet sealed. */
    public int unsealed() {
        return snapshots.size();
    }

    /** Whether another snapshot may be cut. */
    public boolean mayCut() {
        return snapshots.size() < store.settings().overlapping();
    }

    /** SN-1: the memory at this instant is a snapshot, and begins to be transferred. */
    public void cut(long epoch, Registers registers, Outbox<M> out) {
        int count = out.memory().pageCount();
        int section = store.settings().sectionPages();
        snapshots.add(new Outgoing(pages.cut(), epoch, registers, count, section));
        out.claim(new Fact.Retained(0, SNAPSHOTS, pages.snapshots()));
        out.claim(new Fact.Retained(0, COPIES, pages.held()));
        long nanos = store.costs().protectPageNanos() * count;
        TimeAccount.pause(Activity.CHECKPOINT_PAUSE, nanos, out);
        goOn(out);
    }

    private void goOn(Outbox<M> out) {
        if (reading != null) {
            return;
        }
        int unreceived = 0;
        for (Outgoing snapshot : snapshots) {
            unreceived += snapshot.unreceived().size();
            if (snapshot.hasNext() && unreceived < MOST_UNRECEIVED) {
                reading = snapshot;
                read(snapshot, out);
                return;
            }
        }
    }

    private void read(Outgoing snapshot, Outbox<M> out) {
        attempt++;
        if (dies == null || !dies.happens()) {
            long bytes = snapshot.nextBytes();
            out.compute(
                    attempt, store.costs().memcpyNanos(bytes) + store.costs().checksumNanos(bytes));
        }
        out.arm(watchdog, store.settings().transferTimeoutNanos());
    }

    /** It has read a section, or has been silent for too long. */
    public void computed(long token, Outbox<M> out) {
        Outgoing snapshot = reading;
        if (token != attempt || snapshot == null) {
            // Of a processor that was taken for dead.
            return;
        }
        stop(out);
        if (snapshots.contains(snapshot)) {
            store.send(snapshot.next(pages, term, acknowledged, store.rules()), out);
        }
        goOn(out);
    }

    private void stop(Outbox<M> out) {
        reading = null;
        out.disarm(watchdog);
    }

    /** SN-4: its silence is noticed, and neither application nor snapshot is lost. */
    public void startAgain(Outbox<M> out) {
        Outgoing snapshot = reading;
        if (snapshot != null && snapshots.contains(snapshot)) {
            read(snapshot, out);
        } else {
            stop(out);
            goOn(out);
        }
    }

    /** The storage has some sections of a snapshot. */
    public void received(long epoch, int index, Outbox<M> out) {
        for (Outgoing snapshot : snapshots) {
            if (snapshot.epoch() == epoch && !snapshot.isTransferred()) {
                snapshot.received(index);
                if (snapshot.isTransferred()) {
                    seal(snapshot, out);
                }
            }
        }
        goOn(out);
    }

    private void seal(Outgoing snapshot, Outbox<M> out) {
        store.send(snapshot.seal(term), out);
    }

    /** Sends again what may have been lost on the way. */
    public void repeat(Outbox<M> out) {
        for (Outgoing snapshot : snapshots) {
            if (snapshot.isTransferred()) {
                seal(snapshot, out);
            }
            for (Sections sections : snapshot.unreceived()) {
                store.send(sections, out);
            }
        }
    }

    /** A snapshot, and with it all older ones, is sealed. */
    public void sealed(long epoch, Outbox<M> out) {
        acknowledged = epoch;
        while (!snapshots.isEmpty() && snapshots.getFirst().epoch() <= epoch) {
            Outgoing sealed = snapshots.removeFirst();
            if (store.rules().givesUpSealed()) {
                pages.release(sealed.snapshot());
            }
        }
        goOn(out);
    }

    /** A snapshot is lost; false if it is not known. */
    public boolean lost(long epoch, Outbox<M> out) {
        for (Outgoing snapshot : snapshots) {
            if (snapshot.epoch() == epoch) {
                snapshots.remove(snapshot);
                pages.release(snapshot.snapshot());
                goOn(out);
                return true;
            }
        }
        return false;
    }
}
