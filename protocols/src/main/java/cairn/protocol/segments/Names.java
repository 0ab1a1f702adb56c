package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.register.Register;
import cairn.part.register.RegisterMessage;
import cairn.part.register.Voters;
import cairn.protocol.segments.SegmentsMessage.OfRegister;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/**
 * What a service has to do with the name (CS-10, CS-11): its voice in the register of who has it,
 * and what its own round is for.
 */
final class Names {

    private final Register<Registration, SegmentsMessage> register;
    private Purpose purpose = Purpose.REGISTERING;

    /** What a round is for. */
    enum Purpose {
        /** To have the name. */
        REGISTERING,
        /** To go on with a name that this node's application has. */
        TAKING_UP,
        /** To name who holds the copies. */
        NAMING_MEMBERS,
        /** To set the name free. */
        UNREGISTERING
    }

    /** What a majority decided in a round. */
    record Decision(Purpose purpose, Registration registration) {}

    Names(Setup setup, NodeId self, long firstToken) {
        Rules rules = setup.rules();
        Topology topology = setup.topology();
        register =
                new Register<>(
                        new Voters(topology.services(), rules.quorum(topology), rules.remembers()),
                        self,
                        Registration.NONE,
                        Registration.CODEC,
                        OfRegister::new,
                        firstToken,
                        setup.settings().heartbeatNanos());
    }

    Register<Registration, SegmentsMessage> register() {
        return register;
    }

    boolean isBusy() {
        return register.isBusy();
    }

    /** Begins to change the registration; no other round is under way. */
    void begin(Purpose wanted, UnaryOperator<Registration> change, Outbox<SegmentsMessage> out) {
        purpose = wanted;
        register.begin(change, out);
    }

    /** Takes a message; returns what was decided by it, if that was the last one needed. */
    @Nullable Decision on(
            NodeId from, RegisterMessage<Registration> message, Outbox<SegmentsMessage> out) {
        Registration decided = register.on(from, message, out);
        return decided == null ? null : new Decision(purpose, decided);
    }

    String waitsFor() {
        return "a majority about the name: " + purpose;
    }
}
