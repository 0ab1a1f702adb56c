package cairn.model.property;

import cairn.model.Observation;
import cairn.model.service.Operation;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.service.Service;
import cairn.model.service.Specification;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * CONSERVE: no answer shows that the service lost or made what it conserves, such as money. Answers
 * to operations that could not show it are no witnesses.
 */
final class Conservation implements Checker {

    private final Declaration declaration;
    private final @Nullable Specification specification;
    private final Map<Integer, Request> open = new TreeMap<>();

    Conservation(Declaration declaration) {
        this.declaration = declaration;
        Service service = declaration.service();
        specification = service == null ? null : service.specification();
    }

    @Override
    public Set<Topic> topics() {
        return specification == null
                ? EnumSet.noneOf(Topic.class)
                : EnumSet.of(Topic.INVOKED, Topic.ANSWERED);
    }

    @Override
    public void on(Observation observation, Judgement judgement) {
        if (observation instanceof Observation.Invoked invoked) {
            open.put(invoked.request().client().index(), invoked.request());
        } else if (observation instanceof Observation.Answered(long at, Response response)
                && !response.refused()) {
            Request request = open.get(response.client().index());
            if (request != null && request.number() == response.number()) {
                answered(at, request, response.result(), judgement);
            }
        }
    }

    private void answered(long at, Request request, long result, Judgement judgement) {
        Operation operation = request.operation();
        if (specification == null) {
            return;
        }
        if (!specification.conserves(operation, result)) {
            judgement.violated(
                    at,
                    Words.say(
                                    "%s learned %d from its request %d (%s) %s, which nothing that"
                                            + " conserves could",
                                    declaration.role(request.client()),
                                    result,
                                    request.number(),
                                    operation,
                                    Words.at(at))
                            + " answer");
        } else if (!specification.conserves(operation, ~result)) {
            judgement.witness();
        }
    }

    @Override
    public void conclude(Ending ending, Judgement judgement) {
        if (judgement.witnesses() == 0) {
            judgement.inconclusive("no operation asked for what the service conserves");
        }
    }
}
