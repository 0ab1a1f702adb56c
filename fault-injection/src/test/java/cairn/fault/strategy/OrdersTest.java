package cairn.fault.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.fault.RecordingChoices;
import cairn.fault.ReplayedChoices;
import cairn.fault.strategy.ToyMail.Letter;
import cairn.model.choice.Choices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** Searches over orders, on mail whose number of orders is known. */
final class OrdersTest {

    /** Tries an exhaustive search to its end; answers the orders of the complete runs. */
    private static List<List<Letter>> all(ToyMail mail, ExhaustiveOrders search) {
        List<List<Letter>> orders = new ArrayList<>();
        for (Attempt attempt = search.next(); attempt != null; attempt = search.next()) {
            long before = search.complete();
            List<Letter> order = mail.run(attempt.choices());
            search.learn(attempt, new Feedback(false, 0, new Moments()));
            if (search.complete() > before) {
                orders.add(order);
            }
        }
        assertTrue(search.isExhausted());
        return orders;
    }

    private static ExhaustiveOrders exhaustive(int depth) {
        return new ExhaustiveOrders(new CalmChoices(), depth);
    }

    @ParameterizedTest
    @CsvSource({
        // n letters to one receiver: n!
        "3, 1, 6",
        "4, 1, 24",
        "5, 1, 120",
        // Each to its own: all orders are one.
        "4, 4, 1",
        "6, 6, 1",
        // Two receivers: the product of the orders at each.
        "4, 2, 4",
        "5, 2, 12",
        "6, 2, 36"
    })
    void oneOrderOfEachClassIsRunToItsEnd(int letters, int receivers, long classes) {
        ToyMail mail = ToyMail.letters(letters, receivers);
        ExhaustiveOrders search = exhaustive(100);
        List<List<Letter>> orders = all(mail, search);
        TreeSet<String> seen = new TreeSet<>();
        orders.forEach(order -> seen.add(ToyMail.seen(order)));
        assertEquals(classes, orders.size(), search.scope());
        assertEquals(classes, seen.size());
    }

    @Test
    void lettersOfOneStreamKeepTheirOrder() {
        // Two streams of two letters each: 4! / (2! 2!) = 6.
        ToyMail mail =
                new ToyMail(
                        List.of(
                                new Letter("a", 0, 0),
                                new Letter("b", 0, 0),
                                new Letter("c", 1, 0),
                                new Letter("d", 1, 0)));
        TreeSet<String> orders = new TreeSet<>();
        all(mail, exhaustive(100)).forEach(order -> orders.add(ToyMail.names(order)));
        assertEquals(
                new TreeSet<>(List.of("abcd", "acbd", "acdb", "cabd", "cadb", "cdab")), orders);
    }

    @Test
    void whatIsEquivalentIsHardlyRun() {
        ExhaustiveOrders search = exhaustive(100);
        all(ToyMail.letters(8, 8), search);
        // 40,320 orders, one class; a redundant run ends its branch.
        assertEquals(1, search.complete());
        assertTrue(search.redundant() < 128, search.scope());
    }

    @Test
    void aScopeBoundsWhatIsVaried() {
        // The first letter of five is picked, the rest comes calmly.
        assertEquals(5, all(ToyMail.letters(5, 1), exhaustive(1)).size());
        assertEquals(20, all(ToyMail.letters(5, 1), exhaustive(2)).size());
    }

    @Test
    void whatWasRecordedIsReplayed() {
        ToyMail mail = ToyMail.letters(6, 2);
        for (long seed = 1; seed <= 200; seed++) {
            for (Choices choices :
                    List.of(
                            new PartialOrderChoices(seed),
                            new PrioritisedChoices(seed, 3, 6),
                            new SwarmChoices(seed))) {
                RecordingChoices recording = new RecordingChoices(choices);
                List<Letter> order = mail.run(recording);
                assertEquals(order, mail.run(new ReplayedChoices(recording.answers())));
            }
        }
    }

    private static Map<String, Integer> frequencies(
            ToyMail mail, LongFunction<Choices> drawn, int runs) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (long seed = 0; seed < runs; seed++) {
            counts.merge(ToyMail.seen(mail.run(drawn.apply(seed))), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void partialOrderSamplingMakesAllRacesEquallyLikely() {
        // Whatever else goes on: two letters race at each of three receivers.
        Map<String, Integer> counts =
                frequencies(ToyMail.letters(6, 3), PartialOrderChoices::new, 8_000);
        assertEquals(8, counts.size());
        counts.forEach((order, count) -> assertEquals(1_000, count, 130, order));
    }

    @Test
    void aBugOfDepthTwoIsFoundAsOftenAsTheTheoremSays() {
        // It takes the last of 20 letters to come first: of depth one, so in 1 of n runs.
        ToyMail mail = ToyMail.letters(20, 1);
        int found = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            found +=
                    mail.run(new PrioritisedChoices(seed, 1, 20)).getFirst().name().equals("t")
                            ? 1
                            : 0;
        }
        assertEquals(200, found, 60);
        // Of two streams one overtakes the other in the middle: of depth two, in 1 of n k runs at
        // least.
        List<Letter> two = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            two.add(new Letter("a" + i, 0, 0));
            two.add(new Letter("b" + i, 1, 0));
        }
        ToyMail streams = new ToyMail(two);
        long overtaken = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            List<Letter> order = streams.run(new PrioritisedChoices(seed, 2, 39));
            overtaken +=
                    order.get(10).name().equals("b0") && order.get(9).name().equals("a9") ? 1 : 0;
        }
        assertTrue(overtaken >= 4_000 / (2 * 39) / 2, overtaken + " times");
        assertTrue(new Prioritised(1, Shard.WHOLE).next().choices().ordersDeliveries());
    }

    @Test
    void shardsShareTheSeeds() {
        TreeSet<String> orders = new TreeSet<>();
        ToyMail mail = ToyMail.letters(4, 1);
        for (int shard = 0; shard < 3; shard++) {
            Sampling sampling =
                    new Sampling("orders", PartialOrderChoices::new, 1, new Shard(shard, 3));
            for (int i = 0; i < 100; i++) {
                orders.add(ToyMail.names(mail.run(sampling.next().choices())));
            }
        }
        assertEquals(
                frequencies(mail, seed -> new PartialOrderChoices(seed + 1), 300).size(),
                orders.size());
    }
}
