package cairn.report;

import java.util.List;
import java.util.Optional;

/**
 * How a trial is had again, and what happened in it.
 *
 * @param command the one command line that replays the trial
 * @param shrunkAnswers where the shortest answers that still break the property lie, if the trial
 *     was shrunk; relative to the report's folder
 * @param story the shrunk run up to the violation, one line for each event; empty if it was not
 *     recorded
 */
public record Replay(String command, Optional<String> shrunkAnswers, List<String> story) {

    public Replay {
        story = List.copyOf(story);
    }

    /** Of a trial that was not recorded. */
    public Replay(String command, Optional<String> shrunkAnswers) {
        this(command, shrunkAnswers, List.of());
    }
}
