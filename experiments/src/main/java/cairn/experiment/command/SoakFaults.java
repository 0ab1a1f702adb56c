package cairn.experiment.command;

import cairn.model.NodeId;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.model.fault.LinkQuality;

import java.util.List;

/** What strikes in one part of a soak: one fault after another, drawn from its choices. */
final class SoakFaults {

    /** 10 KB/s: a page takes 0.4 s, so that what follows it waits for as long as a fault lasts. */
    private static final LinkQuality NARROW = new LinkQuality(0, 0, 0, 0, 0, 1e-5);

    private final List<String> roles;
    private final int members;
    private final Choice which;
    private final Choice where;
    private final Choice from;

    private SoakFaults(String part, int kinds, List<String> roles, int clients, Choices choices) {
        this.roles = List.copyOf(roles);
        this.members = roles.size() + clients;
        this.which = new Choice(part + " which", new Law.Pick(kinds), choices);
        this.where = new Choice(part + " where", new Law.Pick(roles.size()), choices);
        this.from = new Choice(part + " from", new Law.Pick(members - 1), choices);
    }

    /**
     * Crashes and losses of power too.
     *
     * @param roles of the places of the protocol
     * @param clients how many there are, one or more
     */
    static SoakFaults killing(List<String> roles, int clients, Choices choices) {
        return new SoakFaults("killing", 5, roles, clients, choices);
    }

    /** Pauses, isolations and narrow links, which each process survives. */
    static SoakFaults sparing(List<String> roles, int clients, Choices choices) {
        return new SoakFaults("sparing", 3, roles, clients, choices);
    }

    /** The next one, at a place of the protocol or on a way to it. */
    Fault next() {
        NodeId node = new NodeId((int) where.ask());
        return switch ((int) which.ask()) {
            case 0 -> new Fault.Pause(node);
            case 1 -> new Fault.Isolation(node);
            case 2 -> new Fault.BadLink(other(node), node, NARROW);
            case 3 -> new Fault.ProcessCrash(node);
            default -> new Fault.PowerLoss(node);
        };
    }

    /** Another place, or a client. */
    private NodeId other(NodeId than) {
        return new NodeId((than.index() + 1 + (int) from.ask()) % members);
    }

    /** What strikes where, in a few words. */
    String words(Fault fault) {
        return switch (fault) {
            case Fault.BadLink bad -> "narrow link " + name(bad.from()) + " -> " + name(bad.to());
            case Fault.Pause(var node) -> "pause of " + name(node);
            case Fault.Isolation(var node) -> "isolation of " + name(node);
            case Fault.ProcessCrash(var node) -> "crash of " + name(node);
            case Fault.PowerLoss(var node) -> "power loss of " + name(node);
            case Fault _ -> throw new IllegalArgumentException("not of a soak: " + fault);
        };
    }

    private String name(NodeId member) {
        int client = member.index() - roles.size();
        return client < 0 ? roles.get(member.index()) : "client-" + (client + 1);
    }
}
