package cairn.rdma;

import cairn.model.verbs.CompletionStatus;

/** Negative acknowledgements. */
enum Refusal {
    /** A packet is missing; everything from it on has to be sent again. */
    SEQUENCE(CompletionStatus.RETRY_EXC_ERR),
    /** No receive request is posted; try again after a while. */
    NOT_READY(CompletionStatus.RNR_RETRY_EXC_ERR),
    INVALID_REQUEST(CompletionStatus.REM_INV_REQ_ERR),
    ACCESS(CompletionStatus.REM_ACCESS_ERR),
    OPERATION(CompletionStatus.REM_OP_ERR);

    private final CompletionStatus status;

    Refusal(CompletionStatus status) {
        this.status = status;
    }

    /** What the requester's completion says, once retries do not help. */
    CompletionStatus status() {
        return status;
    }
}
