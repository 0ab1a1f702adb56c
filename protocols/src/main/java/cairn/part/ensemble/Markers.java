package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.model.memory.PagedMemory;
import cairn.part.ensemble.EnsembleMessage.Commit;
import cairn.part.ensemble.EnsembleMessage.Kept;
import cairn.part.ensemble.EnsembleMessage.OfRound;
import cairn.part.ensemble.EnsembleMessage.Quiet;
import cairn.part.ensemble.EnsembleMessage.Resume;
import cairn.part.ensemble.EnsembleMessage.Stop;
import cairn.part.ensemble.EnsembleMessage.Take;
import cairn.part.ensemble.EnsembleMessage.Taken;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snapshot while all go on. Who is told to cut, or hears first that another one has, cuts and
 * sends a marker through each of its channels; what arrives through a channel after the own cut and
 * was sent before the sender's is the state of that channel.
 *
 * <p>Through first-in, first-out channels the marker separates the two (Chandy and Lamport, 1985).
 * Where messages overtake each other they bear the colour of their sender, so that one sent after
 * the cut makes its receiver cut before it is accepted (Lai and Yang, 1987), and the marker says
 * how many were sent before it, so that the receiver knows when it has them all (Mattern, 1993).
 */
public final class Markers implements Cutting {

    private final Member member;
    private final SortedMap<Integer, Long> counts = new TreeMap<>();
    private Epoch epoch = Epoch.ZERO;
    private PagedMemory.@Nullable Snapshot memory;
    private List<Parcel> channels = new ArrayList<>();
    private List<Outputs.Output> outputs = List.of();

    public Markers(Member member) {
        this.member = member;
    }

    private boolean isOrdered() {
        return member.ensemble().ordered();
    }

    @Override
    public void begin(Choice from, Outbox<EnsembleMessage> out) {
        epoch = Numbers.beforeFirst(member.era());
        memory = null;
    }

    @Override
    public Epoch colour() {
        return isOrdered() ? Epoch.ZERO : epoch;
    }

    @Override
    public void on(OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Take(long _, Epoch wanted) -> cutBefore(wanted, out);
            case Commit(long _, Epoch safe, List<Traffic> _) ->
                    member.checkpoints().commit(safe, out);
            case Resume _ -> {
                // Nobody stops.
            }
            case Stop _, Quiet _, Taken _, Kept _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    /** Cuts, unless that was done. */
    private void cutBefore(Epoch wanted, Outbox<EnsembleMessage> out) {
        if (!wanted.isAfter(epoch)) {
            return;
        }
        member.pause(out);
        epoch = wanted;
        memory = member.checkpoints().cut(epoch, out);
        channels = new ArrayList<>(member.mail().waiting());
        outputs = member.checkpoints().pendingOutputs();
        counts.clear();
        for (int peer = 0; peer < member.ensemble().ranks(); peer++) {
            if (peer != member.rank().index()) {
                long sent = member.rank().sent(peer, out.memory());
                member.mail().post(peer, new Payload.Marker(epoch, sent), out);
            }
        }
        member.resume(out);
    }

    @Override
    public void arrived(int peer, Payload payload, Outbox<EnsembleMessage> out) {
        switch (payload) {
            case Payload.Goods(Epoch colour, Parcel parcel) -> {
                cutBefore(colour, out);
                boolean sentBefore =
                        isOrdered() ? !counts.containsKey(peer) : colour.number() < epoch.number();
                if (memory != null && sentBefore) {
                    channels.add(parcel);
                }
                member.mail().accept(parcel, out);
            }
            case Payload.Marker(Epoch cut, long count) -> {
                cutBefore(cut, out);
                counts.put(peer, count);
            }
        }
        finish(out);
    }

    private void finish(Outbox<EnsembleMessage> out) {
        PagedMemory.Snapshot cut = memory;
        if (cut == null || counts.size() < member.ensemble().ranks() - 1) {
            return;
        }
        boolean complete =
                isOrdered()
                        || counts.entrySet().stream()
                                .allMatch(count ->
                                        member.mail().arrived(count.getKey(), out)
                                                >= count.getValue());
        if (complete) {
            memory = null;
            member.checkpoints().keep(epoch, cut, new SavedState(saved(), outputs, List.of()), out);
        }
    }

    private List<Parcel> saved() {
        List<Integer> senders = channels.stream().map(Parcel::from).distinct().sorted().toList();
        int saved = member.ensemble().rules().savedChannels(senders.size());
        return channels.stream().filter(parcel -> senders.indexOf(parcel.from()) < saved).toList();
    }

    @Override
    public void restored(SavedState state, Outbox<EnsembleMessage> out) {
        state.parcels().forEach(parcel -> member.mail().accept(parcel, out));
    }
}
