package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.toy.Toy;
import cairn.experiment.trial.Outcome;
import cairn.fault.CalmChoices;
import cairn.fault.SeededChoices;
import cairn.model.choice.Choices;

import org.junit.jupiter.api.Test;

/** Machines that are processes of one host, and laws that go by time, as a file says them. */
final class HostTest {

    private static final String SERVICE =
            """
            name: host
            question: Who waits for whom?
            protocol: forgetful
            settings: {loud: off, pause: 0 s}
            application: counter
            workload: {clients: CLIENTS, requests: 400, warm up: 100, timeout: 100 ms}
            environment: {network: {link: {latency: LATENCY}}, host: HOST}
            seeds: 1..1
            """;

    private static Outcome run(int clients, String latency, String host, Choices choices) {
        return Toy.experiment(
                        SERVICE.replace("CLIENTS", Integer.toString(clients))
                                .replace("LATENCY", latency)
                                .replace("HOST", host))
                .variants()
                .getFirst()
                .subject()
                .run(choices, null);
    }

    private static double median(String host) {
        return (double)
                run(1, "10 us", host, new CalmChoices()).requestLatency().quantileNanos(0.5);
    }

    @Test
    void aRequestAndItsAnswerTakeACoreAtBothEnds() {
        double own = median("{cores: 0}");
        assertEquals(200_000, median("{cores: 2, message: 50 us}") - own, 2_000);
        assertEquals(own, median("{cores: 2, message: 0 s}"), 10);
    }

    @Test
    void whoSharesACoreWaitsForIt() {
        Outcome shared =
                run(8, "10 us", "{cores: 1, message: 50 us, following: 50 us}", new CalmChoices());
        double perSecond =
                (400 - 100)
                        * 1e9
                        / (shared.throughput().spanNanos() - shared.throughput().warmUpNanos());
        assertEquals(5_000, perSecond, 100, "four times 50 us of one core for each request");
        assertEquals(300, shared.requestLatency().count(), "those of the warm-up do not count");
        assertEquals(100, shared.throughput().warmUpAnswers());
    }

    @Test
    void whatIsSlowForAWhileIsSlowForAllThatFallsIntoIt() {
        Outcome series =
                run(
                        1,
                        "{measured: [10 us, 10 us, 10 us, 1 ms], every: 20 ms}",
                        "{cores: 0}",
                        new SeededChoices(1));
        Outcome each =
                run(
                        1,
                        "{measured: [10 us, 10 us, 10 us, 1 ms]}",
                        "{cores: 0}",
                        new SeededChoices(1));
        // Of independent ways each fourth is slow, of those in one phase what fits into it.
        assertTrue(series.requestLatency().quantileNanos(0.9) < 100_000);
        assertTrue(each.requestLatency().quantileNanos(0.6) > 900_000);
    }
}
