package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;

import java.util.List;
import java.util.stream.Stream;

/** What tests ask of a run: what was claimed in it, and how it was judged. */
final class Heard {

    private Heard() {}

    /** Demands that no property was violated. */
    static void nothingIsViolated(LiveResult result) {
        assertEquals(
                List.of(), result.judgements().stream().filter(Judgement::isViolated).toList());
    }

    /** Demands that each of these properties was put to the test, and holds. */
    static void hold(LiveResult result, String... properties) {
        for (String property : properties) {
            assertInstanceOf(
                    Verdict.Holds.class,
                    result.judgements().stream()
                            .filter(judgement -> judgement.property().equals(property))
                            .map(Judgement::verdict)
                            .findFirst()
                            .orElseThrow(),
                    property);
        }
    }

    /** The claims of one kind, in the order of time. */
    static Stream<Observation.Claimed> claims(
            List<Observation> observations, Class<? extends Fact> kind) {
        return observations.stream()
                .<Observation.Claimed>mapMulti((each, out) -> {
                    if (each instanceof Observation.Claimed claimed
                            && kind.isInstance(claimed.fact())) {
                        out.accept(claimed);
                    }
                });
    }
}
