package cairn.fault.strategy;

import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;

import java.util.BitSet;

/**
 * A store that writes so many lines, one every 100 ns, and makes each durable 50 ns later; when its
 * power fails, words of the line that is under way survive or not. It comes back after 1,000 ns and
 * spends 100 ns on recovery; then its power may fail again.
 */
final class ToyStore {

    static final NodeId NODE = new NodeId(0);
    private static final long DOWN = 1_000;
    private static final long RECOVERY = 100;

    private final int lines;
    private final int wordsOfLine;
    private final int pending;

    /** How a run went. */
    record Outcome(
            long firstStrike, boolean failedInRecovery, int whole, BitSet torn, int strikes) {}

    /**
     * A store.
     *
     * @param pending how many questions of eight words each are asked about the line under way
     */
    ToyStore(int lines, int wordsOfLine, int pending) {
        this.lines = lines;
        this.wordsOfLine = wordsOfLine;
        this.pending = pending;
    }

    Outcome run(Attempt attempt, Moments moments) {
        Choices choices = attempt.choices();
        Choice power =
                new Choice(
                        "power loss store", new Law.Occurs(new Law.Exponential(0, 1e6)), choices);
        Choice extent = survives("transit", new Law.Pick(4), choices);
        Choice words = survives("packet words", new Law.Pick(256), choices);
        Choice whole = survives("packet", new Law.Chance(0.5), choices);
        long strike = power.ask();
        long first = strike;
        boolean inRecovery = false;
        int durable = 0;
        int strikes = 0;
        BitSet torn = new BitSet();
        long start = 0;
        while (durable < lines) {
            long written = start + 100;
            if (strike < written + 50) {
                strikes++;
                attempt.observer().on(new Observation.Struck(strike, new Fault.PowerLoss(NODE)));
                torn = torn(extent, words, whole, strike >= written);
                long back = strike + DOWN;
                attempt.observer().on(new Observation.Healed(back, new Fault.PowerLoss(NODE)));
                moments.add(back);
                moments.add(back + RECOVERY);
                strike = back + Math.min(power.ask(), Long.MAX_VALUE / 2);
                inRecovery |= strike < back + RECOVERY;
                start = back + RECOVERY;
                continue;
            }
            moments.add(written);
            moments.add(written + 50);
            durable++;
            start = written + 50;
        }
        return new Outcome(first, inRecovery, durable, torn, strikes);
    }

    private static Choice survives(String what, Law law, Choices choices) {
        return new Choice("store " + what, new Law.Survives(law), choices);
    }

    private BitSet torn(Choice extent, Choice words, Choice whole, boolean underWay) {
        BitSet survived = new BitSet();
        long mode = extent.ask();
        for (int i = 0; underWay && i < pending; i++) {
            long bits =
                    switch ((int) mode) {
                        case 0 -> 0L;
                        case 1 -> 255L;
                        case 2 -> whole.happens() ? 255L : 0L;
                        default -> words.ask();
                    };
            for (int word = 0; word < wordsOfLine; word++) {
                survived.set(8 * i + word, (bits >>> word & 1) != 0);
            }
        }
        return survived;
    }
}
