package cairn.report;

import java.util.Optional;

/**
 * How a trial is had again.
 *
 * @param command the one command line that replays the trial
 * @param shrunkAnswers where the shortest answers that still break the property lie, if the trial
 *     was shrunk; relative to the report's folder
 */
public record Replay(String command, Optional<String> shrunkAnswers) {}
