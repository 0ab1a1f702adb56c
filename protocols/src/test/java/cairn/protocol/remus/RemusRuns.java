package cairn.protocol.remus;

import cairn.protocol.Dice;
import cairn.protocol.SoundRuns;
import cairn.protocol.Surroundings;

/** Drawn settings of output holding, all of them safe. */
public final class RemusRuns {

    private RemusRuns() {}

    public static SoundRuns sound() {
        return new SoundRuns(
                "remus",
                seed -> {
                    Dice dice = new Dice(seed);
                    var settings =
                            new RemusSettings(
                                    dice.nanos(100_000, 5_000_000),
                                    dice.nanos(100_000, 1_000_000),
                                    dice.nanos(1_000_000, 20_000_000),
                                    WithoutBackup.WAIT);
                    return Surroundings.drawn(
                            dice,
                            8,
                            (service, clients, costs) ->
                                    new Remus(settings, service, clients, costs));
                });
    }
}
