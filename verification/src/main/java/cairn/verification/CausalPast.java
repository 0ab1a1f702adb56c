package cairn.verification;

import cairn.model.Observation;
import cairn.simulator.Trace.Step;
import cairn.verification.Chronicle.Entry;
import cairn.verification.Chronicle.Seen;
import cairn.verification.Chronicle.Stepped;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The entries of a chronicle that one of them may depend on, by Lamport's relation: what happened
 * before it at its place, and before the sending of each message that arrived there. What reads or
 * writes the memory of another machine is in the past of whoever asked for it; the memory's own
 * machine is not, since its process takes no part.
 */
final class CausalPast {

    private final Chronicle chronicle;
    private final BitSet places = new BitSet();
    private final List<Awaited> awaited = new ArrayList<>();
    private final BitSet past = new BitSet();

    /** A message whose sending is to be found. */
    private record Awaited(int from, int to, Object what) {}

    private CausalPast(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** The last so many entries of the past of an entry, itself among them. */
    static BitSet of(Chronicle chronicle, int last, int most) {
        CausalPast past = new CausalPast(chronicle);
        if (last >= 0) {
            past.places.set(Math.max(0, Chronicle.place(chronicle.entry(last))));
        }
        for (int i = last; i >= 0 && past.past.cardinality() < most; i--) {
            past.look(i);
        }
        return past.past;
    }

    private void look(int index) {
        Entry entry = chronicle.entry(index);
        switch (entry) {
            // One that arrived nowhere in the past changed nothing there.
            case Stepped(long _, Step step, int from, int to, Object what) when step == Step.SENT ->
                    sent(index, from, awaited.remove(new Awaited(from, to, what)));
            case Seen(Observation.Released(long _, var from, int _, var response)) ->
                    sent(
                            index,
                            from.index(),
                            awaited.removeIf(message -> message.what.equals(response)));
            case Stepped(long _, Step step, int to, int from, Object what)
                    when step == Step.DELIVERED && places.get(to) -> {
                past.set(index);
                awaited.add(new Awaited(from, to, what));
            }
            case Seen(Observation.Accessed(long _, var access)) -> {
                if (places.get(access.requester().index())) {
                    past.set(index);
                }
            }
            case Stepped _, Seen _ -> {
                int place = Chronicle.place(entry);
                if (place >= 0 && places.get(place)) {
                    past.set(index);
                }
            }
        }
    }

    private void sent(int index, int from, boolean arrived) {
        if (arrived) {
            places.set(from);
            past.set(index);
        }
    }
}
