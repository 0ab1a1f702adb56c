package cairn.protocol.dirtypages;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.choice.Mix;
import cairn.model.computation.Parcel;
import cairn.model.memory.PagedMemory;
import cairn.part.Channels.Frame;
import cairn.protocol.dirtypages.DirtyPagesMessage.Carried;

/**
 * Another computation, which has the node for a while: it fills the memory, and its parts send each
 * other messages that look like those of the computation that was halted, but for the era (DJ-14).
 */
final class Tenant {

    private static final int CONTENT_BYTES = 24;

    private final int self;
    private final int nodes;
    private final long era;
    private long sent;
    private long heard;

    Tenant(int self, int nodes, long era) {
        this.self = self;
        this.nodes = nodes;
        this.era = era;
    }

    long era() {
        return era;
    }

    /** How many messages of its own kind it has heard. */
    long heard() {
        return heard;
    }

    /** The memory is its own now, and it uses all of it. */
    void moveIn(PagedMemory memory) {
        memory.clear();
        for (int page = 0; page < memory.pageCount(); page++) {
            memory.writeLong((long) page * PagedMemory.PAGE_BYTES, Mix.fold(era, page));
        }
    }

    /** Sends a message to every other part. */
    void work(Outbox<DirtyPagesMessage> out) {
        sent++;
        for (int node = 0; node < nodes; node++) {
            if (node != self) {
                Parcel parcel = new Parcel(self, node, sent, new byte[CONTENT_BYTES]);
                out.send(new NodeId(node), new Carried(new Frame<>(era, sent, parcel)));
            }
        }
    }

    /** A late message of the computation that was here before is not for it. */
    void hear(Frame<Parcel> frame) {
        if (frame.era() == era) {
            heard++;
        }
    }
}
