package cairn.simulator.network;

import cairn.fault.Deliveries;
import cairn.model.choice.Alternatives;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The messages under way on one network, where it is asked which of them arrives next.
 *
 * <p>When messages arrive is decided by latencies, as ever; at each of these times it is asked
 * which message it is. Calmly it is the one whose time it is; those that remain arrive at the times
 * that are left. No message arrives sooner than the least latency of its link allows: if one is
 * picked that cannot be there yet, all others wait until it can. Messages of an ordered link keep
 * their order, so that the oldest of each such link can be picked, and each message that an
 * unordered link carries or that was held back.
 *
 * <p>When nothing fails any more, messages arrive calmly: liveness cannot be demanded of an order
 * that makes some of them wait for ever.
 *
 * <p>It is for searches over orders, where each run is short; sending allocates.
 */
final class Pool implements LogicalProcess, Alternatives {

    private static final int TURN = 0;
    private static final int HELD = 1;

    private final Kernel kernel;
    private final Choice choice;
    private final int process;

    /** In the order of the times at which they would arrive calmly. */
    private final List<UnderWay> underWay = new ArrayList<>();

    /** The places in {@link #underWay} of the messages that may arrive next. */
    private int[] candidates = new int[16];

    private int size;
    private final List<Count> counts = new ArrayList<>();

    /** A message that was picked and cannot be there yet. */
    private @Nullable UnderWay held;

    private boolean calm;

    /** A message, when it can arrive at the soonest, and when it would calmly. */
    private record UnderWay(
            Link link,
            long number,
            long soonest,
            long arrival,
            boolean ordered,
            int kind,
            long argument,
            @Nullable Object payload) {}

    /** How many messages a link has carried. */
    private static final class Count {
        private final Link link;
        private long sent;

        Count(Link link) {
            this.link = link;
        }
    }

    Pool(Kernel kernel, String network, Choices choices) {
        this.kernel = kernel;
        this.choice = Deliveries.choice(network, choices);
        this.process = kernel.register(this);
    }

    /** Takes a message that would arrive at a time, and cannot arrive before another. */
    void send(
            Link link,
            long soonest,
            long arrival,
            boolean ordered,
            int kind,
            long argument,
            @Nullable Object payload) {
        int place = underWay.size();
        while (place > 0 && underWay.get(place - 1).arrival > arrival) {
            place--;
        }
        underWay.add(
                place,
                new UnderWay(link, next(link), soonest, arrival, ordered, kind, argument, payload));
        kernel.schedule(arrival, process, TURN, 0, null);
    }

    /** From now on each message arrives when its time has come. */
    void calm() {
        calm = true;
    }

    private long next(Link link) {
        for (Count count : counts) {
            if (count.link == link) {
                return count.sent++;
            }
        }
        Count count = new Count(link);
        counts.add(count);
        return count.sent++;
    }

    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        UnderWay first = held;
        if (first == null) {
            turn();
        } else if (kind == HELD) {
            held = null;
            arrive(first);
        } else {
            kernel.schedule(first.soonest, process, TURN, 0, null);
        }
    }

    /** A time of arrival has come. */
    private void turn() {
        UnderWay next = underWay.remove(calm ? 0 : picked());
        if (next.soonest > kernel.now()) {
            held = next;
            kernel.schedule(next.soonest, process, HELD, 0, null);
        } else {
            arrive(next);
        }
    }

    private int picked() {
        size = 0;
        for (int place = 0; place < underWay.size(); place++) {
            UnderWay message = underWay.get(place);
            if (!message.ordered || isOldestOfItsLink(message)) {
                if (size == candidates.length) {
                    candidates = Arrays.copyOf(candidates, 2 * size);
                }
                candidates[size++] = place;
            }
        }
        return candidates[choice.pick(this)];
    }

    private void arrive(UnderWay next) {
        // The event showed the time only; the trace hash is to depend on what was delivered.
        kernel.fold(next.link.stream());
        kernel.fold(next.number);
        next.link.on(next.kind, next.argument, next.payload);
    }

    private boolean isOldestOfItsLink(UnderWay message) {
        for (int index = 0; index < size; index++) {
            UnderWay candidate = candidate(index);
            if (candidate.link == message.link && candidate.ordered) {
                return false;
            }
        }
        return true;
    }

    private UnderWay candidate(int index) {
        return underWay.get(candidates[index]);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int stream(int index) {
        return candidate(index).link.stream();
    }

    @Override
    public long number(int index) {
        return candidate(index).number;
    }

    @Override
    public int subject(int index) {
        return candidate(index).link.to();
    }
}
