package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rank cuts where it stands, with messages under way, and goes on when all have cut. Its
 * checkpoint holds the log of its messages: copies of what it has sent and nobody has acknowledged,
 * what has arrived and was not received, and up to which number it has sent and got everything
 * (DJ-9, DJ-12). After a restore the copies are sent again, and duplicates are known (DJ-10,
 * DJ-11).
 *
 * <p>While it stands still, what arrives is put off unacknowledged: its sender may make its cut
 * after the acknowledgement came, and then neither image would have the message.
 */
public final class MessageLog implements Cutting {

    private final Member member;
    private Epoch taken = Epoch.ZERO;

    public MessageLog(Member member) {
        this.member = member;
    }

    @Override
    public void begin(Choice from, Outbox<EnsembleMessage> out) {
        taken = Numbers.beforeFirst(member.era());
        member.mail().sendAgain(out);
    }

    @Override
    public void on(OfRound message, Outbox<EnsembleMessage> out) {
        switch (message) {
            case Take(long _, Epoch epoch) -> {
                if (epoch.isAfter(taken)) {
                    take(epoch, out);
                }
                tick(out);
            }
            case Resume(long _, Epoch epoch) -> resume(epoch, out);
            case Commit(long _, Epoch epoch, List<Traffic> _) -> {
                resume(epoch, out);
                member.checkpoints().commit(epoch, out);
            }
            case Stop _, Quiet _, Taken _, Kept _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    private void take(Epoch epoch, Outbox<EnsembleMessage> out) {
        taken = epoch;
        member.pause(out);
        member.checkpoints().keep(epoch, member.checkpoints().cut(epoch, out), log(), out);
    }

    private SavedState log() {
        Rules rules = member.ensemble().rules();
        List<Parcel> parcels = new ArrayList<>();
        List<Traffic> table = new ArrayList<>();
        if (rules.savesArrivals()) {
            parcels.addAll(member.mail().waiting());
        }
        for (Channels.State<Payload> channel : member.mail().channels()) {
            table.add(new Traffic(channel.peer(), channel.sent(), channel.arrived()));
            channel.early().forEach(frame -> parcels.add(parcel(frame.payload())));
            if (rules.savesCopies()) {
                channel.unacknowledged().forEach(frame -> parcels.add(parcel(frame.payload())));
            }
        }
        return new SavedState(parcels, member.checkpoints().pendingOutputs(), table);
    }

    private static Parcel parcel(Payload payload) {
        return switch (payload) {
            case Payload.Goods(Epoch _, Parcel parcel) -> parcel;
            case Payload.Marker _ ->
                    throw new IllegalStateException("nobody sends markers: " + payload);
        };
    }

    /** Frames have the numbers of their messages, since nothing else goes through the channels. */
    @Override
    public void restored(SavedState state, Outbox<EnsembleMessage> out) {
        SortedMap<Integer, List<Frame<Payload>>> sent = new TreeMap<>();
        SortedMap<Integer, List<Frame<Payload>>> early = new TreeMap<>();
        SortedMap<Integer, Long> arrived = new TreeMap<>();
        state.traffic().forEach(with -> arrived.put(with.peer(), with.received()));
        for (Parcel parcel : state.parcels()) {
            var frame =
                    new Frame<Payload>(
                            member.era(), parcel.number(), new Payload.Goods(colour(), parcel));
            if (parcel.from() == member.rank().index()) {
                sent.computeIfAbsent(parcel.to(), _ -> new ArrayList<>()).add(frame);
            } else if (parcel.number() > arrived.getOrDefault(parcel.from(), 0L)) {
                early.computeIfAbsent(parcel.from(), _ -> new ArrayList<>()).add(frame);
            } else {
                member.mail().accept(parcel, out);
            }
        }
        List<Channels.State<Payload>> channels = new ArrayList<>();
        for (Traffic with : state.traffic()) {
            long received = member.rank().received(with.peer(), out.memory());
            channels.add(
                    new Channels.State<>(
                            with.peer(),
                            sent.getOrDefault(with.peer(), List.of()),
                            early.getOrDefault(with.peer(), List.of()),
                            with.sent(),
                            member.ensemble().rules().arrived(with.received(), received)));
        }
        member.mail().resume(channels);
    }

    private void resume(Epoch epoch, Outbox<EnsembleMessage> out) {
        if (epoch.equals(taken) && member.isPaused()) {
            member.resume(out);
        }
    }

    /** Says that it has cut, as often as that may not have been heard. */
    @Override
    public void tick(Outbox<EnsembleMessage> out) {
        if (member.isPaused()) {
            member.tell(new Taken(member.era(), taken), out);
        }
    }

    @Override
    public boolean putsOffArrivals() {
        return true;
    }

    @Override
    public void arrived(int peer, Payload payload, Outbox<EnsembleMessage> out) {
        member.mail().accept(parcel(payload), out);
    }
}
