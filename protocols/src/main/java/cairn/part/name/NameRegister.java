package cairn.part.name;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Journal;
import cairn.part.name.Decision.MembersNamed;
import cairn.part.name.Decision.Registered;
import cairn.part.name.Decision.SetFree;
import cairn.part.name.Decision.TakenUp;
import cairn.part.register.Register;
import cairn.part.register.RegisterMessage;
import cairn.part.register.Voters;
import cairn.part.replica.Member;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a voter has to do with the name (CS-10, CS-11): its voice in the register of who has it, and
 * one round of its own at a time.
 */
public final class NameRegister<M extends Message> {

    private final Register<Registration, M> register;
    private Function<Registration, Decision> outcome = TakenUp::new;
    private long stamp;

    /**
     * A voter.
     *
     * @param wire makes a message of what is said
     * @param firstToken the first token of its {@link Journal}
     */
    public NameRegister(
            Voters voters,
            NodeId self,
            Function<RegisterMessage<Registration>, M> wire,
            long firstToken,
            long retryNanos) {
        register =
                new Register<>(
                        voters,
                        self,
                        Registration.NONE,
                        Registration.CODEC,
                        wire,
                        firstToken,
                        retryNanos);
    }

    public void boot(int incarnation, Outbox<M> out) {
        stamp = (long) incarnation << Integer.SIZE;
        register.boot(incarnation, out);
    }

    /** Where the voice is kept. */
    public Journal<M> journal() {
        return register.journal();
    }

    /** Whether a round is under way, or the voice is lost. */
    public boolean isBusy() {
        return register.isBusy();
    }

    /** A tick has passed: repeats what was not answered. */
    public void tick(Outbox<M> out) {
        register.tick(out);
    }

    // ---- rounds, of which no other is under way

    private void begin(
            UnaryOperator<Registration> change,
            Function<Registration, Decision> whenDecided,
            Outbox<M> out) {
        outcome = whenDecided;
        register.begin(change, out);
    }

    /** To have the name, if nobody had it after a term; the members stay as they are. */
    public void register(NodeId holder, long afterTerm, Outbox<M> out) {
        long attempt = ++stamp;
        begin(
                now ->
                        now.term() == afterTerm
                                ? new Registration(afterTerm + 1, holder, attempt, now.members())
                                : now,
                now -> new Registered(now, now.isHeldBy(holder) && now.stamp() == attempt),
                out);
    }

    /** To learn whether somebody still has the name. */
    public void takeUp(Outbox<M> out) {
        begin(now -> now, TakenUp::new, out);
    }

    /** To name who holds what is kept, if the name is had under that term. */
    public void nameMembers(long term, List<Member> members, Outbox<M> out) {
        begin(now -> now.term() == term ? now.withMembers(members) : now, MembersNamed::new, out);
    }

    /** CS-13: to set the name free, if it is had under that term. */
    public void setFree(long term, Outbox<M> out) {
        begin(
                now -> now.term() == term ? new Registration(term + 1, null, 0, List.of()) : now,
                SetFree::new,
                out);
    }

    /** Takes a message; returns what was decided by it, if that was the last one needed. */
    public @Nullable Decision on(
            NodeId from, RegisterMessage<Registration> message, Outbox<M> out) {
        Registration decided = register.on(from, message, out);
        return decided == null ? null : outcome.apply(decided);
    }
}
