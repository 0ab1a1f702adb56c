package cairn.model.verbs;

/** How a work request ended; the names are those of ibv_wc_status without their prefix. */
public enum CompletionStatus {
    SUCCESS,
    /** A receive buffer was too short, or a result slice has the wrong length. */
    LOC_LEN_ERR,
    /**
     * The queue pair cannot carry out this operation, such as a READ where none may be outstanding.
     */
    LOC_QP_OP_ERR,
    /** A local key, range, domain or right does not hold. */
    LOC_PROT_ERR,
    /** The request was outstanding, or posted, while the queue pair was in the error state. */
    WR_FLUSH_ERR,
    /**
     * The peer found the request malformed: too long for its receive buffer, misaligned, too many
     * at once.
     */
    REM_INV_REQ_ERR,
    /** The peer refused: key, domain, range, right or window. */
    REM_ACCESS_ERR,
    /** The peer could not complete the request for a reason of its own. */
    REM_OP_ERR,
    /** No answer after all retries. The request may have been applied all the same. */
    RETRY_EXC_ERR,
    /** The peer had no receive request after all retries. */
    RNR_RETRY_EXC_ERR
}
