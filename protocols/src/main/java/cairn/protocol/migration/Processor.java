package cairn.protocol.migration;

import cairn.model.computation.Parcel;
import cairn.part.Channels;
import cairn.part.transfer.Transfer;

import java.util.List;

/**
 * All of a rank but its memory. Nothing in it is bound to a node (DJ-16): messages are named by
 * rank.
 *
 * @param unfinishedWork how long each thread has left to compute
 * @param channels what was sent and not acknowledged, and what arrived out of order
 * @param inbox what arrived and was not received
 */
record Processor(
        int rank,
        List<Long> unfinishedWork,
        List<Channels.State<Parcel>> channels,
        List<Parcel> inbox)
        implements Transfer.Processor {

    private static final int REGISTER_BYTES = 1024;

    Processor {
        unfinishedWork = List.copyOf(unfinishedWork);
        channels = List.copyOf(channels);
        inbox = List.copyOf(inbox);
    }

    @Override
    public int bytes() {
        int parcels = inbox.stream().mapToInt(Parcel::bytes).sum();
        for (Channels.State<Parcel> channel : channels) {
            for (Channels.Frame<Parcel> frame : channel.unacknowledged()) {
                parcels += frame.payload().bytes();
            }
            for (Channels.Frame<Parcel> frame : channel.early()) {
                parcels += frame.payload().bytes();
            }
        }
        return REGISTER_BYTES + parcels;
    }
}
