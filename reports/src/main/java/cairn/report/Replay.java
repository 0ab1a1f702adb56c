package cairn.report;

import java.util.List;
import java.util.Optional;

/**
 * How a trial is had again, and what happened in it.
 *
 * @param command the one command line that replays the trial
 * @param shrunkAnswers where the shortest answers that still break the property lie, if the trial
 *     was shrunk; relative to the report's folder
 * @param story the shrunk run up to the violation, line by line; empty if it was not recorded
 * @param drawing the same as a picture, in SVG; empty if there is none
 */
public record Replay(
        String command, Optional<String> shrunkAnswers, List<String> story, String drawing) {

    public Replay {
        story = List.copyOf(story);
    }

    /** Of a trial that was not recorded. */
    public Replay(String command, Optional<String> shrunkAnswers) {
        this(command, shrunkAnswers, List.of(), "");
    }
}
