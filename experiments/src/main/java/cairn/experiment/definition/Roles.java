package cairn.experiment.definition;

import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.model.NodeId;
import cairn.model.Seat;

import java.util.List;
import java.util.stream.IntStream;

/** The places of a protocol, by the names of their roles. */
final class Roles {

    private final List<String> roles;

    Roles(List<Seat> seats) {
        this.roles = seats.stream().map(Seat::role).toList();
    }

    /** All places of the protocol. */
    List<NodeId> all() {
        return IntStream.range(0, roles.size()).mapToObj(NodeId::new).toList();
    }

    /** The place of a role that a file names. */
    NodeId place(YamlValue written, String role) {
        int index = roles.indexOf(role);
        if (index < 0) {
            throw new UserMistake(
                    written.place(), "unknown role '" + role + "'" + Suggestion.of(role, roles));
        }
        return new NodeId(index);
    }
}
