package cairn.verification;

import cairn.simulator.NodeFailure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says what was thrown in the runs of a scenario, and where; may be used by several threads. */
public final class Thrown {

    /**
     * What was last thrown of each kind, with its place: of what is thrown thousands of times from
     * one place, as shrinking does, the JVM leaves out message and stack.
     */
    private final Map<Class<?>, String> lastPlaced = new ConcurrentHashMap<>();

    /** What was thrown, and where outside of the JDK: who called it with nonsense is the place. */
    public String text(Throwable thrown) {
        Throwable of =
                thrown instanceof NodeFailure failure
                        ? Objects.requireNonNull(failure.getCause())
                        : thrown;
        List<StackTraceElement> frames =
                Arrays.stream(of.getStackTrace())
                        .filter(frame -> !frame.getClassName().startsWith("java."))
                        .toList();
        Optional<StackTraceElement> place =
                of instanceof StackOverflowError ? ofCircle(frames) : frames.stream().findFirst();
        if (place.isEmpty()) {
            return lastPlaced.getOrDefault(of.getClass(), of.toString());
        }
        String text = of + " at " + place.get();
        lastPlaced.put(of.getClass(), text);
        return text;
    }

    /**
     * Which call of a circle finds the stack full differs from run to run; which calls are in the
     * circle does not, and the first of them by name stands for all.
     */
    private static Optional<StackTraceElement> ofCircle(List<StackTraceElement> frames) {
        Set<StackTraceElement> seen = new HashSet<>();
        return frames.stream()
                .filter(frame -> !seen.add(frame))
                .min(Comparator.comparing(StackTraceElement::toString));
    }
}
