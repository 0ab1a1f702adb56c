package cairn.experiment.calibration;

import cairn.model.Message;

/**
 * One end of a connection tells the other what it needs to connect.
 *
 * @param session which of the requester's connections it is about; each has a greater number
 */
record Hello(long session, int queuePair, int rkey) implements Message {
    @Override
    public int bytes() {
        return 24;
    }
}
