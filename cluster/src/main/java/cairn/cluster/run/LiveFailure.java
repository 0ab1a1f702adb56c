package cairn.cluster.run;

/** The run could not be made, for a reason that says nothing of the protocol. */
public final class LiveFailure extends RuntimeException {

    public LiveFailure(String reason) {
        super(reason);
    }

    public LiveFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
