package cairn.experiment.trial;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.report.Migrations;

/** How long processes stood still when they migrated, and what that took. */
final class Moves {

    private final long[] epochs;
    private final long[] stoppedAt;
    private final long[] downtime;
    private long count;
    private long downtimeNanos;
    private long rounds;
    private long bytes;
    private long fetched;

    Moves(int processes) {
        epochs = new long[processes];
        stoppedAt = new long[processes];
        downtime = new long[processes];
    }

    void cut(int process, Epoch epoch, long at) {
        epochs[process] = epoch.number();
        stoppedAt[process] = at;
    }

    void resumed(int process, Epoch epoch, long at) {
        if (epochs[process] == epoch.number()) {
            downtime[process] = at - stoppedAt[process];
        }
    }

    void migrated(Fact.Migrated migrated) {
        count++;
        downtimeNanos += downtime[migrated.process()];
        rounds += migrated.rounds();
        bytes += migrated.bytes();
        fetched += migrated.fetched();
    }

    Migrations migrations() {
        return new Migrations(count, downtimeNanos, rounds, bytes, fetched);
    }
}
