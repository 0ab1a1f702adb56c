package cairn.model.verbs;

/**
 * How much a queue pair holds: send requests, receive requests, and bytes of inline payload. 188 B
 * of inline data is what common adapters take in one doorbell.
 */
public record Capacities(int sendRequests, int receiveRequests, int inlineBytes) {

    public static final Capacities DEFAULT = new Capacities(128, 128, 188);

    public Capacities {
        if (sendRequests < 1
                || sendRequests > 1 << 16
                || receiveRequests < 1
                || receiveRequests > 1 << 16) {
            throw new IllegalArgumentException(
                    "a queue holds 1 to 65536 requests: " + sendRequests + ", " + receiveRequests);
        }
        if (inlineBytes < 0 || inlineBytes > 1024) {
            throw new IllegalArgumentException("inline payload is 0 to 1024 bytes: " + inlineBytes);
        }
    }
}
