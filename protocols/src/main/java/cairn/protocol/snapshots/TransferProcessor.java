package cairn.protocol.snapshots;

import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.part.SharedPages;
import cairn.protocol.snapshots.SnapshotsMessage.Sections;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The second processor, which reads snapshots and sends them to the storage while the application
 * goes on (SN-4). It may die silently; who waits for it too long starts it again, and it goes on
 * with the section at which it died.
 */
final class TransferProcessor {

    /** Sections on their way, of all snapshots. */
    private static final int MOST_UNRECEIVED = 16;

    private final Setup setup;
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
    TransferProcessor(
            Setup setup,
            SharedPages pages,
            long term,
            long restored,
            long watchdog,
            Outbox<SnapshotsMessage> out) {
        this.setup = setup;
        this.pages = pages;
        this.term = term;
        this.acknowledged = restored;
        this.watchdog = watchdog;
        Law death = new Law.Chance(setup.settings().transferDeathProbability());
        dies =
                setup.settings().transferDeathProbability() == 0
                        ? null
                        : out.choice("transfer processor dies in term " + term, death);
    }

    /** Snapshots that are not yet sealed. */
    int unsealed() {
        return snapshots.size();
    }

    void begin(Outgoing snapshot, Outbox<SnapshotsMessage> out) {
        snapshots.add(snapshot);
        goOn(out);
    }

    private void goOn(Outbox<SnapshotsMessage> out) {
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

    private void read(Outgoing snapshot, Outbox<SnapshotsMessage> out) {
        attempt++;
        if (dies == null || !dies.happens()) {
            long bytes = snapshot.nextBytes();
            out.compute(
                    attempt, setup.costs().memcpyNanos(bytes) + setup.costs().checksumNanos(bytes));
        }
        out.arm(watchdog, setup.settings().transferTimeoutNanos());
    }

    /** It has read a section, or has been silent for too long. */
    void computed(long token, Outbox<SnapshotsMessage> out) {
        Outgoing snapshot = reading;
        if (token != attempt || snapshot == null) {
            // Of a processor that was taken for dead.
            return;
        }
        stop(out);
        if (snapshots.contains(snapshot)) {
            out.send(Topology.STORAGE, snapshot.next(pages, term, acknowledged, setup.rules()));
        }
        goOn(out);
    }

    private void stop(Outbox<SnapshotsMessage> out) {
        reading = null;
        out.disarm(watchdog);
    }

    /** SN-4: its silence is noticed, and neither application nor snapshot is lost. */
    void startAgain(Outbox<SnapshotsMessage> out) {
        Outgoing snapshot = reading;
        if (snapshot != null && snapshots.contains(snapshot)) {
            read(snapshot, out);
        } else {
            stop(out);
            goOn(out);
        }
    }

    void received(long epoch, int index, Outbox<SnapshotsMessage> out) {
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

    private void seal(Outgoing snapshot, Outbox<SnapshotsMessage> out) {
        out.send(Topology.STORAGE, snapshot.seal(term));
    }

    /** Sends again what may have been lost on the way. */
    void repeat(Outbox<SnapshotsMessage> out) {
        for (Outgoing snapshot : snapshots) {
            if (snapshot.isTransferred()) {
                seal(snapshot, out);
            }
            for (Sections sections : snapshot.unreceived()) {
                out.send(Topology.STORAGE, sections);
            }
        }
    }

    /** A snapshot, and with it all older ones, is sealed. */
    void sealed(long epoch, Outbox<SnapshotsMessage> out) {
        acknowledged = epoch;
        while (!snapshots.isEmpty() && snapshots.getFirst().epoch() <= epoch) {
            pages.release(snapshots.removeFirst().snapshot());
        }
        goOn(out);
    }

    /** A snapshot is lost; false if it is not known. */
    boolean lost(long epoch, Outbox<SnapshotsMessage> out) {
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
