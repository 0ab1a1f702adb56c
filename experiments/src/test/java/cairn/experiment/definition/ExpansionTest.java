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

    @Test
    void aRangeStandsForItsValues() {
        assertEquals(
                List.of("clients 1", "clients 3", "clients 5", "clients 8"),
                labels("sweep: {workload.clients: [1..5 step 2, 8]}"));
        assertEquals(
                List.of("pause 1 us", "pause 10 us", "pause 0.1 ms"),
                labels("sweep: {settings.pause: 1..100 us times 10}"));
    }

    @Test
    void keysOfAZipGoTogether() {
        assertEquals(
                List.of(
                        "loud on, at-once, pause 1 us",
                        "loud on, after-pause, pause 2 us",
                        "loud off, at-once, pause 1 us",
                        "loud off, after-pause, pause 2 us"),
                labels(
                        """
                        sweep:
                          settings.loud: [on, off]
                          zip:
                            settings.answer: [at-once, after-pause]
                            settings.pause: 1..2 us
                        """));
    }

    @Test
    void conditionsLeaveCombinationsOut() {
        assertEquals(
                List.of("at-once, pause 1 us", "after-pause, pause 3 us"),
                labels(
                        """
                        sweep:
                          settings.answer: [at-once, after-pause]
                          settings.pause: 1 us..3 us
                          except: {settings.pause: 2 us}
                          only:
                            - {settings.answer: at-once, settings.pause: below 2000 ns}
                            - {settings.answer: after-pause, settings.pause: at least 3 us}
                        """));
    }

    @Test
    void whatIsExpectedMayDependOnHowAnAmountCompares() {
        Experiment experiment =
                Toy.experiment(
                        HEAD
                                + """
                                sweep: {settings.pause: 1 us..4 us}
                                expect:
                                  - holds: all
                                    when: {settings.pause: above 2 us}
                                """);
        assertEquals(
                List.of(false, false, true, true),
                experiment.variants().stream()
                        .map(experiment.expectations().getFirst().when()::fits)
                        .toList());
    }

    @Test
    void aPathLeadsIntoTheListOfFaults() {
        List<Variant> variants =
                Toy.experiment(
                                HEAD
                                        + """
                                        faults:
                                          - {crash: server, every: 9 ms}
                                          - {pause: server, at: 1 ms}
                                        sweep: {faults.crash.every: [1 ms, 3 ms]}
                                        """)
                        .variants();
        assertEquals(
                List.of(
                        "crash: server, every: 1 ms; pause: server, at: 1 ms",
                        "crash: server, every: 3 ms; pause: server, at: 1 ms"),
                variants.stream().map(variant -> variant.subject().faults()).toList());
    }
}
