package cairn.experiment.catalogue;

import cairn.model.computation.Computation;
import cairn.protocol.coordinated.Coordinated;
import cairn.protocol.coordinated.CoordinatedSettings;
import cairn.protocol.multilevel.Multilevel;
import cairn.protocol.multilevel.MultilevelSettings;
import cairn.protocol.redundancy.Redundancy;
import cairn.protocol.redundancy.RedundancySettings;
import cairn.protocol.uncoordinated.Uncoordinated;
import cairn.protocol.uncoordinated.UncoordinatedSettings;

import java.util.List;
import java.util.Map;

/** The part of the catalogue with the protocols that take ranks back to a line of checkpoints. */
final class Ensembles {

    private static final String RETRY = "when an unanswered message is sent again";

    private static final ProtocolForm COORDINATED =
            ProtocolForm.ofComputation(
                    "coordinated",
                    "All ranks cut one line together, standing still or by markers.",
                    CoordinatedSettings.DEFAULT,
                    Map.of(
                            "cut", "how the ranks cut a line together",
                            "store", "where images lie",
                            "outputs", "when an output leaves",
                            "intervalNanos", "from one checkpoint's end to the next one",
                            "retryNanos", RETRY),
                    (settings, computation, cpu) ->
                            new Coordinated((CoordinatedSettings) settings, computation, cpu));

    private static final ProtocolForm UNCOORDINATED =
            ProtocolForm.ofComputation(
                    "uncoordinated",
                    "Each rank cuts when it likes to; the line is searched for after a failure.",
                    UncoordinatedSettings.DEFAULT,
                    Map.of(
                            "forced", "when a message makes its receiver cut",
                            "holdsOutputs", "whether outputs wait until nobody goes back",
                            "intervalNanos", "from one checkpoint of a rank to its next",
                            "retryNanos", RETRY),
                    (settings, computation, cpu) ->
                            new Uncoordinated((UncoordinatedSettings) settings, computation, cpu));

    private static final ProtocolForm REDUNDANCY =
            ProtocolForm.ofComputation(
                            "redundancy",
                            "Checkpoints in memory; a group rebuilds what some of it lose.",
                            RedundancySettings.DEFAULT,
                            Map.of(
                                    "scheme", "what a group keeps; single is UNSAFE",
                                    "groupSize", "how many ranks keep redundancy for each other",
                                    "tolerated", "Reed-Solomon: how many of a group may be lost",
                                    "ranksPerDomain", "how many ranks in a row fail together",
                                    "holdsOutputs", "whether outputs wait for a safe checkpoint",
                                    "intervalNanos", "from one checkpoint's end to the next one",
                                    "retryNanos", RETRY),
                            (settings, computation, cpu) ->
                                    new Redundancy((RedundancySettings) settings, computation, cpu))
                    .with("groupSize", Computation::ranks)
                    .with("tolerated", computation -> computation.ranks() - 1)
                    .with("ranksPerDomain", Computation::ranks);

    private static final ProtocolForm MULTILEVEL =
            ProtocolForm.ofComputation(
                            "multilevel",
                            "Checkpoints on the own disk, a partner's, and a parallel file system.",
                            MultilevelSettings.DEFAULT,
                            Map.of(
                                    "partnerEvery",
                                            "every how-manieth goes to the partner; 0: none",
                                    "copiedFrom", "where the partner's copy is taken from",
                                    "partnerDistance", "how many ranks further the partner is",
                                    "flushEvery", "every how-manieth is flushed; 0: none",
                                    "holdsOutputs", "whether outputs wait for a safe checkpoint",
                                    "intervalNanos", "from one checkpoint's end to the next one",
                                    "retryNanos", RETRY),
                            (settings, computation, cpu) ->
                                    new Multilevel((MultilevelSettings) settings, computation, cpu))
                    .with("partnerDistance", computation -> computation.ranks() - 1);

    private Ensembles() {}

    static List<ProtocolForm> all() {
        return List.of(COORDINATED, UNCOORDINATED, REDUNDANCY, MULTILEVEL);
    }
}
