package cairn.virtual.jgroups;

import cairn.model.property.Judgement;

import java.util.List;

/** Something that has to hold in each run of a group, judged by what happened in it. */
public interface Rule {

    /** What JGroups promises, or is relied on to do, and how it is judged. */
    List<Rule> PROMISED =
            List.of(new ViewAgreement(), new ViewOrder(), new Convergence(), new Fifo());

    /** What one might take for granted and JGroups does not promise. */
    List<Rule> NOT_PROMISED = List.of(new UniqueCounts(), new VirtualSynchrony());

    /** Its name, in capitals. */
    String id();

    /** How a run stands by it. */
    Judgement judge(GroupResult result);

    /** The rule of a name, of all. */
    static Rule named(String id) {
        return java.util.stream.Stream.concat(PROMISED.stream(), NOT_PROMISED.stream())
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule has this name: " + id));
    }
}
