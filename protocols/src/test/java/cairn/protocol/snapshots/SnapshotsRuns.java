package cairn.protocol.snapshots;

import cairn.protocol.Dice;
import cairn.protocol.SoundRuns;
import cairn.protocol.Surroundings;

/** Drawn settings of snapshots, all of them safe. */
public final class SnapshotsRuns {

    private SnapshotsRuns() {}

    public static SoundRuns sound() {
        return new SoundRuns(
                "snapshots",
                seed -> {
                    Dice dice = new Dice(seed);
                    SnapshotsSettings settings = settings(dice);
                    return Surroundings.drawn(
                            dice,
                            settings.overlapping() + 2,
                            (service, clients, costs) ->
                                    new Snapshots(settings, service, clients, costs));
                });
    }

    private static SnapshotsSettings settings(Dice dice) {
        long snapshotEvery = dice.nanos(200_000, 5_000_000);
        long switchEvery = dice.oneIn(3) ? dice.nanos(5_000_000, 50_000_000) : 0;
        return new SnapshotsSettings(
                OutputRule.HELD,
                snapshotEvery,
                dice.from(1, 3),
                dice.of(1, 2, 8),
                SnapshotsSettings.DEFAULT.heartbeatNanos(),
                dice.nanos(2_000_000, 20_000_000),
                dice.nanos(1_000_000, 10_000_000),
                switchEvery,
                dice.oneIn(3) ? 0.05 : 0,
                dice.oneIn(3) ? 0.003 : 0);
    }
}
