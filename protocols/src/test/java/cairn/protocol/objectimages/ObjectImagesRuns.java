package cairn.protocol.objectimages;

import cairn.protocol.Dice;
import cairn.protocol.SoundRuns;
import cairn.protocol.Surroundings;

/** Drawn settings of object images. */
public final class ObjectImagesRuns {

    private ObjectImagesRuns() {}

    public static SoundRuns sound() {
        return new SoundRuns(
                "object-images",
                seed -> {
                    Dice dice = new Dice(seed);
                    var settings =
                            new ObjectImagesSettings(dice.of(1, 4, 256), dice.of(1, 2, 3, 64));
                    return Surroundings.drawn(
                            dice,
                            2,
                            (service, clients, costs) ->
                                    new ObjectImages(settings, service, clients, costs));
                });
    }
}
