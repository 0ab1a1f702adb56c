package cairn.protocol.logging;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Image;
import cairn.part.StableFile;
import cairn.part.dependency.Determinant;
import cairn.part.dependency.HeldOutputs;
import cairn.part.dependency.Past;
import cairn.part.dependency.SenderLog;
import cairn.protocol.logging.LoggingMessage.Arrived;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Carried;
import cairn.protocol.logging.LoggingMessage.Noted;
import cairn.protocol.logging.LoggingMessage.OfLife;
import cairn.protocol.logging.LoggingMessage.OfScheme;
import cairn.protocol.logging.LoggingMessage.Restored;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/** Executes a rank and takes its checkpoints; a scheme cares for its determinants. */
final class Worker implements Node<LoggingMessage>, Host<LoggingMessage>, Site {

    static final long FIRST_OF_SCHEME = 16;
    private static final long TICK = StableFile.TOKENS;
    private static final long CHECKPOINT = StableFile.TOKENS + 1;

    private static final long NEVER = -1;

    /** More checkpoints than one run of a process takes. */
    private static final int EPOCH_BITS = 20;

    /** More roll-backs than one run of a process suffers. */
    private static final int LIFE_BITS = 12;

    private final LoggingSettings settings;
    private final CpuCosts costs;
    private final Rules rules;
    private final Rank rank;
    private final int ranks;
    private final Scheme scheme;
    private final StableFile file;
    private final HeldOutputs outputs;
    private final List<SenderLog> outgoing = new ArrayList<>();
    private final long[] arrived;
    private final long[] saved;
    private final long[] lives;
    private final BitSet unanswered = new BitSet();
    private Phase phase = Phase.READING;
    private @Nullable Activity activity;
    private @Nullable Image newest;
    private @Nullable Cut cut;
    private long epoch;
    private long storesAtCut = NEVER;
    private long receiptsSaved;

    /** A checkpoint that is not durable yet, and up to where it contains what was received. */
    private record Cut(Image image, List<Long> arrived, long receipts) {}

    private enum Phase {
        /** Finds out what is on its disk. */
        READING,
        /** Finds out what it had received. */
        RECOVERING,
        RUNNING
    }

    Worker(LoggingSettings settings, Rank rank, int ranks, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.costs = costs;
        this.rules = rules;
        this.rank = rank;
        this.ranks = ranks;
        this.file = new StableFile("checkpoint", 0, settings.retryNanos());
        this.outputs = new HeldOutputs(rank.index());
        this.arrived = new long[ranks];
        this.saved = new long[ranks];
        this.lives = new long[ranks];
        for (int i = 0; i < ranks; i++) {
            outgoing.add(new SenderLog(settings.window()));
        }
        this.scheme =
                settings.family().logsOnDisk()
                        ? new DiskScheme(settings, this, rules)
                        : new PeerScheme(settings, this, rules);
    }

    @Override
    public void boot(Boot boot, Outbox<LoggingMessage> out) {
        lives[self()] = (long) boot.incarnation() << LIFE_BITS;
        // No number is used for two cuts, not even of two lives.
        epoch = (long) boot.incarnation() << EPOCH_BITS;
        does(Activity.RESTART, out);
        out.arm(TICK, settings.retryNanos());
        file.read(out);
    }

    private void does(Activity next, Outbox<LoggingMessage> out) {
        if (next != activity) {
            activity = next;
            out.claim(new Fact.Doing(self(), next));
        }
    }

    @Override
    public void on(Event<LoggingMessage> event, Outbox<LoggingMessage> out) {
        switch (event) {
            case Event.Delivered<LoggingMessage>(NodeId origin, LoggingMessage message) -> {
                out.spend(costs.messageNanos());
                if (phase != Phase.READING) {
                    delivered(origin.index(), message, out);
                }
            }
            case Event.Computed<LoggingMessage>(long token) -> {
                if (rank.computed(token)) {
                    rank.run(this, out);
                }
            }
            case Event.Fired<LoggingMessage>(long timer) -> fired(timer, out);
            case Event.OfDisk<LoggingMessage> disk -> {
                if (scheme.owns(disk.token())) {
                    scheme.on(disk, out);
                } else {
                    onFile(disk, out);
                }
            }
            case Event.Asked<LoggingMessage> _,
                    Event.Answered<LoggingMessage> _,
                    Event.OfNic<LoggingMessage> _ ->
                    throw new IllegalStateException("not for a rank: " + event);
        }
    }

    private void fired(long timer, Outbox<LoggingMessage> out) {
        if (timer == TICK) {
            tick(out);
        } else if (timer == CHECKPOINT) {
            checkpoint(out);
            out.arm(CHECKPOINT, settings.checkpointEveryNanos());
        } else if (scheme.owns(timer)) {
            scheme.fired(timer, out);
        } else {
            file.fired(out);
        }
    }

    private void onFile(Event.OfDisk<LoggingMessage> disk, Outbox<LoggingMessage> out) {
        switch (file.on(disk, out)) {
            case ABSENT -> {
                restore(null, out);
                scheme.recover(out);
            }
            case READ -> {
                Image image = Image.read(self(), file.content());
                if (image == null) {
                    out.halt("its checkpoint is damaged");
                } else {
                    restore(image, out);
                    acknowledgeCheckpoint(image.epoch(), out);
                    scheme.recover(out);
                }
            }
            case WRITTEN -> written(out);
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
    }

    private void tick(Outbox<LoggingMessage> out) {
        if (phase != Phase.READING) {
            if (rules.asksAgain()) {
                unanswered.stream().forEach(peer -> sayRestored(peer, out));
            }
            for (int peer = 0; peer < ranks; peer++) {
                outgoing.get(peer).tick(wire(peer, out));
            }
            scheme.tick(out);
            goOn(out);
        }
        out.arm(TICK, settings.retryNanos());
    }

    private void delivered(int origin, LoggingMessage message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Restored(long life, long has, Past past) -> restored(origin, life, has, past, out);
            case Noted noted -> noted(origin, noted, out);
            case OfLife said when said.life() == lives[origin] -> heard(origin, said, out);
            case OfLife _ -> {
                // Of a life that is over.
            }
        }
    }

    private void heard(int origin, OfLife message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Carried(long _, Parcel parcel, Baggage baggage) -> carried(parcel, baggage, out);
            case Arrived(long _, long upTo, long stable, long receipts) -> {
                scheme.delivered(origin, upTo);
                scheme.giveUp(origin, receipts);
                outgoing.get(origin).acknowledged(upTo, stable, wire(origin, out));
            }
            case OfScheme ofScheme -> scheme.on(origin, ofScheme, out);
        }
    }

    // ---- checkpoints

    private void checkpoint(Outbox<LoggingMessage> out) {
        long stores = out.memory().stores();
        if (phase != Phase.RUNNING || file.isBusy() || cut != null || stores == storesAtCut) {
            return;
        }
        storesAtCut = stores;
        epoch++;
        Activity before = activity;
        does(Activity.CHECKPOINT_PAUSE, out);
        out.claim(new Fact.Cut(self(), new Epoch(epoch)));
        Image image = Image.full(self(), new Epoch(epoch), out.memory().snapshot(), state());
        out.spend(costs.memcpyNanos(image.size()) + costs.checksumNanos(image.size()));
        does(before == null ? Activity.USEFUL : before, out);
        scheme.cut();
        cut = new Cut(image, Arrays.stream(arrived).boxed().toList(), rank.receipts(out.memory()));
        goOn(out);
    }

    private byte[] state() {
        var state = new ByteWriter();
        for (int peer = 0; peer < ranks; peer++) {
            state.number(arrived[peer]);
            outgoing.get(peer).save(sendsVectors(), state);
        }
        outputs.save(state);
        scheme.save(state);
        return state.toBytes();
    }

    private boolean sendsVectors() {
        return settings.family() == Family.OPTIMISTIC;
    }

    private void writeIfSafe(Outbox<LoggingMessage> out) {
        if (cut != null && !file.isBusy() && scheme.isCutSafe()) {
            file.write(cut.image.bytes(), out);
        }
    }

    private void written(Outbox<LoggingMessage> out) {
        Cut done = cut;
        if (done == null) {
            throw new IllegalStateException("written, and never cut");
        }
        Image former = newest;
        newest = done.image;
        cut = null;
        acknowledgeCheckpoint(done.image.epoch(), out);
        if (former != null) {
            out.claim(new Fact.Discarded(self(), former.epoch()));
        }
        Arrays.setAll(saved, done.arrived::get);
        receiptsSaved = done.receipts;
        scheme.saved(receiptsSaved, out);
        for (int peer = 0; peer < ranks; peer++) {
            if (peer != self()) {
                acknowledge(peer, out);
            }
        }
    }

    /** It is on the disk, whether whoever wrote it could say so or not. */
    private void acknowledgeCheckpoint(Epoch safe, Outbox<LoggingMessage> out) {
        out.claim(new Fact.Sealed(self(), safe, safe));
        out.claim(new Fact.Acknowledged(self(), safe));
    }

    // ---- recovery

    private void restore(@Nullable Image image, Outbox<LoggingMessage> out) {
        newest = image;
        if (!file.isBusy()) {
            cut = null;
        }
        rank.reset();
        Arrays.fill(arrived, 0);
        if (image == null) {
            out.memory().clear();
            rank.initialise(out.memory());
            outgoing.forEach(SenderLog::begin);
            outputs.clear();
            scheme.begin();
        } else {
            out.spend(costs.checksumNanos(image.size()) + costs.memcpyNanos(image.size()));
            image.restoreInto(out.memory());
            restoreState(new ByteReader(image.state()), out);
        }
        storesAtCut = NEVER;
        System.arraycopy(arrived, 0, saved, 0, ranks);
        receiptsSaved = rank.receipts(out.memory());
        out.claim(new Fact.Resumed(self(), image == null ? Epoch.ZERO : image.epoch()));
    }

    private void restoreState(ByteReader state, Outbox<LoggingMessage> out) {
        for (int peer = 0; peer < ranks; peer++) {
            arrived[peer] = state.number();
            outgoing.get(peer).restore(ranks, sendsVectors(), state);
        }
        outputs.restore(ranks, state);
        scheme.restore(rank.receipts(out.memory()), state);
    }

    @Override
    public void goBack(Outbox<LoggingMessage> out) {
        rank.stop(out);
        phase = Phase.RECOVERING;
        unanswered.clear();
        lives[self()]++;
        does(Activity.RESTART, out);
        restore(newest, out);
    }

    @Override
    public void remembers() {
        phase = Phase.RECOVERING;
    }

    /** Nobody knows anything of the first life, so nobody is asked. */
    @Override
    public void announce(Outbox<LoggingMessage> out) {
        for (int peer = 0; peer < ranks; peer++) {
            if (peer != self() && lives[self()] == 0) {
                outgoing.get(peer).open(0, wire(peer, out));
            } else if (peer != self()) {
                unanswered.set(peer);
                sayRestored(peer, out);
            }
        }
    }

    private void sayRestored(int peer, Outbox<LoggingMessage> out) {
        send(peer, new Restored(lives[self()], scheme.arrived(peer), scheme.past()), out);
    }

    @Override
    public void ready(Outbox<LoggingMessage> out) {
        phase = Phase.RUNNING;
        out.arm(CHECKPOINT, settings.checkpointEveryNanos() * (self() + 1) / ranks);
        does(scheme.isReplaying() ? Activity.RESTART : Activity.USEFUL, out);
        rank.start(this, out);
    }

    private void restored(int peer, long life, long has, Past past, Outbox<LoggingMessage> out) {
        if (life < lives[peer]) {
            return;
        }
        if (life > lives[peer]) {
            lives[peer] = life;
            if (scheme.learn(peer, past, true, out)) {
                // It asks again, and is answered when this rank is itself back.
                return;
            }
            outgoing.get(peer).goBack(has, wire(peer, out));
        }
        send(
                peer,
                new Noted(
                        life, lives[self()], scheme.arrived(peer), scheme.of(peer), scheme.past()),
                out);
    }

    private void noted(int peer, Noted noted, Outbox<LoggingMessage> out) {
        if (noted.ofLife() != lives[self()] || noted.life() < lives[peer]) {
            return;
        }
        boolean isNew = noted.life() > lives[peer];
        lives[peer] = noted.life();
        if (scheme.learn(peer, noted.past(), isNew, out)) {
            return;
        }
        if (isNew) {
            outgoing.get(peer).goBack(noted.arrived(), wire(peer, out));
        }
        if (unanswered.get(peer)) {
            unanswered.clear(peer);
            outgoing.get(peer).open(noted.arrived(), wire(peer, out));
            scheme.told(peer, noted.known(), out);
        }
    }

    // ---- messages

    private void carried(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out) {
        int from = parcel.from();
        if (parcel.number() <= arrived[from]) {
            scheme.unload(baggage);
            acknowledge(from, out);
        } else if (parcel.number() == arrived[from] + 1 && scheme.accepts(baggage)) {
            scheme.unload(baggage);
            arrived[from]++;
            scheme.arrived(parcel, baggage, out);
            if (scheme.arrived(from) == arrived[from]) {
                acknowledge(from, out);
            }
            rank.run(this, out);
        }
    }

    @Override
    public void acknowledge(int sender, Outbox<LoggingMessage> out) {
        long upTo = scheme.arrived(sender);
        long stable = scheme.isStableOnArrival() ? upTo : rules.stable(upTo, saved[sender]);
        send(sender, new Arrived(lives[self()], upTo, stable, receiptsSaved), out);
    }

    private SenderLog.Wire wire(int to, Outbox<LoggingMessage> out) {
        return (copy, isFirst) -> {
            if (!scheme.maySend()) {
                return false;
            }
            send(
                    to,
                    new Carried(lives[self()], copy.parcel(), scheme.baggage(to, copy, isFirst)),
                    out);
            return true;
        };
    }

    // ---- what the rank asks for

    @Override
    public void send(Parcel parcel, Outbox<LoggingMessage> out) {
        out.spend(costs.messageNanos());
        outgoing.get(parcel.to())
                .add(new SenderLog.Copy(parcel, scheme.vector()), wire(parcel.to(), out));
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<LoggingMessage> out) {
        Parcel parcel = scheme.take(from, rank.receipts(out.memory()) + 1, out);
        if (scheme.isReplaying()) {
            does(Activity.RESTART, out);
        } else if (parcel == null && scheme.isLogging()) {
            does(Activity.LOGGING, out);
        } else {
            does(Activity.USEFUL, out);
        }
        return parcel;
    }

    /** What was read before it failed is in its log; else the outside world is asked, once. */
    @Override
    public OptionalLong input(long number, Outbox<LoggingMessage> out) {
        if (!rules.logsInputs()) {
            return OptionalLong.of(out.input());
        }
        Parcel known = take(self(), out);
        if (known == null && arrived[self()] < number) {
            arrived[self()] = number;
            scheme.arrived(Determinant.input(self(), number, out.input()), new Baggage.None(), out);
            known = take(self(), out);
        }
        return known == null ? OptionalLong.empty() : OptionalLong.of(Determinant.value(known));
    }

    @Override
    public void output(long number, long value, Outbox<LoggingMessage> out) {
        outputs.add(new HeldOutputs.Output(number, value, scheme.vector(), scheme.unsafe()));
        releaseOutputs(out);
        scheme.commit(outputs, out);
    }

    private void releaseOutputs(Outbox<LoggingMessage> out) {
        outputs.release(output -> !rules.holdsOutputs() || scheme.mayLeave(output), out);
    }

    // ---- what the scheme asks for

    @Override
    public int self() {
        return rank.index();
    }

    @Override
    public int ranks() {
        return ranks;
    }

    @Override
    public long life(int of) {
        return lives[of];
    }

    @Override
    public long arrived(int from) {
        return arrived[from];
    }

    @Override
    public void arrivedAgain(Parcel parcel) {
        arrived[parcel.from()] = parcel.number();
    }

    @Override
    public void goOn(Outbox<LoggingMessage> out) {
        if (scheme.maySend()) {
            for (int peer = 0; peer < ranks; peer++) {
                outgoing.get(peer).send(wire(peer, out));
            }
        }
        releaseOutputs(out);
        scheme.commit(outputs, out);
        writeIfSafe(out);
        rank.run(this, out);
    }

    @Override
    public void send(int to, LoggingMessage message, Outbox<LoggingMessage> out) {
        out.send(new NodeId(to), message);
    }

    @Override
    public String waitsFor() {
        return switch (phase) {
            case READING -> "its disk: " + file + ", " + scheme;
            case RECOVERING -> "rank " + unanswered.nextSetBit(0) + " to answer, " + scheme;
            case RUNNING -> rank.waitsFor() + ", " + scheme;
        };
    }
}
