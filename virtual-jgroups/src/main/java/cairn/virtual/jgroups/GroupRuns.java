package cairn.virtual.jgroups;

import cairn.fault.Answer;
import cairn.fault.ReplayedChoices;
import cairn.fault.strategy.Strategy;
import cairn.model.Hardware;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.choice.Choices;
import cairn.model.property.Judgement;
import cairn.simulator.RunResult;
import cairn.simulator.Trace;
import cairn.verification.Examined;
import cairn.verification.Runs;
import cairn.verification.Search;
import cairn.verification.Story;
import cairn.verification.Storyteller;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a group, judged by rules, for the searches, the shrinker and the replayer that
 * protocols have.
 */
public final class GroupRuns {

    private final GroupScenario scenario;
    private final List<Rule> rules;
    private final Runs runs;

    public GroupRuns(GroupScenario scenario, List<Rule> rules) {
        this.scenario = scenario;
        this.rules = List.copyOf(rules);
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < scenario.members(); i++) {
            seats.add(new Seat("n" + i, Hardware.PLAIN));
        }
        this.runs = Runs.of(this::course, seats);
    }

    private RunResult course(Choices choices, List<Observer> observers, @Nullable Trace trace) {
        GroupResult result = Group.run(scenario, choices);
        for (GroupEvent event : result.journal()) {
            if (event instanceof GroupEvent.Seen(Observation observation)) {
                observers.forEach(observer -> observer.on(observation));
                if (trace != null) {
                    trace.on(observation);
                }
            }
        }
        List<Judgement> judgements = rules.stream().map(rule -> rule.judge(result)).toList();
        return new RunResult(
                result.digest(),
                result.endNanos(),
                result.events(),
                0,
                result.convergedNanos().isPresent(),
                0,
                0,
                judgements,
                result.faults());
    }

    /** The first of so many runs that breaks a rule, if one does. */
    public Optional<Examined> find(Strategy strategy, long mostRuns) {
        return new Search(runs, strategy).find(mostRuns);
    }

    /** The fewest answers that still break the rule that a run broke. */
    public Story shrink(Examined examined, long mostRuns) {
        return new Storyteller(runs, mostRuns, () -> false)
                .tell(examined, examined.breach().orElseThrow().property());
    }

    /** The run of recorded answers, calm ones elsewhere. */
    public GroupResult replay(List<Answer> answers) {
        return Group.run(scenario, new ReplayedChoices(answers));
    }
}
