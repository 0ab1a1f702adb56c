package cairn.protocol;

import cairn.simulator.Scenario;

import java.util.List;
import java.util.function.LongFunction;

/**
 * A protocol with one rule broken, and the circumstances under which that shows.
 *
 * @param id the row of the list of bugs, such as B12
 * @param name what is wrong, in two or three words, as the list calls it
 * @param caughtBy the properties of which one must report it
 * @param sabotaged the broken protocol and what befalls it, by seed
 * @param sound the same without the mistake: under it nothing may be reported
 */
public record SeededBug(
        String id,
        String name,
        List<String> caughtBy,
        LongFunction<Scenario<?>> sabotaged,
        LongFunction<Scenario<?>> sound) {

    public SeededBug {
        caughtBy = List.copyOf(caughtBy);
    }

    /** Its row, its name and the protocol that it breaks: several protocols can break one row. */
    @Override
    public String toString() {
        return id + " " + name + " (" + sound.apply(1).protocol().name() + ")";
    }
}
