package cairn.protocol.differential;

import cairn.protocol.Dice;
import cairn.protocol.SoundRuns;
import cairn.protocol.Surroundings;

/** Drawn settings of differential images. */
public final class DifferentialRuns {

    private DifferentialRuns() {}

    public static SoundRuns sound() {
        return new SoundRuns(
                "differential",
                seed -> {
                    Dice dice = new Dice(seed);
                    var settings = new DifferentialSettings(dice.of(1, 4, 256), dice.from(1, 9));
                    return Surroundings.drawn(
                            dice,
                            2 * settings.fullEvery() + 2,
                            (service, clients, costs) ->
                                    new Differential(settings, service, clients, costs));
                });
    }
}
