package cairn.report;

/**
 * What the migrations of a trial that were finished came to, all together.
 *
 * @param count how many
 * @param downtimeNanos from when a process stopped to when it went on elsewhere
 * @param rounds how often pages were sent while it ran
 * @param bytes what was sent for them over the network, repeats included
 * @param fetched pages that a process had to wait for after it went on
 */
public record Migrations(long count, long downtimeNanos, long rounds, long bytes, long fetched) {

    public static final Migrations NONE = new Migrations(0, 0, 0, 0, 0);

    public Migrations {
        if (count < 0 || downtimeNanos < 0 || rounds < 0 || bytes < 0 || fetched < 0) {
            throw new IllegalArgumentException("a count must not be negative");
        }
    }
}
