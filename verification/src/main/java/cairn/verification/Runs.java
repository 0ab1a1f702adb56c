package cairn.verification;

import cairn.fault.Answer;
import cairn.fault.RecordingChoices;
import cairn.fault.ReplayedChoices;
import cairn.fault.strategy.Attempt;
import cairn.fault.strategy.Moments;
import cairn.fault.strategy.RunFeatures;
import cairn.model.Message;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.property.Judgement;
import cairn.model.property.Property;
import cairn.model.property.Verdict;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.Trace;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs of one scenario, judged by some properties; may be used by several threads. */
public final class Runs {

    private final Course course;
    private final List<Seat> seats;
    private final List<String> roles;
    private final long mostEvents;
    private final Thrown thrown = new Thrown();

    /** Runs a scenario once; hides what kind of messages it has, or that it is no protocol's. */
    @FunctionalInterface
    public interface Course {
        /** One run under these answers, seen by all observers, and by a trace if there is one. */
        RunResult run(RecordingChoices choices, List<Observer> observers, @Nullable Trace trace);
    }

    private Runs(Course course, List<Seat> seats, List<String> roles, long mostEvents) {
        this.course = course;
        this.mostEvents = mostEvents;
        this.seats = List.copyOf(seats);
        this.roles = List.copyOf(roles);
    }

    /** The runs of a scenario, judged by those of the properties that apply to it. */
    public static <M extends Message> Runs of(Scenario<M> scenario, List<Property> properties) {
        List<Property> judges =
                properties.stream()
                        .filter(property -> property.appliesTo(scenario.application()))
                        .toList();
        List<Seat> seats = scenario.protocol().seats();
        List<String> roles = new ArrayList<>();
        seats.stream().map(Seat::role).forEach(roles::add);
        for (int client = 1; client <= scenario.application().clients(); client++) {
            roles.add("client-" + client);
        }
        return new Runs(
                (choices, observers, trace) ->
                        new Simulation<>(scenario, choices, judges, observers, trace).run(),
                seats,
                roles,
                scenario.limits().mostEvents());
    }

    /**
     * The runs of something else than a protocol.
     *
     * @param seats what machines there are
     */
    public static Runs of(Course course, List<Seat> seats) {
        return new Runs(course, seats, seats.stream().map(Seat::role).toList(), Long.MAX_VALUE);
    }

    /** What machines there are, without clients. */
    public List<Seat> seats() {
        return seats;
    }

    /** The name of each machine by its index, clients last. */
    public List<String> roles() {
        return roles;
    }

    /** Runs what a strategy proposes. */
    public Examined examine(Attempt attempt) {
        Moments moments = new Moments();
        return examine(attempt, moments, attempt.wantsMoments() ? new MomentWriter(moments) : null);
    }

    /** Runs recorded answers again, calm ones elsewhere; a trace sees every step if it is given. */
    public Examined replay(List<Answer> answers, @Nullable Trace trace) {
        Attempt attempt = new Attempt(0, new ReplayedChoices(answers), _ -> {}, false);
        return examine(attempt, new Moments(), trace);
    }

    /**
     * How a run with these answers goes on when it is repeated, where that first differs: both
     * lines; empty if it does not. Something that is no function of its answers cannot be searched,
     * since nothing that is found can be shown again.
     */
    public List<String> difference(List<Answer> answers) {
        long once = replay(answers, null).digest();
        long again = replay(answers, null).digest();
        if (once == again) {
            return List.of();
        }
        Chronicle first = new Chronicle(roles);
        Chronicle second = new Chronicle(roles);
        replay(answers, first);
        replay(answers, second);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            String one = i < first.size() ? first.line(i) : "the run ends";
            String other = i < second.size() ? second.line(i) : "the run ends";
            if (!withoutIdentity(one).equals(withoutIdentity(other))) {
                return List.of(one, other);
            }
        }
        return List.of("what no step shows", "something else that none shows");
    }

    /** An array in a message is written with its address, which says nothing about the run. */
    private static String withoutIdentity(String line) {
        return line.replaceAll("@[0-9a-f]+", "");
    }

    private Examined examine(Attempt attempt, Moments moments, @Nullable Trace trace) {
        RecordingChoices recording = new RecordingChoices(attempt.choices());
        RunFeatures features = new RunFeatures();
        try {
            RunResult result = course.run(recording, List.of(attempt.observer(), features), trace);
            return new Examined(
                    firstOf(result.judgements()).or(() -> Breach.stuck(result, mostEvents)),
                    result.judgements(),
                    result.faults(),
                    result.finished(),
                    result.events(),
                    result.digest(),
                    features,
                    moments,
                    recording);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            // A protocol that throws, or whose own assertion fails, is a finding like any other.
            Breach breach = new Breach(Breach.THROWS, 0, thrown.text(e));
            return new Examined(
                    Optional.of(breach),
                    List.of(),
                    List.of(),
                    false,
                    0,
                    0,
                    features,
                    moments,
                    recording);
        }
    }

    private static Optional<Breach> firstOf(List<Judgement> judgements) {
        @Nullable Breach first = null;
        for (Judgement judgement : judgements) {
            if (judgement.verdict() instanceof Verdict.Violated(long at, String explanation)
                    && (first == null || at < first.at())) {
                first = new Breach(judgement.property(), at, explanation);
            }
        }
        return Optional.ofNullable(first);
    }
}
