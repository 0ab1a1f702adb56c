package cairn.part.snapshot;

import cairn.model.service.Request;

/**
 * What the processor holds of the application beside its memory (SN-5): how far it has come, and
 * the last request that it executed.
 *
 * @param steps requests executed along the line of the application
 * @param client who asked for the last one; zero before the first
 * @param number its number
 */
public record Registers(long steps, long client, long number) {

    public static final Registers INITIAL = new Registers(0, 0, 0);
    static final int BYTES = 3 * Long.BYTES;

    /** As they are when one more request was executed. */
    public Registers after(Request request) {
        return new Registers(steps + 1, request.client().index(), request.number());
    }
}
