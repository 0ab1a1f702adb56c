package cairn.model.verbs;

/**
 * How one work request ended. When {@code status} is not SUCCESS only {@code id}, {@code status}
 * and {@code queuePair} are valid (ibv_poll_cq(3)); the others are then UNDEFINED and zero.
 *
 * @param bytes how many bytes were received or read; zero for the other operations
 * @param immediate the number that came with a RECEIVE_IMMEDIATE
 */
public record WorkCompletion(
        long id, CompletionStatus status, Opcode opcode, int queuePair, int bytes, int immediate) {

    /** A completion that did not succeed. */
    public static WorkCompletion failed(long id, CompletionStatus status, int queuePair) {
        if (status == CompletionStatus.SUCCESS) {
            throw new IllegalArgumentException("a failure needs a status other than SUCCESS");
        }
        return new WorkCompletion(id, status, Opcode.UNDEFINED, queuePair, 0, 0);
    }

    public boolean succeeded() {
        return status == CompletionStatus.SUCCESS;
    }
}
