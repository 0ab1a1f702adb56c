package cairn.experiment.failures;

/**
 * One failure that was recorded.
 *
 * @param system the number of the system
 * @param node the number of its node, from zero
 * @param atMinutes when it began, in minutes of local time since 1970
 * @param downMinutes how long it lasted
 */
public record Failure(int system, int node, long atMinutes, long downMinutes) {}
