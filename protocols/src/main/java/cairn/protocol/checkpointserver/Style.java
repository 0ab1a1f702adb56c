package cairn.protocol.checkpointserver;

/** What a backup has and does before it is needed (PA-1). */
public enum Style {
    /**
     * Nothing: the application's process is started at failover, and gets its state from the
     * server.
     */
    COLD,
    /**
     * The process runs and is given each checkpoint once it is acknowledged. At failover the newest
     * one may be missing, and comes from the server.
     */
    WARM,
    /**
     * The process runs, and no answer leaves before it has the checkpoint too. At failover nothing
     * is missing.
     */
    HOT
}
