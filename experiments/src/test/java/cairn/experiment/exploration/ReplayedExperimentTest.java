package cairn.experiment.exploration;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import cairn.experiment.toy.Toy;

import org.junit.jupiter.api.Test;

class ReplayedExperimentTest {

    /** An author's own, say: the class path of these tests has a provider of it. */
    @Test
    void findsProtocolsThatAreProvidedOnTheClassPath() {
        ReplayedExperiment replayed =
                ReplayedExperiment.of(Toy.FORGETS.replace("counter", "bank"), "forgetful");
        assertDoesNotThrow(() -> replayed.requireThat("LIVE", ""));
    }
}
