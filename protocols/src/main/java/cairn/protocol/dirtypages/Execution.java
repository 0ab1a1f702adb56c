package cairn.protocol.dirtypages;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.model.memory.PagedMemory;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.Inbox;
import cairn.part.chain.ChainArchive;
import cairn.part.chain.ImageFile;
import cairn.part.chain.ImageFiles;
import cairn.part.incremental.Checkpointer;
import cairn.protocol.dirtypages.DirtyPagesMessage.Arrived;
import cairn.protocol.dirtypages.DirtyPagesMessage.Carried;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rank as a process of one era: its memory, its channels, and its checkpoints. Whatever stops and
 * starts it is not its concern.
 */
final class Execution implements Host<DirtyPagesMessage>, ImageFile.Listener<DirtyPagesMessage> {

    private final DirtyPagesSettings settings;
    private final CpuCosts costs;
    private final Rules rules;
    private final Rank rank;
    private final List<Integer> homes;
    private final ImageFiles<DirtyPagesMessage> files;
    private final ChainArchive<DirtyPagesMessage> archive;
    private final Consumer<Outbox<DirtyPagesMessage>> report;
    private final Channels<Parcel> channels;
    private final Inbox inbox = new Inbox();
    private final List<Parcel> unacknowledged = new ArrayList<>();
    private final long[] newest;
    private final List<Deferred> deferred = new ArrayList<>();
    private boolean open;
    private @Nullable Checkpointer<DirtyPagesMessage> checkpointer;

    /** A frame that came while nothing may be taken. */
    private record Deferred(int peer, Frame<Parcel> frame) {}

    /**
     * A rank that does not run.
     *
     * @param homes the nodes of all ranks, in order
     * @param report says how far the checkpoint is, whenever that changes
     */
    Execution(
            Rank rank,
            long era,
            List<Integer> homes,
            DirtyPagesSettings settings,
            CpuCosts costs,
            Rules rules,
            ImageFiles<DirtyPagesMessage> files,
            Consumer<Outbox<DirtyPagesMessage>> report) {
        this.settings = settings;
        this.costs = costs;
        this.rules = rules;
        this.rank = rank;
        this.homes = homes;
        this.files = files;
        this.archive = new ChainArchive<>(rank.index(), files, rules);
        this.report = report;
        this.channels = new Channels<>(homes.size());
        this.newest = new long[homes.size()];
        channels.begin(era);
    }

    // ---- going back

    /** Ends: another process, here or elsewhere, takes its place. */
    void end(Outbox<DirtyPagesMessage> out) {
        rank.stop(out);
        rank.reset();
    }

    /** Ends for now: its node is lent. */
    void leave(Outbox<DirtyPagesMessage> out) {
        end(out);
        out.claim(new Fact.Doing(rank.index(), Activity.DOWN));
    }

    /** Looks what can be restored. */
    void scan(Consumer<Outbox<DirtyPagesMessage>> found, Outbox<DirtyPagesMessage> out) {
        out.claim(new Fact.Doing(rank.index(), Activity.RESTART));
        archive.scan(found, out);
    }

    /** Which rank it executes. */
    int rank() {
        return rank.index();
    }

    List<Epoch> restorable() {
        return archive.restorable();
    }

    /** Goes back to a checkpoint, and forgets all newer ones for good. */
    void restore(
            Epoch line,
            Consumer<Outbox<DirtyPagesMessage>> restored,
            Outbox<DirtyPagesMessage> out) {
        PagedMemory memory = out.memory();
        memory.clear();
        if (line.equals(Epoch.ZERO)) {
            rank.initialise(memory);
        } else {
            out.spend(costs.memcpyNanos(archive.bytes(line)));
            adopt(new ByteReader(archive.restore(line, memory)).parcels(), memory);
        }
        checkpointer =
                new Checkpointer<>(
                        rank.index(), line, settings.increments(), costs, rules, files, archive);
        checkpointer.begin(memory);
        archive.cutAt(
                line,
                later -> {
                    later.claim(new Fact.Resumed(rank.index(), line));
                    restored.accept(later);
                },
                out);
    }

    /** Takes up the messages that were under way at the cut. */
    private void adopt(List<Parcel> parcels, PagedMemory memory) {
        for (int peer = 0; peer < newest.length; peer++) {
            newest[peer] = rank.received(peer, memory);
        }
        for (Parcel parcel : parcels) {
            if (parcel.to() == rank.index()) {
                accept(List.of(parcel));
            } else {
                unacknowledged.add(parcel);
            }
        }
    }

    /** DJ-12: what is in the image already is a duplicate. */
    private void accept(List<Parcel> parcels) {
        for (Parcel parcel : parcels) {
            if (parcel.number() > newest[parcel.from()]) {
                newest[parcel.from()] = parcel.number();
                inbox.add(List.of(parcel));
            }
        }
    }

    /** DJ-10: first sends again what may not have arrived before the cut. */
    void go(Outbox<DirtyPagesMessage> out) {
        unacknowledged.forEach(parcel -> channels.send(parcel.to(), parcel, wire(out)));
        unacknowledged.clear();
        resume(out);
    }

    // ---- checkpoints

    /** DJ-3: all threads stop where they are. */
    void stop(Outbox<DirtyPagesMessage> out) {
        rank.stop(out);
        out.claim(new Fact.Doing(rank.index(), Activity.CHECKPOINT_PAUSE));
    }

    /** Whether all that it sent has arrived. */
    boolean isQuiet() {
        return channels.isQuiet();
    }

    /** The cut; until it resumes, no message is taken that the cut does not contain. */
    void cut(Epoch epoch, Outbox<DirtyPagesMessage> out) {
        open = false;
        List<Parcel> state = new ArrayList<>(inbox.content());
        int saved = rules.savedPeers(homes.size());
        for (int peer = 0; peer < saved; peer++) {
            state.addAll(channels.unacknowledged(peer));
        }
        ready().cut(epoch, new ByteWriter().parcels(state).toBytes(), this, out);
    }

    /** Lets the rank go on, and takes what came meanwhile. */
    void resume(Outbox<DirtyPagesMessage> out) {
        open = true;
        out.claim(new Fact.Doing(rank.index(), Activity.USEFUL));
        List<Deferred> waiting = List.copyOf(deferred);
        deferred.clear();
        waiting.forEach(each -> accept(channels.receive(each.peer, each.frame, wire(out))));
        rank.start(this, out);
    }

    /** Once there is a line to go on from. */
    Checkpointer<DirtyPagesMessage> ready() {
        Checkpointer<DirtyPagesMessage> own = checkpointer;
        if (own == null) {
            throw new IllegalStateException("rank " + rank.index() + " has not been restored");
        }
        return own;
    }

    /** The checkpoint under way is given up. */
    void abort(Outbox<DirtyPagesMessage> out) {
        ready().aborted(out);
        rank.run(this, out);
    }

    @Override
    public void pagesStored(BitSet pages, Outbox<DirtyPagesMessage> out) {
        ready().pagesStored(pages, out.memory());
        rank.run(this, out);
    }

    @Override
    public void complete(Outbox<DirtyPagesMessage> out) {
        ready().sealed(out);
        report.accept(out);
    }

    @Override
    public void failed(Outbox<DirtyPagesMessage> out) {
        report.accept(out);
        rank.run(this, out);
    }

    // ---- messages

    void carried(int node, Frame<Parcel> frame, Outbox<DirtyPagesMessage> out) {
        int peer = homes.indexOf(node);
        if (peer < 0 || !rules.isForUs(frame.era(), channels.era())) {
            return;
        }
        Frame<Parcel> ours = new Frame<>(channels.era(), frame.number(), frame.payload());
        if (open) {
            accept(channels.receive(peer, ours, wire(out)));
            rank.run(this, out);
        } else {
            deferred.add(new Deferred(peer, ours));
        }
    }

    void arrived(int node, long era, long upTo, Outbox<DirtyPagesMessage> out) {
        int peer = homes.indexOf(node);
        if (peer >= 0) {
            channels.acknowledged(peer, era, upTo, wire(out));
        }
    }

    void tick(Outbox<DirtyPagesMessage> out) {
        channels.tick(wire(out));
    }

    private Channels.Wire<Parcel> wire(Outbox<DirtyPagesMessage> out) {
        return Channels.Wire.to(
                peer -> new NodeId(homes.get(peer)), Carried::new, Arrived::new, out);
    }

    // ---- what the rank asks for

    void computed(long token, Outbox<DirtyPagesMessage> out) {
        if (rank.computed(token)) {
            rank.run(this, out);
        }
    }

    @Override
    public void send(Parcel parcel, Outbox<DirtyPagesMessage> out) {
        out.spend(costs.messageNanos());
        channels.send(parcel.to(), parcel, wire(out));
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<DirtyPagesMessage> out) {
        return inbox.take(from);
    }

    /** Leaves at once, although it may be repeated: nothing is promised about outputs. */
    @Override
    public void output(long number, long value, Outbox<DirtyPagesMessage> out) {
        out.claim(new Fact.Emitted(rank.index(), number, value));
    }

    @Override
    public boolean unprotect(int page, Outbox<DirtyPagesMessage> out) {
        boolean admitted = ready().admit(page, out);
        if (admitted) {
            out.spend(costs.faultNanos());
        }
        return admitted;
    }

    @Override
    public boolean admitDevice(int page, Outbox<DirtyPagesMessage> out) {
        return !rules.mindsDevices() || ready().admitUnseen(page, out);
    }

    @Override
    public boolean admitRemap(int page, Outbox<DirtyPagesMessage> out) {
        return !rules.mindsRemaps() || ready().admitUnseen(page, out);
    }

    boolean isFinished() {
        return rank.isFinished();
    }

    /** What the rank waits for, in a clause. */
    String waitsFor() {
        return rank.waitsFor();
    }
}
