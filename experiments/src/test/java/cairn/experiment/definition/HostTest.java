package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
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
        double computed = median("{cores: 0}") - 2 * 10_000;
        assertEquals(
                1e9 / (4 * 50_000 + computed),
                perSecond,
                100,
                "four times 50 us of one core for each request, and what the server computes");
        assertEquals(300, shared.requestLatency().count(), "those of the warm-up do not count");
        assertEquals(100, shared.throughput().warmUpAnswers());
    }

    @Test
    void aCoreIsBusyForAWhileWhenAMessageIsOnItsWay() {
        double own = median("{cores: 0}");
        // Each end waits for what is behind the one before it, but for 10 us on either way.
        assertEquals(
                200_000 + 4 * 40_000 - 2 * 10_000,
                median("{cores: 1, message: 50 us, after: 40 us}") - own,
                2_000);
        assertEquals(200_000, median("{cores: 8, message: 50 us, after: 40 us}") - own, 2_000);
    }

    @Test
    void whatAServerSaysOfItselfIsSaidBeforeItsAnswerLeaves() {
        double own = median("{cores: 0}");
        assertEquals(30_000, median("{cores: 8, report: 30 us}") - own, 1_000);
    }

    @Test
    void packetsOfAnEmulatedInterfaceTakeACoreAtBothEnds() {
        double own = checkpoint("{cores: 8}");
        // Data and the record that makes them count, and both answers; the rest follows, and some
        // of it is under way meanwhile.
        assertEquals(8 * 50_000, checkpoint("{cores: 8, message: 50 us}") - own, 25_000);
    }

    @Test
    void whatAnInterfaceDoesForOthersIsTold() {
        double own = checkpoint("{cores: 8}");
        assertTrue(checkpoint("{cores: 8, report: 30 us}") - own >= 4 * 30_000);
    }

    private static double checkpoint(String host) {
        String file =
                """
                name: packets
                question: Who sends them?
                protocol: rdma-pmem
                workload: {clients: 1, requests: 100, timeout: 100 ms}
                environment: {host: HOST}
                seeds: 1..1
                """
                        .replace("HOST", host);
        return (double)
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read("packets.yaml", file)
                        .variants()
                        .getFirst()
                        .subject()
                        .run(new CalmChoices(), null)
                        .checkpointLatency()
                        .quantileNanos(0.5);
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
