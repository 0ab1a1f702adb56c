package cairn.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A place of a protocol and what the machine there must have.
 *
 * @param role the role, as faults in an experiment file name it: "primary", "backup-1"
 * @param hardware what the machine has
 */
public record Seat(String role, Hardware hardware) {

    public Seat {
        if (!role.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("a role is a word in lower case: '" + role + "'");
        }
    }

    /** Places alike, named by a word and their number, from one up to another one. */
    public static List<Seat> several(String word, int from, int to, Hardware hardware) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Seat(word + number, hardware))
                .toList();
    }
}
