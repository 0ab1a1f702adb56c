package cairn.model.property;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;

import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * LIVE: once everything was healed, all requests are answered within the bound, exactly one primary
 * leads, and what changes after that is acknowledged in a new checkpoint; a computation comes to
 * its end, which it cannot while a rank waits at a barrier, and goes on acknowledging what it cuts.
 * The explanation says who waits for what.
 */
final class Liveness implements Checker {

    private static final int CLIENTS_NAMED = 3;
    private static final int OTHERS_NAMED = 12;
    private static final long NEVER = Long.MAX_VALUE;

    private final Declaration declaration;
    private final Executions executions = new Executions();
    private long lastAcknowledged = -1;
    private long lastChange = -1;
    private long cutSince = NEVER;
    private boolean seals;
    private final NavigableSet<NodeId> leading = new TreeSet<>();
    private boolean led;
    private long asked;
    private long answered;

    Liveness(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(
                Topic.INVOKED,
                Topic.ANSWERED,
                Topic.APPLIED,
                Topic.CUT,
                Topic.SEALED,
                Topic.ACKNOWLEDGED,
                Topic.LEADING,
                Topic.STEPPED_DOWN,
                Topic.ENDED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Claimed claimed) {
            claimed(claimed);
        } else if (observation instanceof Observation.Ended ended) {
            leading.remove(ended.node());
        } else if (observation instanceof Observation.Invoked invoked) {
            executions.invoked(invoked.request());
            asked++;
        } else if (observation instanceof Observation.Answered) {
            answered++;
        }
    }

    private void claimed(Observation.Claimed claimed) {
        if (claimed.fact() instanceof Fact.Applied(NodeId client, long number)) {
            long before = executions.of(claimed.node()).changes();
            executions.applied(claimed.node(), client, number, claimed.at());
            if (executions.of(claimed.node()).changes() > before) {
                lastChange = claimed.at();
            }
        } else if (claimed.fact() instanceof Fact.Acknowledged) {
            lastAcknowledged = claimed.at();
            cutSince = NEVER;
        } else if (claimed.fact() instanceof Fact.Cut) {
            cutSince = Math.min(cutSince, claimed.at());
        } else if (claimed.fact() instanceof Fact.Sealed) {
            seals = true;
        } else if (claimed.fact() instanceof Fact.Leading) {
            leading.add(claimed.node());
            led = true;
        } else if (claimed.fact() instanceof Fact.SteppedDown) {
            leading.remove(claimed.node());
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        long given = ending.at() - ending.healthySince();
        boolean enough = given >= declaration.bounds().livenessNanos();
        if (ending.finished() && !declaration.isOfRanks() && asked == 0) {
            judgement.inconclusive("nothing was asked for");
        } else if (ending.finished() && !isUnacknowledged(ending) && isLed()) {
            judgement.witness();
        } else if (!enough) {
            judgement.inconclusive(
                    "the run ended "
                            + Words.span(given)
                            + " after everything was healed, before "
                            + Words.span(declaration.bounds().livenessNanos())
                            + " were over");
        } else {
            judgement.violated(ending.at(), diagnosis(ending, given));
        }
    }

    /** Whether what was cut, or could have been, stays unacknowledged for too long. */
    private boolean isUnacknowledged(Ending ending) {
        if (!declaration.isOfRanks()) {
            return lastChange >= ending.healthySince() && lastAcknowledged < ending.healthySince();
        }
        return seals
                && cutSince != NEVER
                && ending.at() - Math.max(cutSince, ending.healthySince())
                        >= declaration.bounds().livenessNanos();
    }

    /** Where anybody ever led, exactly one does. */
    private boolean isLed() {
        return !led || leading.size() == 1;
    }

    private String diagnosis(Ending ending, long given) {
        StringBuilder text =
                new StringBuilder()
                        .append(Words.span(given))
                        .append(" after everything was healed ")
                        .append(Words.at(ending.healthySince()));
        if (ending.finished() && isUnacknowledged(ending)) {
            text.append(
                    declaration.isOfRanks()
                            ? ", no checkpoint is acknowledged any more"
                            : ", no checkpoint was acknowledged although requests changed the"
                                    + " state");
        } else if (ending.finished()) {
            text.append(", not one instance leads, but ").append(leading.size());
        } else if (declaration.isOfRanks()) {
            text.append(", the computation has not come to its end");
        } else {
            text.append(", the workload is not finished: ")
                    .append(asked - answered)
                    .append(" of ")
                    .append(asked)
                    .append(" requests are unanswered");
        }
        int clients = 0;
        int others = 0;
        for (Ending.Waiting waiting : ending.waiting()) {
            if (waiting.waitsFor().isEmpty() || waiting.waitsFor().equals("nothing")) {
                continue;
            }
            boolean isNamed =
                    declaration.isClient(waiting.node())
                            ? ++clients <= CLIENTS_NAMED
                            : ++others <= OTHERS_NAMED;
            if (isNamed) {
                text.append("; ")
                        .append(declaration.role(waiting.node()))
                        .append(waiting.up() ? " waits for " : " is down, waiting for ")
                        .append(waiting.waitsFor());
            }
        }
        if (others > OTHERS_NAMED) {
            text.append("; and ").append(others - OTHERS_NAMED).append(" more machines wait");
        }
        if (clients > CLIENTS_NAMED) {
            text.append("; and ").append(clients - CLIENTS_NAMED).append(" more clients wait");
        }
        return text.toString();
    }
}
