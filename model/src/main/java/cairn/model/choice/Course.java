package cairn.model.choice;

import org.jspecify.annotations.Nullable;

/**
 * An amount that is needed again and again in a run: what is always the same is not asked; of a
 * series is asked once where it begins; everything else is asked each time.
 */
public final class Course {

    private final long constant;
    private final Law.@Nullable Series series;
    private final @Nullable Choice choice;
    private long begin = -1;

    /** The course of what follows a law, asked under a name. */
    public Course(String name, Law law, Choices choices) {
        constant = law.calm();
        series = law instanceof Law.Series known ? known : null;
        choice =
                switch (law) {
                    case Law.Constant _ -> null;
                    case Law.Series known ->
                            new Choice(
                                    name + " begins", new Law.Pick(known.seen().size()), choices);
                    default -> new Choice(name, law, choices);
                };
    }

    /** The amount now. */
    public long at(long nowNanos) {
        if (choice == null) {
            return constant;
        }
        if (series == null) {
            return choice.ask();
        }
        if (begin < 0) {
            begin = choice.ask();
        }
        return series.at(begin, nowNanos);
    }
}
