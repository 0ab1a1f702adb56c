package cairn.experiment.definition;

import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.file.YamlValue;
import cairn.model.Device;
import cairn.model.Hardware;
import cairn.model.NodeId;
import cairn.model.Seat;

import java.util.List;
import java.util.stream.IntStream;

/** The places of a protocol, by the names of their roles. */
final class Roles {

    private final List<Seat> seats;
    private final List<String> roles;

    Roles(List<Seat> seats) {
        this.seats = List.copyOf(seats);
        this.roles = seats.stream().map(Seat::role).toList();
    }

    /** All places of the protocol. */
    List<NodeId> all() {
        return IntStream.range(0, roles.size()).mapToObj(NodeId::new).toList();
    }

    /** What a machine has. */
    Hardware hardware(NodeId place) {
        return seats.get(place.index()).hardware();
    }

    /** The roles of the machines that have a device. */
    List<String> having(Device device) {
        return seats.stream()
                .filter(seat -> device.isPartOf(seat.hardware()))
                .map(Seat::role)
                .toList();
    }

    String role(NodeId place) {
        return roles.get(place.index());
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
