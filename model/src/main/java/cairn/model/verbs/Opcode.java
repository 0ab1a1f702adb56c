package cairn.model.verbs;

/** Which operation a completion, or an observed remote access, is about. */
public enum Opcode {
    SEND,
    WRITE,
    WRITE_WITH_IMMEDIATE,
    READ,
    COMPARE_AND_SWAP,
    FETCH_AND_ADD,
    ATOMIC_WRITE,
    FLUSH,
    /** A SEND arrived. */
    RECEIVE,
    /** A WRITE with immediate arrived; the completion's {@code immediate} holds its number. */
    RECEIVE_IMMEDIATE,
    /** The opcode of a completion that did not succeed is not valid. */
    UNDEFINED
}
