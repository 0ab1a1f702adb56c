package cairn.simulator.disk;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

import org.jspecify.annotations.Nullable;

/** How long the next flush takes; what is always the same is not asked. */
final class Flush {

    private final long calmNanos;
    private final @Nullable Choice choice;

    Flush(String name, Law law, Choices choices) {
        calmNanos = law.calm();
        choice = law instanceof Law.Constant ? null : new Choice(name, law, choices);
    }

    long next() {
        return choice == null ? calmNanos : choice.ask();
    }
}
