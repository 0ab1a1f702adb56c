package cairn.protocol.logging;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.StableFile;
import cairn.part.TimeAccount;
import cairn.part.dependency.Determinant;
import cairn.part.dependency.HeldOutputs;
import cairn.protocol.logging.LoggingMessage.Arrived;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Carried;
import cairn.protocol.logging.LoggingMessage.Noted;
import cairn.protocol.logging.LoggingMessage.OfLife;
import cairn.protocol.logging.LoggingMessage.OfScheme;
import cairn.protocol.logging.LoggingMessage.Restored;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/**
 * Executes a rank. It takes {@link Checkpoints} by itself, {@link Links} carry its messages, and
 * when it began a life it says so by {@link Announcement}; a {@link Scheme} cares for its
 * determinants.
 */
final class Worker implements Node<LoggingMessage>, Host<LoggingMessage>, Site {

    static final long FIRST_OF_SCHEME = 16;
    private static final long TICK = StableFile.TOKENS;
    private static final long CHECKPOINT = StableFile.TOKENS + 1;

    private final LoggingSettings settings;
    private final CpuCosts costs;
    private final Rules rules;
    private final Rank rank;
    private final Lives lives;
    private final Scheme scheme;
    private final Links links;
    private final Announcement announcement;
    private final HeldOutputs outputs;
    private final TimeAccount account;
    private final Checkpoints checkpoints;
    private final int ranks;
    private Phase phase = Phase.READING;

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
        int self = rank.index();
        this.lives = new Lives(self, ranks);
        this.scheme =
                settings.family().logsOnDisk()
                        ? new DiskScheme(settings, this, rules)
                        : new PeerScheme(settings, this, rules);
        this.links = new Links(self, ranks, settings, lives, scheme, rules);
        this.announcement = new Announcement(self, ranks, lives, links, scheme, rules);
        this.outputs = new HeldOutputs(self);
        this.account = new TimeAccount(self);
        this.checkpoints =
                new Checkpoints(
                        rank, costs, settings.retryNanos(), links, scheme, outputs, account);
    }

    @Override
    public void boot(Boot boot, Outbox<LoggingMessage> out) {
        lives.boot(boot.incarnation());
        account.does(Activity.RESTART, out);
        out.arm(TICK, settings.retryNanos());
        checkpoints.boot(boot.incarnation(), out);
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
                } else if (checkpoints.on(disk, out)) {
                    scheme.recover(out);
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
            if (phase == Phase.RUNNING && checkpoints.take(out)) {
                goOn(out);
            }
            out.arm(CHECKPOINT, settings.checkpointEveryNanos());
        } else if (scheme.owns(timer)) {
            scheme.fired(timer, out);
        } else {
            checkpoints.fired(out);
        }
    }

    private void tick(Outbox<LoggingMessage> out) {
        if (phase != Phase.READING) {
            announcement.tick(out);
            links.tick(out);
            scheme.tick(out);
            goOn(out);
        }
        out.arm(TICK, settings.retryNanos());
    }

    private void delivered(int origin, LoggingMessage message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Restored restored -> announcement.heard(origin, restored, out);
            case Noted noted -> announcement.answered(origin, noted, out);
            case OfLife said when said.life() == lives.of(origin) -> heard(origin, said, out);
            case OfLife _ -> {
                // Of a life that is over.
            }
        }
    }

    private void heard(int origin, OfLife message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Carried early when !scheme.listens() -> links.holdBack(early);
            case Carried(long _, Parcel parcel, Baggage baggage) -> {
                if (links.carried(parcel, baggage, out)) {
                    rank.run(this, out);
                }
            }
            case Arrived said -> links.acknowledged(origin, said, out);
            case OfScheme ofScheme -> scheme.on(origin, ofScheme, out);
        }
    }

    // ---- what the rank asks for

    @Override
    public void send(Parcel parcel, Outbox<LoggingMessage> out) {
        out.spend(costs.messageNanos());
        links.send(parcel, out);
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<LoggingMessage> out) {
        Parcel parcel = scheme.take(from, rank.receipts(out.memory()) + 1, out);
        if (scheme.isReplaying()) {
            account.does(Activity.RESTART, out);
        } else if (parcel == null && scheme.isLogging()) {
            account.does(Activity.LOGGING, out);
        } else {
            account.does(Activity.USEFUL, out);
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
        if (known == null && links.arrived(self()) < number) {
            links.arrived(self(), number);
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
        return lives.of(of);
    }

    @Override
    public long arrived(int from) {
        return links.arrived(from);
    }

    @Override
    public void arrivedAgain(Parcel parcel) {
        links.arrived(parcel.from(), parcel.number());
    }

    @Override
    public void acknowledge(int sender, Outbox<LoggingMessage> out) {
        links.acknowledge(sender, out);
    }

    @Override
    public void remembers() {
        phase = Phase.RECOVERING;
    }

    @Override
    public void announce(Outbox<LoggingMessage> out) {
        announcement.begin(out);
    }

    @Override
    public void ready(Outbox<LoggingMessage> out) {
        phase = Phase.RUNNING;
        out.arm(CHECKPOINT, settings.checkpointEveryNanos() * (self() + 1) / ranks);
        account.does(scheme.isReplaying() ? Activity.RESTART : Activity.USEFUL, out);
        links.takeHeldBack(out);
        rank.start(this, out);
    }

    @Override
    public void goOn(Outbox<LoggingMessage> out) {
        links.sendWaiting(out);
        releaseOutputs(out);
        scheme.commit(outputs, out);
        checkpoints.writeIfSafe(out);
        rank.run(this, out);
    }

    @Override
    public void goBack(Outbox<LoggingMessage> out) {
        rank.stop(out);
        phase = Phase.RECOVERING;
        announcement.end();
        lives.goBack();
        account.does(Activity.RESTART, out);
        checkpoints.restore(out);
    }

    @Override
    public void send(int to, LoggingMessage message, Outbox<LoggingMessage> out) {
        out.send(new NodeId(to), message);
    }

    @Override
    public String waitsFor() {
        return switch (phase) {
            case READING -> "its disk: " + checkpoints + ", " + scheme;
            case RECOVERING -> "rank " + announcement.awaited() + " to answer, " + scheme;
            case RUNNING -> rank.waitsFor() + ", " + scheme;
        };
    }
}
