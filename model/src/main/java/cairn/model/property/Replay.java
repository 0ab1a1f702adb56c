package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.choice.Mix;

import java.util.EnumSet;
import java.util.Set;

/**
 * DET, of one rank: what was claimed to be logged is repeated as it was. When a rank goes back, it
 * owes those of its receipts that were logged then: each has the same sender and content when it
 * takes place again, and leads to the same state. An input is a receipt from the outside world.
 * What was not logged then is owed by nobody, whatever is logged later.
 */
final class Replay implements Checker {

    private static final long OUTSIDE = -1;

    private final LongTable atCut = new LongTable();
    private long[] receipts = new long[64];

    /** The digest of the memory after each; zero where nobody looked. */
    private long[] states = new long[64];

    private int count;
    private long logged;
    private long owed;

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.CUT, Topic.RESUMED, Topic.RECEIVED, Topic.READ, Topic.LOGGED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (!(observation instanceof Observation.Claimed claimed)) {
            return;
        }
        if (claimed.fact() instanceof Fact.Cut(int _, Epoch epoch)) {
            atCut.put(epoch.number(), count);
        } else if (claimed.fact() instanceof Fact.Resumed(int _, Epoch epoch)) {
            owed = Math.min(logged, Math.max(owed, count));
            count = (int) atCut.get(epoch.number(), 0);
        } else if (claimed.fact() instanceof Fact.Logged(int _, long upTo)) {
            logged = upTo;
            owed = Math.min(owed, upTo);
        } else if (claimed.fact() instanceof Fact.Received received) {
            received(
                    claimed,
                    received,
                    Mix.fold(Mix.fold(received.from(), received.number()), received.digest()),
                    judgement);
        } else if (claimed.fact() instanceof Fact.Read read) {
            received(
                    claimed,
                    read,
                    Mix.fold(Mix.fold(OUTSIDE, read.number()), read.value()),
                    judgement);
        }
    }

    private void received(
            Observation.Claimed claimed, Fact.OfRank receipt, long what, Judgement judgement) {
        long state = claimed.memoryDigest();
        if (count < owed) {
            if (receipts[count] != what) {
                violated(
                        claimed,
                        receipt,
                        "is " + name(receipt) + ", and before it failed it was another one",
                        judgement);
            } else if (state != 0 && states[count] != 0 && states[count] != state) {
                violated(claimed, receipt, "leads to another state than before", judgement);
            } else {
                judgement.witness();
            }
        }
        receipts = LongTable.withRoomFor(receipts, count);
        states = LongTable.withRoomFor(states, count);
        states[count] = state;
        receipts[count++] = what;
    }

    private void violated(
            Observation.Claimed claimed, Fact.OfRank receipt, String how, Judgement judgement) {
        judgement.violated(
                claimed.at(),
                Words.say(
                        "receipt %d of rank %d, which was logged, %s %s",
                        count + 1, receipt.process(), how, Words.at(claimed.at())));
    }

    private static String name(Fact.OfRank receipt) {
        return receipt instanceof Fact.Received(int _, int from, long number, long _)
                ? "message " + number + " of rank " + from
                : "an input";
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing that was logged was replayed");
        }
    }
}
