package cairn.model.property;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.property.Linearization.Outcome;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Service;
import cairn.model.service.Specification;
import cairn.model.service.Specification.State;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * LIN: the answers that clients saw are those of one operation after another, each at one instant
 * between its request and its answer; one that was never answered may have taken effect or not.
 *
 * <p>The order in which servers claim to have executed is tried first, while the run goes on, and
 * costs one step for each operation. It is only a hint: it is followed step by step against the
 * specification, and when it does not explain the answers, or nobody claimed it, {@link
 * Linearization} searches all orders, up to the cap of {@link Bounds#linearizabilityStates()}.
 */
final class Linearizability implements Checker {

    private static final int CONCURRENT_NAMED = 8;

    private final Declaration declaration;
    private final @Nullable Specification specification;
    private final @Nullable State state;
    private final History history = new History();
    private int[] open = new int[0];
    private long[] openNumber = new long[0];
    private int next;
    private boolean hinted = true;
    private boolean over;

    Linearizability(Declaration declaration) {
        this.declaration = declaration;
        Service service = declaration.service();
        specification = service == null ? null : service.specification();
        state = specification == null ? null : specification.start();
    }

    @Override
    public Set<Topic> topics() {
        return specification == null
                ? EnumSet.noneOf(Topic.class)
                : EnumSet.of(Topic.INVOKED, Topic.APPLIED, Topic.ANSWERED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (over) {
            return;
        }
        if (observation instanceof Observation.Claimed claimed) {
            if (claimed.fact() instanceof Fact.Applied(NodeId client, long number)) {
                int operation = open(client, number);
                if (operation != History.NONE) {
                    history.execute(operation);
                }
            }
        } else if (observation instanceof Observation.Invoked invoked) {
            invoked(invoked.at(), invoked.request());
        } else if (observation instanceof Observation.Answered(long at, Response response)) {
            int operation = open(response.client(), response.number());
            if (operation != History.NONE && !response.refused()) {
                open[response.client().index()] = History.NONE;
                history.answer(operation, response.result(), at);
                judgement.witness();
                answered(operation, judgement);
            }
        }
    }

    private void invoked(long at, Request request) {
        int client = request.client().index();
        int before = open.length;
        if (client >= before) {
            open = Arrays.copyOf(open, Math.max(2 * before, client + 1));
            openNumber = Arrays.copyOf(openNumber, open.length);
            Arrays.fill(open, before, open.length, History.NONE);
        }
        open[client] = history.call(request, at);
        openNumber[client] = request.number();
    }

    private int open(NodeId client, long number) {
        return client.index() < open.length && openNumber[client.index()] == number
                ? open[client.index()]
                : History.NONE;
    }

    private void answered(int operation, Judgement judgement) {
        if (hinted && history.place(operation) == History.NONE) {
            // Nobody claims to have executed it: there is no order to follow.
            hinted = false;
        } else if (hinted && !follow(false)) {
            hinted = false;
            search(judgement);
        }
    }

    /**
     * Follows the claimed order as far as answers are known, or at the end to its end; false if it
     * does not explain an answer.
     */
    private boolean follow(boolean toTheEnd) {
        if (state == null) {
            return false;
        }
        for (; next < history.executions(); next++) {
            int operation = history.executedAs(next);
            if (history.place(operation) != next) {
                // Executed again later: this time was in vain.
                continue;
            }
            if (history.isAnswered(operation)) {
                if (!state.step(history.operation(operation), history.result(operation))) {
                    return false;
                }
            } else if (toTheEnd) {
                state.step(history.operation(operation));
            } else {
                return true;
            }
        }
        return true;
    }

    private void search(Judgement judgement) {
        if (specification == null) {
            return;
        }
        // Half of the states for each way of searching.
        long most = (declaration.bounds().linearizabilityStates() + 1) / 2;
        Linearization search = new Linearization(history, specification, false, most);
        Outcome outcome = search.search();
        long states = search.states();
        if (outcome == Outcome.UNKNOWN && history.executions() > 0) {
            search = new Linearization(history, specification, true, most);
            outcome = search.search();
            states += search.states();
        }
        switch (outcome) {
            case EXPLAINED -> {
                // Another order than the claimed one explains all answers so far.
            }
            case IMPOSSIBLE -> {
                int due = history.operationAt(search.deepestAnswer());
                judgement.violated(history.answeredAt(due), explanation(due));
                over = true;
            }
            case UNKNOWN -> {
                judgement.inconclusive(
                        "unknown after "
                                + states
                                + " states; an order was found up to "
                                + history.text(
                                        history.operationAt(search.deepestAnswer()), declaration));
                over = true;
            }
        }
    }

    private String explanation(int due) {
        int before = 0;
        int concurrent = 0;
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < history.size(); i++) {
            if (history.isAnswered(i) && history.answerEvent(i) < history.answerEvent(due)) {
                before++;
            }
            if (i != due && history.overlap(i, due) && ++concurrent <= CONCURRENT_NAMED) {
                others.append("; ").append(history.text(i, declaration));
            }
        }
        if (concurrent > CONCURRENT_NAMED) {
            others.append("; and ").append(concurrent - CONCURRENT_NAMED).append(" more");
        }
        return "no order explains this answer: "
                + history.text(due, declaration)
                + ". The "
                + before
                + " answers before it can be explained. "
                + (concurrent == 0
                        ? "Nothing was concurrent with it"
                        : "Concurrent with it: " + others.substring(2));
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("nothing was answered");
        } else if (!over && !(hinted && follow(true))) {
            search(judgement);
        }
    }
}
