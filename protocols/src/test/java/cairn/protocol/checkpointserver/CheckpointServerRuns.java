package cairn.protocol.checkpointserver;

import cairn.protocol.Dice;
import cairn.protocol.SoundRuns;
import cairn.protocol.Surroundings;

/** Drawn settings of a checkpoint server, all of them safe. */
public final class CheckpointServerRuns {

    private CheckpointServerRuns() {}

    public static SoundRuns sound() {
        return new SoundRuns(
                "checkpoint-server",
                seed -> {
                    Dice dice = new Dice(seed);
                    int degree = dice.from(1, 3);
                    long heartbeat = dice.nanos(100_000, 1_000_000);
                    var settings =
                            new CheckpointServerSettings(
                                    dice.of(Style.values()),
                                    degree + dice.from(1, 3),
                                    degree,
                                    dice.of(1, 4, 256),
                                    heartbeat,
                                    heartbeat + dice.nanos(1_000_000, 20_000_000),
                                    dice.oneIn(3) ? 0.002 : 0);
                    return Surroundings.drawn(
                            dice,
                            4,
                            (service, clients, costs) ->
                                    new CheckpointServer(settings, service, clients, costs));
                });
    }
}
