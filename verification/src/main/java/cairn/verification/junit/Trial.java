package cairn.verification.junit;

import cairn.fault.Answer;
import cairn.fault.ReplayedChoices;
import cairn.fault.strategy.Attempt;
import cairn.model.Message;
import cairn.model.choice.Choices;
import cairn.model.property.Properties;
import cairn.simulator.Scenario;
import cairn.verification.Breach;
import cairn.verification.Examined;
import cairn.verification.Runs;
import cairn.verification.Story;
import cairn.verification.Storyteller;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a scenario, as a test meets it: what it is answered, and that it must hold. As text it
 * is the answers that are not calm.
 */
public final class Trial {

    private final Runs runs;
    private final Supplier<Choices> choices;
    private final Shrinking shrinking;
    private @Nullable Examined examined;

    Trial(Runs runs, Supplier<Choices> choices, Shrinking shrinking) {
        this.runs = runs;
        this.choices = choices;
        this.shrinking = shrinking;
    }

    /**
     * What a trial and those that it shrinks to have in common: what is looked for once it is
     * found, and the fewest answers that were told.
     */
    static final class Shrinking {
        private @Nullable String property;
        private int fewest = Integer.MAX_VALUE;
    }

    /**
     * The run in which answers are given again, calm ones elsewhere: of a file that a failed test
     * left.
     *
     * @throws AssertionError if it is no transcript
     */
    public static <M extends Message> Trial replayed(Scenario<M> scenario, Path answers) {
        return replayed(scenario, Transcripts.read(answers));
    }

    /**
     * The same of answers as text, one to a line.
     *
     * @throws IllegalArgumentException with the line that is none
     */
    public static <M extends Message> Trial replayed(Scenario<M> scenario, String answers) {
        return replayed(scenario, Transcripts.parsed(answers));
    }

    private static <M extends Message> Trial replayed(Scenario<M> scenario, List<Answer> answers) {
        return new Trial(
                Runs.of(scenario, Properties.all()),
                () -> new ReplayedChoices(answers),
                new Shrinking());
    }

    /**
     * Requires that no property is violated and nothing throws; of a trial that one which failed is
     * shrunk to, only that it does not fail in the same way. The story of the failure with the
     * fewest answers is kept under {@code target/cairn}, by the names of the test's class and
     * method.
     *
     * @throws AssertionError with the property, what happened, and the answers that show it
     */
    public void mustHold() {
        Breach breach = breach();
        if (breach == null) {
            return;
        }
        List<Answer> answers = answers();
        if (!runs.replay(answers, null).breaks(breach.property())) {
            throw Transcripts.notAgain(runs, examined());
        }
        shrinking.property = breach.property();
        if (answers.size() >= shrinking.fewest) {
            throw new AssertionError(
                    breach.property() + " is violated: " + breach.explanation() + "\n" + this);
        }
        shrinking.fewest = answers.size();
        Story story = Storyteller.asTheyAre(runs, answers, answers.size(), breach.property());
        String name = breach.property().toLowerCase(Locale.ROOT);
        Transcripts transcripts = transcripts();
        transcripts.keep(name, story);
        throw new AssertionError(transcripts.failure(name, story));
    }

    private @Nullable Breach breach() {
        String property = shrinking.property;
        return (property == null ? examined().breach() : examined().breachOf(property))
                .orElse(null);
    }

    /** Those of the test that called, perhaps through an assertion. */
    private static Transcripts transcripts() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames ->
                        frames.filter(frame -> isTest(frame.getDeclaringClass())).findFirst())
                .map(frame ->
                        Transcripts.of(
                                frame.getDeclaringClass(),
                                frame.getMethodName().replaceAll("^lambda\\$(.+)\\$\\d+$", "$1")))
                .orElseThrow();
    }

    private static boolean isTest(Class<?> caller) {
        return caller != Trial.class
                && Stream.of("java.", "org.junit.", "net.jqwik.")
                        .noneMatch(caller.getName()::startsWith);
    }

    /** The run, made when it is first asked for. */
    public Examined examined() {
        if (examined == null) {
            examined = runs.examine(new Attempt(0, choices.get(), _ -> {}, false));
        }
        return examined;
    }

    List<Answer> answers() {
        return examined().recording().answers();
    }

    /** One that this may be shrunk to. */
    Trial with(List<Answer> answers) {
        return new Trial(runs, () -> new ReplayedChoices(answers), shrinking);
    }

    @Override
    public String toString() {
        List<Answer> answers = answers();
        return answers.stream()
                .limit(20)
                .map(Answer::toString)
                .collect(
                        Collectors.joining(
                                "\n  ",
                                answers.size()
                                        + (answers.size() == 1
                                                ? " answer that is not calm:\n  "
                                                : " answers that are not calm:\n  "),
                                answers.size() > 20 ? "\n  ..." : ""));
    }
}
