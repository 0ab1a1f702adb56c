package cairn.protocol.objectimages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.FaultPlan;
import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.protocol.Surroundings;
import cairn.protocol.Trials;
import cairn.simulator.RunResult;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

final class ObjectImagesTest {

    private static final Registry FIRST =
            new Registry(
                    new Epoch(4), List.of(new Epoch(1), new Epoch(4), new Epoch(2), new Epoch(4)));

    @Test
    void pa4ARegistryNamesTheNewImagesOfWhatChangedAndTheFormerOnesOfTheRest() {
        BitSet changed = new BitSet();
        changed.set(0);
        changed.set(3);
        Registry next = FIRST.next(new Epoch(5), changed);
        assertEquals(new Epoch(5), next.epoch());
        assertEquals(
                List.of(new Epoch(5), new Epoch(4), new Epoch(2), new Epoch(5)), next.images());
    }

    @Test
    void pa4ARegistryIsReadAsItWasWrittenOrNotAtAll() {
        byte[] file = FIRST.bytes();
        assertEquals(FIRST, Registry.read(file, 4));
        assertNull(Registry.read(file, 3));
        for (int bit = 0; bit < file.length * Byte.SIZE; bit++) {
            byte[] rotten = file.clone();
            rotten[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertNull(Registry.read(rotten, 4), "bit " + bit);
        }
        for (int length = 0; length < file.length; length++) {
            assertNull(Registry.read(Arrays.copyOf(file, length), 4));
        }
    }

    @Test
    void theNameOfAFileSaysOfWhichObjectItIsTheImageAndOfWhichCheckpoint() {
        assertEquals("object-7-12", new ImageName(7, new Epoch(12)).toString());
        assertEquals(new ImageName(70, Epoch.ZERO), ImageName.of("object-70-0"));
        assertNull(ImageName.of("registry"));
    }

    /** Loss of power at every step of a few checkpoints: the images of two never mix. */
    @Test
    void pa4ALossOfPowerAtAnyTimeRestoresOneCheckpointAndNoMixture() {
        int restored = 0;
        for (int step = 0; step < 60; step++) {
            FaultPlan powerLoss =
                    new FaultPlan(
                            List.of(
                                    new Injection(
                                            new Trigger.At(9_000_000L + step * 150_000L),
                                            new Fault.PowerLoss(new NodeId(0)),
                                            500_000)),
                            List.of());
            RunResult result =
                    Trials.sound(
                            Surroundings.scenario(
                                    (service, clients, costs) ->
                                            new ObjectImages(
                                                    ObjectImagesSettings.DEFAULT,
                                                    service,
                                                    clients,
                                                    costs),
                                    Surroundings.bank(),
                                    30,
                                    powerLoss),
                            step);
            restored += Trials.holds(result, "ATOM") ? 1 : 0;
        }
        assertTrue(restored > 50, "restored " + restored);
    }
}
