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

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A rank stops, waits until all that it has sent has arrived, cuts when all ranks stand still, and
 * goes on when all have cut. So the channels are drained into their receivers: what has arrived and
 * was not received is part of the receiver's checkpoint.
 */
public final class Blocking implements Cutting {

    private final Member member;
    private Epoch stopped = Epoch.ZERO;
    private Epoch taken = Epoch.ZERO;

    public Blocking(Member member) {
        this.member = member;
    }

    @Override
    public void begin(Choice from, Outbox<EnsembleMessage> out) {
        stopped = Numbers.beforeFirst(member.era());
        taken = stopped;
    }

    @Override
    public void on(OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Stop(long _, Epoch epoch) -> {
                if (epoch.isAfter(stopped)) {
                    stop(epoch, out);
                }
                answer(out);
            }
            case Take(long _, Epoch epoch) -> {
                if (epoch.isAfter(taken)) {
                    take(epoch, out);
                }
                answer(out);
            }
            case Resume(long _, Epoch epoch) -> resume(epoch, out);
            case Commit(long _, Epoch epoch, List<Traffic> _) -> {
                // Those who stop until all is safe learn by this that it is.
                resume(epoch, out);
                member.checkpoints().commit(epoch, out);
            }
            case Quiet _, Taken _, Kept _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    private void stop(Epoch epoch, Outbox<EnsembleMessage> out) {
        stopped = epoch;
        member.pause(out);
        if (!member.ensemble().rules().waitsForAll()) {
            take(epoch, out);
            member.resume(out);
        }
    }

    private void resume(Epoch epoch, Outbox<EnsembleMessage> out) {
        if (epoch.equals(stopped) && member.isPaused()) {
            member.resume(out);
        }
    }

    private void take(Epoch epoch, Outbox<EnsembleMessage> out) {
        taken = epoch;
        PagedMemory.Snapshot memory = member.checkpoints().cut(epoch, out);
        member.checkpoints()
                .keep(
                        epoch,
                        memory,
                        new SavedState(
                                saved(member.mail().waiting()),
                                member.checkpoints().pendingOutputs(),
                                List.of()),
                        out);
    }

    private List<Parcel> saved(List<Parcel> waiting) {
        SortedSet<Integer> senders = new TreeSet<>();
        waiting.forEach(parcel -> senders.add(parcel.from()));
        int saved = member.ensemble().rules().savedChannels(senders.size());
        List<Integer> kept = new ArrayList<>(senders).subList(0, saved);
        return waiting.stream().filter(parcel -> kept.contains(parcel.from())).toList();
    }

    /** Says how far it is, as often as that may not have been heard. */
    private void answer(Outbox<EnsembleMessage> out) {
        boolean waits = member.ensemble().rules().waitsForAll();
        boolean hasTaken =
                taken.equals(stopped) && taken.isAfter(Numbers.beforeFirst(member.era()));
        if (hasTaken && (member.isPaused() || !waits)) {
            member.tell(new Taken(member.era(), taken), out);
        }
        boolean hasStopped = member.isPaused() && stopped.isAfter(taken) && member.mail().isQuiet();
        if (hasStopped || !waits) {
            member.tell(new Quiet(member.era(), stopped), out);
        }
    }

    @Override
    public void acknowledged(Outbox<EnsembleMessage> out) {
        if (member.isPaused() && stopped.isAfter(taken)) {
            answer(out);
        }
    }

    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        if (member.isPaused()) {
            answer(out);
        }
    }

    @Override
    public void arrived(int peer, Payload payload, Outbox<EnsembleMessage> out) {
        switch (payload) {
            case Payload.Goods(Epoch _, Parcel parcel) -> member.mail().accept(parcel, out);
            case Payload.Marker _ ->
                    throw new IllegalStateException("nobody sends markers: " + payload);
        }
    }

    @Override
    public void restored(SavedState state, Outbox<EnsembleMessage> out) {
        state.parcels().forEach(parcel -> member.mail().accept(parcel, out));
    }
}
