package cairn.verification.junit;

import cairn.fault.Answer;
import cairn.fault.strategy.Attempt;
import cairn.model.choice.Choices;
import cairn.verification.Breach;
import cairn.verification.Examined;
import cairn.verification.Runs;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One run of a scenario, as a test meets it: what it is answered, and that it must hold. As text it
 * is the answers that are not calm.
 */
public final class Trial {

    private final Runs runs;
    private final Supplier<Choices> choices;
    private @Nullable Examined examined;

    Trial(Runs runs, Supplier<Choices> choices) {
        this.runs = runs;
        this.choices = choices;
    }

    /**
     * Requires that no property is violated and nothing throws.
     *
     * @throws AssertionError with the property, what happened, and the answers that show it
     */
    public void mustHold() {
        Breach breach = examined().breach().orElse(null);
        if (breach != null) {
            throw new AssertionError(
                    breach.property() + " is violated: " + breach.explanation() + "\n" + this);
        }
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

    Runs runs() {
        return runs;
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
                                answers.size() + " answers that are not calm:\n  ",
                                answers.size() > 20 ? "\n  ..." : ""));
    }
}
