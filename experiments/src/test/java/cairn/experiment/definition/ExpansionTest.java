package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.toy.Toy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ExpansionTest {

    private static final String HEAD = "name: x\nquestion: What?\nprotocol: forgetful\n";

    private static List<String> labels(String rest) {
        return Toy.experiment(HEAD + rest).variants().stream().map(Variant::label).toList();
    }

    @Test
    void withoutSweepThereIsOneVariantNamedByItsProtocol() {
        assertEquals(List.of("forgetful"), labels(""));
    }

    @Test
    void aSweepIsTheProductOfItsValuesTheLastKeyChangingFastest() {
        List<Variant> variants =
                Toy.experiment(
                                HEAD
                                        + "sweep: {settings.answer: [at-once, after-pause],"
                                        + " settings.pause: [1 us, 2 us]}")
                        .variants();
        assertEquals(
                List.of(
                        "at-once, pause 1 us",
                        "at-once, pause 2 us",
                        "after-pause, pause 1 us",
                        "after-pause, pause 2 us"),
                variants.stream().map(Variant::label).toList());
        assertEquals(
                Map.of("settings.answer", "after-pause", "settings.pause", "1 us"),
                variants.get(2).settings());
    }

    @Test
    void listedVariantsAreLaidOverTheFileAndThenSwept() {
        assertEquals(
                List.of(
                        "quiet, clients 1",
                        "quiet, clients 2",
                        "slow, clients 1",
                        "slow, clients 2"),
                labels(
                        """
                        settings: {pause: 1 us}
                        variants:
                          - {label: quiet, settings: {loud: off}}
                          - {label: slow, settings: {pause: 9 us}}
                        sweep: {workload.clients: [1, 2]}
                        """));
    }

    @Test
    void aVariantWithAProtocolOfItsOwnHasNoneOfTheSettingsAbove() {
        // The pause would be refused if it were still there: this variant's mapping is read as it
        // stands.
        assertEquals(
                List.of("own"),
                labels(
                        """
                        settings: {pause: 9 s}
                        variants:
                          - {label: own, protocol: forgetful, settings: {loud: off}}
                        """));
    }
}
