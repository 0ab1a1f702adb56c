package cairn.experiment.campaign;

/** Is told how far a campaign has come; from several threads, one at a time. */
public interface Progress {

    /** Nobody wants to know. */
    Progress SILENT = (done, total, violated) -> {};

    /** So many trials were done before this run. */
    default void began(int done) {}

    /**
     * So many trials are done.
     *
     * @param violated how many of them violated a property
     */
    void advanced(int done, int total, int violated);

    /** All that can be said was said. */
    default void finished() {}
}
