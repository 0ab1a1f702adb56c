package cairn.simulator.network;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

import org.jspecify.annotations.Nullable;

/** A time that is asked of the choices, unless it is always the same. */
final class Delay {

    private final @Nullable Choice choice;
    private final long constant;

    Delay(String name, Law law, Choices choices) {
        boolean varies = !(law instanceof Law.Constant);
        choice = varies ? new Choice(name, law, choices) : null;
        constant = varies ? 0 : law.calm();
    }

    long nanos() {
        return choice == null ? constant : Math.max(0, choice.ask());
    }
}
