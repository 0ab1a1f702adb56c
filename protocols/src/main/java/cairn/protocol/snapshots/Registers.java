package cairn.protocol.snapshots;

import cairn.model.service.Request;

/**
 * What the processor holds of the application beside its memory (SN-5): how far it has come, and
 * the last request that it executed.
 *
 * @param steps requests executed along the line of the application
 * @param client who asked for the last one; zero before the first
 * @param number its number
 */
record Registers(long steps, long client, long number) {

    static final Registers INITIAL = new Registers(0, 0, 0);
    static final int BYTES = 3 * Long.BYTES;

    Registers after(Request request) {
        return new Registers(steps + 1, request.client().index(), request.number());
    }
}
